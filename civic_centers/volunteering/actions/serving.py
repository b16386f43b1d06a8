"""Being there: checking in and out, and the real minutes that a keeper of the center confirms, once."""

from datetime import datetime

from civic_centers.volunteering.actions.holding import SIGN_UP, held_sign_up, keep_sign_up
from civic_centers.volunteering.actions.signing import ADVICE, LACKING
from civic_centers.volunteering.actions.telling import tell
from civic_centers.volunteering.notices import CONFIRMED
from civic_centers.volunteering.policies import may_run
from civic_centers.volunteering.queries.single import insured_on, standing_of
from civic_centers.volunteering.queries.suiting import demands_care, may_care
from civic_centers.volunteering.rules import AFTER, EARLY, NotNow, Uninsured, Unsuitable
from civic_centers.volunteering.tables import SignUp, Slot
from community.parties.queries import fund_of
from community.safeguarding.queries import day_in
from exchanges.ledger.actions import fund_account, lock_accounts, open_account, post_transfer
from exchanges.ledger.rules import Line, Source, overflow
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Refused

LONGEST = 24 * 60


def check_in(session: Session, actor: Actor, sign_up_id: int) -> SignUp:
    """Say that one has come, or a keeper for somebody; twice changes nothing.

    Raises Missing, NotNow too early or too late, Uninsured where volunteering is not insured that day, Unsuitable for
    who may not look after children any more.
    """
    row, slot = _own_or_run(session, actor, sign_up_id)
    if row.came_at is not None:
        return row
    _must_be_time(row, slot)
    must_be_insured(session, row, slot)
    if demands_care(session, slot) and not may_care(session, slot, row.person_id):
        raise Unsuitable(LACKING["verified"], advice=ADVICE["verified"])
    row.came_at = clock.now()
    return _mark(session, actor, row, "came")


def check_out(session: Session, actor: Actor, sign_up_id: int) -> SignUp:
    """Say that one goes; twice changes nothing. Raises Missing, NotNow for who has not come."""
    row, slot = _own_or_run(session, actor, sign_up_id)
    if row.left_at is not None:
        return row
    _must_be_time(row, slot)
    if row.came_at is None:
        raise NotNow()
    row.left_at = max(clock.now(), row.came_at)
    return _mark(session, actor, row, "went")


def confirm(session: Session, actor: Actor, sign_up_id: int, minutes: int) -> SignUp:
    """A keeper confirms the real minutes of a shift: recorded, or moved from the fund, once; the same again is nothing.

    Raises Missing, NotNow before it began or when it was answered otherwise, Invalid, Uninsured, Refused for a shift of
    one's own, and what the ledger refuses.
    """
    row, slot = held_sign_up(session, sign_up_id)
    _must_run(session, actor, slot)
    if not 1 <= minutes <= LONGEST:
        raise Invalid(N_("From 1 minute to 24 hours."), field="minutes")
    if row.state == "served" and row.minutes == minutes:
        return row
    if row.state != "held" or slot.starts_at > clock.now():
        raise NotNow()
    if row.person_id == actor.person_id or (row.party_id is not None and row.party_id in actor.party_ids):
        raise Refused(
            N_("This is a shift of your own, or of your household."),
            advice=N_("Ask another keeper, or a maker, to confirm it."),
        )
    must_be_insured(session, row, slot)
    row.state, row.minutes, row.ended_at, row.confirmed_by_id = "served", minutes, clock.now(), actor.recorder_id
    session.add(row)
    session.flush()
    moved = _move_from_fund(session, actor, row, slot) if slot.exchange else 0
    audit.record(session, actor, "confirmed", SIGN_UP, sign_up_id, minutes=minutes, moved=moved)
    tell(session, row.person_id, slot, CONFIRMED, key=f"{sign_up_id}", real_minutes=minutes)
    return row


def note_missed(session: Session, actor: Actor, sign_up_id: int) -> None:
    """A keeper notes that somebody did not come; nobody is told, and it is no shame. Raises Missing, NotNow."""
    row, slot = held_sign_up(session, sign_up_id)
    _must_run(session, actor, slot)
    if row.state == "missed":
        return
    if row.state != "held" or row.came_at is not None or slot.starts_at > clock.now():
        raise NotNow()
    row.state, row.ended_at, row.confirmed_by_id = "missed", clock.now(), actor.recorder_id
    session.add(row)
    session.flush()
    audit.record(session, actor, "missed", SIGN_UP, sign_up_id)


def take_missed_back(session: Session, actor: Actor, sign_up_id: int) -> None:
    """Somebody was there after all: their hours wait to be confirmed again; twice changes nothing.

    Nothing binds it but their other shifts: the register of an organisation tells days, not hours, and a certificate
    those confirmed. Raises Missing, NotNow for what was not noted so, Refused where they have another shift then.
    """
    row, slot = held_sign_up(session, sign_up_id)
    _must_run(session, actor, slot)
    if row.state == "held":
        return
    if row.state != "missed" or slot.state != "open":
        raise NotNow()
    again = standing_of(session, slot.id or 0, row.person_id)
    if again is not None or not keep_sign_up(session, row, state="held", ended_at=None, confirmed_by_id=None):
        raise Refused(
            N_("They took another shift at that time meanwhile."),
            advice=N_("Only one of the two can be held: note that one first, or leave this one as it is."),
        )
    audit.record(session, actor, "found_there", SIGN_UP, sign_up_id)


def must_be_insured(session: Session, row: SignUp, slot: Slot) -> None:
    """Raises Uninsured where a volunteer, occasional ones too, has no insurance for the day (D.Lgs. 117/2017, 18)."""
    if slot.exchange or slot.party_id is None:
        return
    if not insured_on(session, slot.party_id, row.person_id, day_in(session, slot.community_id, slot.starts_at)):
        raise Uninsured()


def _move_from_fund(session: Session, actor: Actor, row: SignUp, slot: Slot) -> int:
    """The one transfer of a shift that is an exchange: what passes the ceiling of who gave stays with the fund."""
    if row.party_id is None or row.minutes is None:
        raise ValueError("an exchange with the fund has a party and its minutes")
    fund_of(session, slot.community_id)
    fund_id, account_id = fund_account(session, slot.community_id), open_account(session, row.party_id)
    account = lock_accounts(session, slot.community_id, [fund_id, account_id])[account_id]
    kept = row.minutes
    if account.ceiling is not None:
        kept -= overflow(account.balance, row.minutes, account.ceiling)
    if kept <= 0:
        return 0
    post_transfer(
        session,
        actor,
        (Line(fund_id, -kept), Line(account_id, kept)),
        request_key=f"{SIGN_UP}:{row.id}",
        kind="exchange",
        source=Source(SIGN_UP, row.id),
        memo=slot.role,
        for_party_id=row.party_id,
    )
    return kept


def _own_or_run(session: Session, actor: Actor, sign_up_id: int) -> tuple[SignUp, Slot]:
    """A sign-up of one's own, or of a slot whose center one keeps. Raises Missing."""
    row, slot = held_sign_up(session, sign_up_id)
    if slot.community_id != actor.community_id:
        raise Missing()
    if row.person_id != actor.person_id and not may_run(session, actor, slot):
        raise Missing()
    return row, slot


def _must_run(session: Session, actor: Actor, slot: Slot) -> None:
    if not may_run(session, actor, slot):
        raise Missing()


def _must_be_time(row: SignUp, slot: Slot) -> None:
    now: datetime = clock.now()
    if row.state != "held" or slot.state != "open":
        raise NotNow()
    if now < slot.starts_at - EARLY:
        raise Refused(
            N_("It is too early: the shift begins %(starts_at)s."),
            advice=N_("From one hour before you can say that you are there."),
            starts_at=slot.starts_at,
        )
    if now > slot.ends_at + AFTER:
        raise NotNow()


def _mark(session: Session, actor: Actor, row: SignUp, verb: str) -> SignUp:
    session.add(row)
    session.flush()
    audit.record(session, actor, verb, SIGN_UP, row.id)
    return row
