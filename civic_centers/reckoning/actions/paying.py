"""Money that families hand over or get back, and taking back what was written by mistake."""

from sqlmodel import col, select

from civic_centers.reckoning.actions.telling import tell_receipt
from civic_centers.reckoning.actions.writing import Movement, hold, key_of, write
from civic_centers.reckoning.policies import must_keep
from civic_centers.reckoning.queries.balances import balance_of, charges_of
from civic_centers.reckoning.queries.openings import brought_along
from civic_centers.reckoning.rules import (
    PARTY,
    QUOTA,
    REVERSIBLE,
    Place,
    checked_cents,
    checked_way,
    checked_words,
    must_be_refundable,
)
from civic_centers.reckoning.tables import Purse, PurseEntry
from foundation import audit
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Stale

PAID = "purse_receipt"
"""The kind of lines in the record: what was paid, given back and taken back."""


def record_payment(
    session: Session, actor: Actor, cycle_id: int, party_id: int, cents: int, way: str, *, gift: int = 0, key: str = ""
) -> PurseEntry:
    """Write down what a family of a cycle handed over, with its receipt; `gift` is the part it gives to the quota.

    More than what is open stays in its favour. Raises Missing for who does not keep the cycle, Invalid.
    """
    must_keep(session, actor, cycle_id)
    checked_cents(cents)
    checked_way(way)
    if not 0 <= gift <= cents:
        raise Invalid(N_("What is given to the quota is a part of what was paid."), field="gift")
    family = of_cycle(session, actor, cycle_id, party_id)
    theirs, quota, till = Place(PARTY, family), Place(QUOTA), Place(way)
    purses = hold(session, actor.community_id, (theirs, till, *((quota,) if gift else ())))
    paid = Movement("payment", till, theirs, cents, key_of(actor, "payment", key), cycle_id=cycle_id)
    entry = write(session, actor, actor.community_id, purses, paid)
    if gift:
        along = Movement("gift", theirs, quota, gift, f"gift:{entry.id}", cycle_id=cycle_id, along_id=entry.id)
        write(session, actor, actor.community_id, purses, along)
    audit.record(session, actor, "paid", PAID, entry.id, cents=cents)
    tell_receipt(session, entry, family)
    return entry


def refund(
    session: Session, actor: Actor, cycle_id: int, party_id: int, cents: int, way: str, *, key: str = ""
) -> PurseEntry:
    """Give back to a family what it has in its favour, with its receipt.

    Raises Missing for who does not keep the cycle, Invalid, Refused for more than there is.
    """
    must_keep(session, actor, cycle_id)
    checked_cents(cents)
    checked_way(way)
    family = of_cycle(session, actor, cycle_id, party_id)
    theirs, till = Place(PARTY, family), Place(way)
    purses = hold(session, actor.community_id, (theirs, till))
    must_be_refundable(balance_of(session, purses[theirs]), cents)
    back = Movement("refund", theirs, till, cents, key_of(actor, "refund", key), cycle_id=cycle_id)
    entry = write(session, actor, actor.community_id, purses, back)
    audit.record(session, actor, "gave_back", PAID, entry.id, cents=cents)
    tell_receipt(session, entry, family)
    return entry


def reverse(session: Session, actor: Actor, entry_id: int, reason: str) -> PurseEntry:
    """Take back a movement that was written by mistake, once, with what was rounded up along with it.

    What the quota paid is taken back in the same way: nothing says that it was. Raises Missing for who does not keep
    its cycle, Stale where somebody did already, Invalid without a reason.
    """
    entry = session.get(PurseEntry, entry_id)
    if entry is None or entry.community_id != actor.community_id or entry.cycle_id is None:
        raise Missing()
    must_keep(session, actor, entry.cycle_id)
    if entry.kind not in REVERSIBLE or entry.along_id is not None:
        raise Missing()
    back, family = take_back(session, actor, entry, reason)
    audit.record(session, actor, "took_back", PAID, back.id, of=entry_id)
    if family is not None and back.receipt_number is not None:
        tell_receipt(session, back, family)
    return back


def take_back(session: Session, actor: Actor, entry: PurseEntry, reason: str) -> tuple[PurseEntry, int | None]:
    """Mirror a movement that the actor may take back, once, with what was written along with it; whose it is now.

    Raises Stale where somebody did already, Invalid without a reason.
    """
    entry_id = entry.id
    words = checked_words(reason, "reason")
    places = {purse_id: _place(session, purse_id) for purse_id in (entry.from_purse_id, entry.to_purse_id)}
    along = session.exec(select(PurseEntry).where(col(PurseEntry.along_id) == entry_id)).all()
    quota = {Place(QUOTA)} if along else set()
    held = hold(session, actor.community_id, {*places.values(), *quota})
    done = session.exec(select(PurseEntry).where(col(PurseEntry.reverses_id) == entry_id)).one_or_none()
    if done is not None:
        raise Stale(N_("Somebody has taken it back already."))
    purses = {place: session.get_one(Purse, purse_id) for purse_id, place in places.items()} | {
        place: held[place] for place in quota
    }
    for one in along:
        write(session, actor, actor.community_id, purses, _back(session, one))
    back = write(session, actor, actor.community_id, purses, _back(session, entry, words))
    _carry_over(session, actor, places, purses, held)
    for place, purse in held.items():
        if place.kind == "cycle":
            purse.closed_at = None
            session.add(purse)
    return back, next((held[place].party_id for place in places.values() if place.kind == PARTY), None)


def of_cycle(session: Session, actor: Actor, cycle_id: int, party_id: int) -> int:
    """A family that was asked for something in a cycle, or brought something along. Raises Missing for any other."""
    charged = cycle_id in dict(charges_of(session, [party_id]).get(party_id, []))
    if not charged and not brought_along(session, actor, party_id):
        raise Missing()
    return party_id


def _back(session: Session, entry: PurseEntry, words: str = "") -> Movement:
    return Movement(
        "reversal",
        _place(session, entry.to_purse_id),
        _place(session, entry.from_purse_id),
        entry.cents,
        f"reversal:{entry.id}",
        cycle_id=entry.cycle_id,
        reverses_id=entry.id,
        words=words,
        receipted=entry.receipt_number is not None,
    )


def _carry_over(
    session: Session, actor: Actor, places: dict[int, Place], purses: dict[Place, Purse], held: dict[Place, Purse]
) -> None:
    """What is taken back from a household that became part of another is the other's, as all of it is."""
    for place in places.values():
        if place.kind == PARTY and held[place].id != purses[place].id:
            move_all(session, actor, purses[place], held[place])


def move_all(session: Session, actor: Actor | None, purse: Purse, into: Purse) -> None:
    """Bring the purse of a family to nothing, into that of another. Both are held."""
    balance = balance_of(session, purse)
    if not balance:
        return
    source, target = (purse, into) if balance > 0 else (into, purse)
    of = {Place(PARTY, one.party_id or 0): one for one in (source, target)}
    first, second = of
    number = session.scalars(select(col(PurseEntry.id)).order_by(col(PurseEntry.id).desc()).limit(1)).first() or 0
    key = f"joined:{purse.party_id}:{number}"
    write(session, actor, purse.community_id, of, Movement("joined", first, second, abs(balance), key))


def _place(session: Session, purse_id: int) -> Place:
    purse = session.get_one(Purse, purse_id)
    return Place(purse.kind, purse.party_id or purse.cycle_id or 0)
