"""Printing time cheques, redeeming one, and ending those that were lost, are over, or whose issuer left.

Always in this order: the parties, the cheque, its token, the gates for care, the accounts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import update
from sqlmodel import col

from community.communities.queries import community_of, rules_in_force
from community.moderation.policies import must_be_free
from community.notifications.actions import notify
from community.parties.queries import hold_parties, people_of
from exchanges.agreements.actions import Helped, settle_cheque
from exchanges.agreements.policies import check_not_recorders_own
from exchanges.cheques.notices import EXPIRED
from exchanges.cheques.queries import cheque_behind, due, issuer_of, minutes_standing, open_cheques, own_sheet
from exchanges.cheques.rules import (
    KIND,
    PURPOSE,
    SHEET,
    NotGood,
    Wanted,
    check_room,
    check_wanted,
    end_of,
    last_day,
)
from exchanges.cheques.tables import ChequeSheet, TimeCheque
from exchanges.ledger.actions.locking import lock_accounts
from exchanges.ledger.actions.opening import open_account, open_accounts
from exchanges.ledger.actions.posting import refuse_beyond_limits
from exchanges.ledger.actions.reserving import release, reserve
from exchanges.ledger.rules import Line, Source
from foundation import audit, clock, tokens
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing
from foundation.once import first_time, made, number_made, remember


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
    if not first_time(session, f"cheques {request_key}" if request_key else "", actor.person_id):
        return None
    hold_parties(session, (party_id,), alone=False)
    rules, zone = rules_in_force(session, actor.community_id), community_of(session, actor.community_id).time_zone
    # Two adults of a household who print at once wait for each other here.
    account_id = open_account(session, party_id)
    account = lock_accounts(session, actor.community_id, [account_id])[account_id]
    check_room(wanted, minutes_standing(session, party_id), rules.cheque_most_minutes)
    refuse_beyond_limits(session, actor, account, Line(account_id, -wanted.count * wanted.minutes))
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


def redeem(session: Session, actor: Actor, code: str, helped: Helped, *, request_key: str = "") -> int:
    """Make one settled exchange of a cheque, for the party acted for; gives the agreement's id.

    However many try at the same moment, one does. The same `request_key` redeems once and gives the same id. Raises
    NotGood, OwnCheque, and whatever `settle_cheque` does.
    """
    mine = actor.must_be_party()
    if not first_time(session, request_key, actor.person_id, content=repr((code, helped))):
        return number_made(session, request_key, actor.person_id, "agreement")
    cheque = cheque_behind(session, actor, code)
    check_not_recorders_own(actor, cheque.party_id)
    must_be_free(session, actor, "proposing")
    hold_parties(session, (mine, cheque.party_id), alone=False)
    issuer_of(session, actor, cheque)
    if not _end(session, actor, cheque, "redeemed"):
        session.refresh(cheque)
        raise NotGood(cheque.state)
    if tokens.take(session, PURPOSE, code) is None:
        raise NotGood("expired")
    number = f"{cheque.sheet_id}-{cheque.number}"
    agreement_id = settle_cheque(session, actor, cheque.party_id, cheque.minutes, helped, source_of(cheque), number)
    session.exec(
        update(TimeCheque)
        .where(col(TimeCheque.id) == cheque.id)
        .values(agreement_id=agreement_id)
        .execution_options(synchronize_session=False)
    )
    audit.record(session, actor, "redeemed", KIND, cheque.id, agreement=agreement_id)
    remember(session, request_key, actor.person_id, made("agreement", agreement_id))
    return agreement_id


def void(session: Session, actor: Actor, sheet_id: int, number: int | None = None) -> int:
    """One cheque of a sheet was lost, or all of it (`number` None): good no more, their hours free. Says how many.

    Raises Missing for anybody else's. What was redeemed stays so.
    """
    seen = own_sheet(session, actor, sheet_id)
    wanted = [one for one in seen.cheques if number in (None, one.number)]
    if not wanted:
        raise Missing()
    return _void(session, actor, wanted, "lost")


def void_of_who_leaves(session: Session, actor: Actor, party_ids: Iterable[int]) -> int:
    """The cheques of parties that close are good no more. Says how many."""
    return _void(session, actor, open_cheques(session, tuple(party_ids)), "left")


def expire(session: Session, limit: int) -> int:
    """Give back the hours of cheques whose day is over, and tell who issued them, once for a sheet. Says how many."""
    ended = _end_and_release(session, None, due(session, limit), "expired")
    for cheque in ended:
        _tell_expired(session, cheque)
    return len(ended)


def source_of(cheque: TimeCheque) -> Source:
    """What the ledger writes beside the minutes promised for a cheque."""
    return Source(KIND, cheque.id)


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


def _void(session: Session, actor: Actor, cheques: Sequence[TimeCheque], why: str) -> int:
    return len(_end_and_release(session, actor, cheques, "voided", why))


def _end_and_release(
    session: Session, actor: Actor | None, cheques: Sequence[TimeCheque], state: str, why: str = ""
) -> list[TimeCheque]:
    """End those that are still open and give their hours back; gives those that were ended here.

    All cheques come before all accounts, as for who redeems one: so nobody waits for each other in a ring.
    """
    ended = [one for one in sorted(cheques, key=lambda one: one.id or 0) if _end(session, actor, one, state, why)]
    for cheque in ended:
        if cheque.token_id is not None:
            tokens.withdraw(session, cheque.token_id)
    for community_id in sorted({one.community_id for one in ended}):
        parties = {one.party_id for one in ended if one.community_id == community_id}
        lock_accounts(session, community_id, open_accounts(session, parties).values())
    for cheque in ended:
        release(session, actor or Actor.visitor(cheque.community_id), source_of(cheque))
        more = {"why": why} if why else {}
        audit.record(session, actor, state, KIND, cheque.id, community_id=cheque.community_id, **more)
    return ended


def _end(session: Session, actor: Actor | None, cheque: TimeCheque, state: str, why: str = "") -> bool:
    """One conditional update: of all who try at the same moment one ends it."""
    still = (col(TimeCheque.id) == cheque.id, col(TimeCheque.state) == "open")
    who = actor.recorder_id if actor is not None else None
    ended = session.exec(
        update(TimeCheque)
        .where(*still)
        .values(state=state, why=why, ended_at=clock.now(), ended_by_id=who)
        .execution_options(synchronize_session=False)
    )
    return bool(ended.rowcount)


def _tell_expired(session: Session, cheque: TimeCheque) -> None:
    zone = community_of(session, cheque.community_id).time_zone
    adults = people_of(session, cheque.party_id)
    # Who has no e-mail is called, unless another adult of theirs can read it.
    for person in [one for one in adults if one.email] or adults[:1]:
        notify(
            session,
            person_id=person.id or 0,
            community_id=cheque.community_id,
            notice=EXPIRED,
            params={"until_on": last_day(cheque.ends_at, zone)},
            endpoint="cheques.listing",
            key=f"{cheque.sheet_id}",
        )
