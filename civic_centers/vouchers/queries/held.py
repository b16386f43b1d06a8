"""Vouchers: one's own, those a maker looks after, and the one behind a code."""

from dataclasses import dataclass

from sqlmodel import col, or_, select

from civic_centers.sponsors.policies import DECIDE
from civic_centers.vouchers.policies import held_by, looked_after_by
from civic_centers.vouchers.rules import PURPOSE, REMIND_BEFORE, NotGood, RedeemedBefore
from civic_centers.vouchers.tables import Voucher, VoucherOffer
from community.members.tables import Person
from community.moderation.policies import own_ids
from community.parties.queries import people_of
from community.parties.tables import Party
from foundation import clock, tokens
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing

PAGE = 100


@dataclass(frozen=True)
class Held:
    """A voucher with what it is for and whose gift it is."""

    voucher: Voucher
    offer: VoucherOffer
    shop: Party


@dataclass(frozen=True)
class LookedAfter:
    """A voucher as a maker who looks after it reads it. `reason` is empty for who is not to read it."""

    voucher: Voucher
    name: str
    reason: str


def state_of(voucher: Voucher) -> str:
    """Its state now: a day that is over needs no job to be over."""
    return "expired" if voucher.state == "given" and voucher.ends_at <= clock.now() else voucher.state


def held_of(session: Session, actor: Actor) -> list[Held]:
    """The vouchers of the actor, those that are good first."""
    statement = (
        select(Voucher, VoucherOffer, Party)
        .join(VoucherOffer, col(VoucherOffer.id) == col(Voucher.offer_id))
        .join(Party, col(Party.id) == col(VoucherOffer.party_id))
        .where(held_by(actor))
        .order_by((col(Voucher.state) != "given").asc(), col(Voucher.id).desc())
        .limit(PAGE)
    )
    return [Held(voucher, offer, shop) for voucher, offer, shop in session.execute(statement)]


def voucher_to_show(session: Session, actor: Actor, voucher_id: int) -> Held:
    """A voucher with its code: for who holds it, and for a maker who prints it for them. Raises Missing."""
    may = or_(held_by(actor), looked_after_by(actor))
    voucher = session.exec(select(Voucher).where(col(Voucher.id) == voucher_id, may)).one_or_none()
    if voucher is None:
        raise Missing()
    offer = session.get_one(VoucherOffer, voucher.offer_id)
    return Held(voucher, offer, session.get_one(Party, offer.party_id))


def to_look_after(session: Session, actor: Actor, voucher_id: int) -> Voucher:
    """A voucher that the actor may call back. Raises Missing."""
    statement = select(Voucher).where(col(Voucher.id) == voucher_id, looked_after_by(actor))
    found = session.exec(statement).one_or_none()
    if found is None:
        raise Missing()
    return found


def vouchers_of_offer(session: Session, actor: Actor, offer_id: int, page: int = 1) -> list[LookedAfter]:
    """Those of an offer that the actor looks after, with who holds them: those that are good first, then the newest.

    Why one was given is read by the makers of the household's zone alone, not by those of the shop's.
    """
    statement = (
        select(Voucher, Person, col(Party.name), col(Party.zone_id))
        .outerjoin(Person, col(Person.id) == col(Voucher.person_id))
        .outerjoin(Party, col(Party.id) == col(Voucher.party_id))
        .where(col(Voucher.offer_id) == offer_id, looked_after_by(actor))
        .order_by((col(Voucher.state) != "given").asc(), col(Voucher.id).desc())
        .offset((page - 1) * PAGE)
        .limit(PAGE)
    )
    return [
        LookedAfter(
            one,
            person.name if person else name or "",
            (one.reason or "") if zone_id is not None and actor.may(DECIDE, zone_id) else "",
        )
        for one, person, name, zone_id in session.execute(statement)
    ]


def holders_of(session: Session, voucher: Voucher) -> list[Person]:
    """Who is told what becomes of it: the person named, or the adults of the household."""
    if voucher.person_id is not None:
        person = session.get(Person, voucher.person_id)
        return [person] if person is not None else []
    return people_of(session, voucher.party_id) if voucher.party_id is not None else []


def behind(session: Session, actor: Actor, code: str) -> Held:
    """The good voucher of the actor's own shop behind a code.

    Raises NotGood, in the same words for a code that nobody knows and for one of another shop; RedeemedBefore.
    """
    held = of_own_shop(session, actor, code)
    if held.voucher.state == "redeemed":
        raise RedeemedBefore(held.voucher.ended_at or held.voucher.given_at)
    if state_of(held.voucher) != "given":
        raise NotGood(state_of(held.voucher))
    return held


def of_own_shop(session: Session, actor: Actor, code: str) -> Held:
    """The voucher behind a code, good or not, for who acts for the shop that gives it. Raises NotGood."""
    token = tokens.look_at_any(session, PURPOSE, code)
    voucher = session.get(Voucher, token.payload.get("voucher", 0)) if token is not None else None
    if voucher is None or voucher.community_id != actor.community_id or actor.is_on_behalf:
        raise NotGood()
    offer = session.get_one(VoucherOffer, voucher.offer_id)
    shop = session.get_one(Party, offer.party_id)
    if offer.party_id not in own_ids(actor) or shop.closed_at is not None:
        raise NotGood()
    return Held(voucher, offer, shop)


def over(session: Session, limit: int) -> list[int]:
    """Vouchers whose last day is over and that nobody redeemed."""
    due = (col(Voucher.state) == "given", col(Voucher.ends_at) <= clock.now())
    return list(session.scalars(select(col(Voucher.id)).where(*due).order_by(col(Voucher.ends_at)).limit(limit)))


def ending(session: Session) -> list[int]:
    """Vouchers whose last day is near."""
    now = clock.now()
    near = (
        col(Voucher.state) == "given",
        col(Voucher.ends_at) > now,
        col(Voucher.ends_at) <= now + REMIND_BEFORE,
        col(Voucher.given_at) <= now - REMIND_BEFORE,
    )
    return list(session.scalars(select(col(Voucher.id)).where(*near).order_by(col(Voucher.id))))
