"""Printing a sheet: its hours are set aside at once, and its codes are known this one time."""

from dataclasses import dataclass

from community.communities.queries import community_of, rules_in_force
from community.moderation.policies import must_be_free
from community.parties.queries import hold_parties
from exchanges.cheques.actions.ending import source_of
from exchanges.cheques.queries import minutes_standing
from exchanges.cheques.rules import PURPOSE, SHEET, Wanted, check_balance, check_room, check_wanted, end_of
from exchanges.cheques.tables import ChequeSheet, TimeCheque
from exchanges.ledger.actions.locking import lock_accounts
from exchanges.ledger.actions.opening import open_account
from exchanges.ledger.actions.reserving import reserve
from foundation import audit, clock, tokens
from foundation.access import Actor
from foundation.database import Session
from foundation.once import first_time


@dataclass(frozen=True)
class Printed:
    """A sheet just made, and the codes of its cheques in their order: they are known this one time."""

    sheet: ChequeSheet
    codes: tuple[str, ...]


def print_sheet(session: Session, actor: Actor, wanted: Wanted, *, request_key: str = "") -> Printed | None:
    """Make a sheet of cheques and set their hours aside; None when this form made one already.

    Raises Invalid at the field, Refused beyond what may stand on cheques, BelowFloor, Limited.
    """
    party_id = actor.must_be_party()
    check_wanted(wanted)
    must_be_free(session, actor, "proposing")
    if not first_time(session, f"cheques {request_key}" if request_key else "", actor.person_id, content=repr(wanted)):
        return None
    hold_parties(session, (party_id,), alone=False)
    rules, zone = rules_in_force(session, actor.community_id), community_of(session, actor.community_id).time_zone
    # Two adults of a household who print at once wait for each other here.
    account_id = open_account(session, party_id)
    account = lock_accounts(session, actor.community_id, [account_id])[account_id]
    check_room(wanted, minutes_standing(session, party_id), rules.cheque_most_minutes)
    check_balance(wanted, account.available)
    sheet = ChequeSheet(
        community_id=actor.community_id,
        party_id=party_id,
        printed_for_id=actor.must_be_person(),
        recorded_by_id=actor.recorder_id,
        minutes=wanted.minutes,
        ends_at=end_of(clock.today(zone), rules.cheque_months, zone),
    )
    session.add(sheet)
    session.flush()
    codes = tuple(_make(session, actor, sheet, number) for number in range(1, wanted.count + 1))
    audit.record(session, actor, "printed", SHEET, sheet.id, count=wanted.count, minutes=wanted.minutes)
    return Printed(sheet, codes)


def _make(session: Session, actor: Actor, sheet: ChequeSheet, number: int) -> str:
    cheque = TimeCheque(
        community_id=sheet.community_id,
        sheet_id=sheet.id or 0,
        party_id=sheet.party_id,
        number=number,
        minutes=sheet.minutes,
        ends_at=sheet.ends_at,
    )
    session.add(cheque)
    session.flush()
    reserve(session, actor, sheet.party_id, sheet.minutes, source_of(cheque))
    code = tokens.issue(
        session,
        PURPOSE,
        payload={"cheque": cheque.id},
        lasts=sheet.ends_at - clock.now(),
        community_id=sheet.community_id,
        created_by_person_id=actor.recorder_id,
        as_code=True,
    )
    token = tokens.look(session, PURPOSE, code)
    cheque.token_id = token.id if token is not None else None
    session.add(cheque)
    session.flush()
    return code
