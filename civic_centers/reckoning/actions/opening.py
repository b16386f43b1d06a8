"""What a family brings along from the books that were kept before these: written once, corrected by a counter-entry."""

from datetime import date

from sqlmodel import col, select

from civic_centers.purchasing.rules.bills import in_euro
from civic_centers.reckoning.actions.paying import take_back
from civic_centers.reckoning.actions.telling import tell_family
from civic_centers.reckoning.actions.writing import Movement, hold, key_of, write
from civic_centers.reckoning.notices import BROUGHT_DEBT, BROUGHT_FAVOUR, NOT_BROUGHT
from civic_centers.reckoning.policies import must_not_be_own
from civic_centers.reckoning.queries.openings import family_to_open, opening_of
from civic_centers.reckoning.queries.own import purses_of
from civic_centers.reckoning.rules import (
    BEFORE,
    LONGEST_WORDS,
    PARTY,
    Place,
    checked_cents,
    checked_day,
    checked_words,
)
from civic_centers.reckoning.tables import PurseEntry
from community.communities.queries import today_of
from foundation import audit
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Stale

OPENING = "purse_opening"
FAVOUR, DEBT = "favour", "debt"


def open_with(
    session: Session, actor: Actor, party_id: int, side: str, cents: int, as_of: date | None, words: str = "",
    *, key: str = "",
) -> PurseEntry:  # fmt: skip
    """Write down what a family had in its favour (`side` is favour) or had still to give (debt) on a day, once.

    Raises Missing for who keeps no purchasing where it lives or ordered, Refused for one's own family, Invalid,
    Stale where somebody has written it down already.
    """
    party = family_to_open(session, actor, party_id)
    must_not_be_own(actor, party_id)
    if side not in (FAVOUR, DEBT):
        raise Invalid(N_("Say whether it is in their favour or still to give."), field="side")
    checked_cents(cents)
    day = checked_day(as_of, today_of(session, actor.community_id))
    said = checked_words(words, needed=False, longest=LONGEST_WORDS)
    theirs, before = Place(PARTY, party_id), Place(BEFORE)
    purses = hold(session, party.community_id, (theirs, before))
    source, target = (before, theirs) if side == FAVOUR else (theirs, before)
    movement = Movement("opening", source, target, cents, key_of(actor, "opening", key), as_of=day, words=said)
    again = session.exec(select(PurseEntry).where(col(PurseEntry.request_key) == movement.key)).one_or_none()
    if again is None and opening_of(session, party_id) is not None:
        raise Stale(
            N_("What they brought along is written down already."),
            advice=N_("If it is wrong, take it back first, then write it down anew."),
        )
    entry = write(session, actor, party.community_id, purses, movement)
    if again is None:
        audit.record(session, actor, "opened", OPENING, entry.id, cents=cents, side=side)
        notice = BROUGHT_FAVOUR if side == FAVOUR else BROUGHT_DEBT
        tell_family(
            session, party.community_id, party_id, notice, {"amount": in_euro(cents)}, key=f"{entry.id}",
            but=[actor.recorder_id],
        )  # fmt: skip
    return entry


def take_opening_back(session: Session, actor: Actor, party_id: int, entry_id: int, reason: str) -> PurseEntry:
    """Undo what was written down as brought along, by a counter-entry; then another may be written.

    `entry_id` is the one that was read. Raises Missing, Refused for one's own family, Invalid without a reason, Stale
    where it was taken back already.
    """
    family_to_open(session, actor, party_id)
    must_not_be_own(actor, party_id)
    entry = session.get(PurseEntry, entry_id)
    mine = purses_of(session, party_id)
    if entry is None or entry.kind != "opening" or not {entry.from_purse_id, entry.to_purse_id} & set(mine):
        raise Missing()
    back, family = take_back(session, actor, entry, reason)
    audit.record(session, actor, "took_back", OPENING, entry_id)
    tell_family(
        session, entry.community_id, family or party_id, NOT_BROUGHT, {"amount": in_euro(entry.cents)},
        key=f"{back.id}", but=[actor.recorder_id],
    )  # fmt: skip
    return back
