"""The purse of who leaves, of a household that becomes part of another, and what is settled for who is gone."""

from sqlalchemy import Update, or_, update
from sqlmodel import col, select

from civic_centers.reckoning.actions.paying import move_all
from civic_centers.reckoning.actions.writing import Movement, hold, key_of, write
from civic_centers.reckoning.policies import must_grant, must_not_be_own
from civic_centers.reckoning.queries.balances import balance_of
from civic_centers.reckoning.rules import (
    GROUP,
    PARTY,
    QUOTA,
    Place,
    checked_cents,
    checked_words,
    must_be_owed,
    must_hold,
)
from civic_centers.reckoning.tables import Purse, PurseEntry, PurseWords, QuotaRequest
from community.leaving.rules import Going
from community.parties.tables import Party
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Refused

LEFT = "purse_left"


def write_off(
    session: Session, actor: Actor, party_id: int, cents: int, source: str, reason: str, *, key: str = ""
) -> PurseEntry:
    """Settle what a family that has left still owed, out of the group's money or the quota: either really goes down.

    Raises Missing outside a maker's zones and for who has not left, Invalid, Refused for more than there is.
    """
    party = _left(session, actor, party_id)
    checked_cents(cents)
    if source not in (GROUP, QUOTA):
        raise Invalid(N_("Say who bears it."), field="source")
    words = checked_words(reason, "reason")
    theirs, bearer = Place(PARTY, party_id), Place(source)
    purses = hold(session, party.community_id, (theirs, bearer))
    must_be_owed(balance_of(session, purses[theirs]), cents)
    if source == QUOTA:
        must_hold(balance_of(session, purses[bearer]), cents)
    off = Movement("write_off", bearer, theirs, cents, key_of(actor, "write_off", key), words=words)
    entry = write(session, actor, party.community_id, purses, off)
    audit.record(session, actor, "wrote_off", LEFT, party_id, cents=cents)
    return entry


def hand_over(session: Session, actor: Actor, party_id: int, *, key: str = "") -> PurseEntry:
    """What a family that has left had in its favour, and nobody fetched, goes to the quota.

    Raises Missing, Refused.
    """
    party = _left(session, actor, party_id)
    theirs, quota = Place(PARTY, party_id), Place(QUOTA)
    purses = hold(session, party.community_id, (theirs, quota))
    balance = balance_of(session, purses[theirs])
    if balance <= 0:
        raise Refused(N_("There is nothing in their favour any more."))
    over = Movement("left", theirs, quota, balance, key_of(actor, "left", key))
    entry = write(session, actor, party.community_id, purses, over)
    audit.record(session, actor, "handed_over", LEFT, party_id, cents=balance)
    return entry


def forget(session: Session, going: Going) -> None:
    """What somebody wrote to the makers goes, and why something was done for what closes. Sums and receipts stay.

    The name on a receipt stays sealed for as long as the law wants the books kept; no page shows it but the receipt.
    """
    here = col(QuotaRequest.community_id) == going.community_id
    theirs = or_(col(QuotaRequest.person_id) == going.person_id, col(QuotaRequest.party_id).in_(going.closing))
    nothing = {"words": "", "answer": ""}
    waiting = here & theirs & (col(QuotaRequest.state) == "waiting")
    ended = {"state": "withdrawn", "ended_at": clock.now(), "entry_id": None}
    _set(session, update(QuotaRequest).where(waiting).values(**ended))
    _set(session, update(QuotaRequest).where(here, theirs).values(**nothing))
    mine = here & (col(QuotaRequest.person_id) == going.person_id)
    _set(session, update(QuotaRequest).where(mine).values(person_id=None))
    excluded = here & (col(QuotaRequest.excluded_maker_id) == going.person_id)
    _set(session, update(QuotaRequest).where(excluded).values(excluded_maker_id=None))
    purses = select(col(Purse.id)).where(col(Purse.party_id).in_(going.closing))
    moved = or_(col(PurseEntry.from_purse_id).in_(purses), col(PurseEntry.to_purse_id).in_(purses))
    entries = select(col(PurseEntry.id)).where(moved)
    _set(session, update(PurseWords).where(col(PurseWords.entry_id).in_(entries)).values(words=""))


def end_with(session: Session, going: Going) -> None:
    """What the households that close had asked, or were offered, is not waited for any more."""
    waiting = col(QuotaRequest.party_id).in_(going.closing) & (col(QuotaRequest.state) == "waiting")
    _set(session, update(QuotaRequest).where(waiting).values(state="withdrawn", ended_at=clock.now()))


def move_to_party(session: Session, party_id: int, into_party_id: int) -> None:
    """The purse of a household that becomes part of another goes over to it, which reads its receipts from then on."""
    purse = session.exec(select(Purse).where(col(Purse.party_id) == party_id)).one_or_none()
    if purse is not None:
        old, new = Place(PARTY, party_id), Place(PARTY, into_party_id)
        purses = hold(session, purse.community_id, (old, new))
        move_all(session, None, purses[old], purses[new])
        purses[old].heir_party_id = into_party_id
        session.add(purses[old])
        session.flush()
        heirs = update(Purse).where(col(Purse.heir_party_id) == party_id).values(heir_party_id=into_party_id)
        _set(session, heirs)
    theirs = col(QuotaRequest.party_id) == party_id
    waiting = theirs & (col(QuotaRequest.state) == "waiting")
    _set(session, update(QuotaRequest).where(waiting).values(state="withdrawn", ended_at=clock.now()))
    _set(session, update(QuotaRequest).where(theirs).values(party_id=into_party_id))


def party_moved(session: Session, party_id: int, _before: int, zone_id: int) -> None:
    """What a household asked is read by the makers of where it lives now."""
    waiting = (col(QuotaRequest.party_id) == party_id, col(QuotaRequest.state) == "waiting")
    _set(session, update(QuotaRequest).where(*waiting).values(zone_id=zone_id))


def _left(session: Session, actor: Actor, party_id: int) -> Party:
    party = session.get(Party, party_id)
    if party is None or party.community_id != actor.community_id or party.closed_at is None:
        raise Missing()
    must_grant(actor, party.zone_id)
    must_not_be_own(actor, party_id)
    return party


def _set(session: Session, statement: Update) -> None:
    session.exec(statement.execution_options(synchronize_session=False))
