"""What organisations give away by vouchers."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, case, exists
from sqlmodel import col, func, select

from civic_centers.sponsors.policies import DECIDE
from civic_centers.sponsors.rules import FEW
from civic_centers.vouchers.policies import held_by, offers_decided_by, offers_seen_by
from civic_centers.vouchers.rules import period_of
from civic_centers.vouchers.tables import Voucher, VoucherOffer, VoucherStock
from community.communities.queries import today_of
from community.moderation.policies import own_ids
from community.parties.tables import Party
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing

KIND = "voucher"
OFFER_KIND = "voucher_offer"
PAGE = 100


@dataclass(frozen=True)
class OfferView:
    """An offer with what its page says."""

    offer: VoucherOffer
    party: Party
    left: int
    """How many can still be given, in all or this month."""
    redeemed: int
    decides: bool
    own: bool

    @property
    def left_told(self) -> int | None:
        """What of that is told: to who offers them only that none is left, and not where those are few."""
        return self.left if not self.own or (self.left <= 0 and self.offer.most >= FEW) else None


def offer_visible_to(session: Session, actor: Actor, offer_id: int) -> VoucherOffer:
    """An offer that the actor may look at. Raises Missing."""
    statement = select(VoucherOffer).where(col(VoucherOffer.id) == offer_id, offers_seen_by(actor))
    found = session.exec(statement).one_or_none()
    if found is None:
        raise Missing()
    return found


def view_of(session: Session, actor: Actor, offer_id: int) -> OfferView:
    """The page of an offer. Raises Missing."""
    offer = offer_visible_to(session, actor, offer_id)
    decides = select(col(VoucherOffer.id)).where(col(VoucherOffer.id) == offer_id, offers_decided_by(actor))
    used = select(func.count()).where(col(Voucher.offer_id) == offer_id, col(Voucher.state) == "redeemed")
    return OfferView(
        offer,
        session.get_one(Party, offer.party_id),
        _left(session, actor.community_id, [offer])[offer_id],
        session.scalar(used) or 0,
        session.scalar(decides) is not None,
        offer.party_id in (actor.party_id, *actor.party_ids),
    )


def offers_of(session: Session, party_id: int) -> list[VoucherOffer]:
    """All that an organisation offered, the newest first. The caller acts for it."""
    theirs = select(VoucherOffer).where(col(VoucherOffer.party_id) == party_id)
    return list(session.exec(theirs.order_by(col(VoucherOffer.id).desc()).limit(PAGE)))


def what_of_mine(session: Session, actor: Actor) -> tuple[bool, int]:
    """Whether vouchers of an organisation that the actor acts for may be brought to it, and how many of one's own are
    good: in one question."""
    theirs = (col(VoucherOffer.party_id).in_(sorted(own_ids(actor))), col(VoucherOffer.state) == "accepted")
    good = select(func.count()).select_from(Voucher).where(held_by(actor), col(Voucher.state) == "given")
    gives, number = session.execute(select(exists().where(*theirs), good.scalar_subquery())).one()
    return bool(gives), number


def offers_for_makers(session: Session, actor: Actor) -> list[tuple[VoucherOffer, str, int]]:
    """What a maker can hand on or is to look at: with who offers it, and how many are left; what waits first. Nothing
    of an organisation of theirs: they hand none of it on, and are told no more of it than it is."""
    others = col(VoucherOffer.party_id).not_in(sorted(own_ids(actor)))
    statement = (
        select(VoucherOffer, col(Party.name))
        .join(Party, col(Party.id) == col(VoucherOffer.party_id))
        .where(offers_seen_by(actor), others, col(VoucherOffer.state).in_(("offered", "accepted")))
        .order_by((col(VoucherOffer.state) != "offered").asc(), col(VoucherOffer.id).desc())
        .limit(PAGE)
    )
    rows = [(offer, name) for offer, name in session.execute(statement)]
    left = _left(session, actor.community_id, [offer for offer, _name in rows])
    return [(offer, name, left[offer.id or 0]) for offer, name in rows]


def _waiting(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return offers_decided_by(actor), col(VoucherOffer.state) == "offered"


def number_offered(actor: Actor) -> ColumnElement[int] | None:
    """One where offers wait for the yes of this maker: they are one line, which asks nothing more."""
    if actor.person_id is None or actor.is_on_behalf or not actor.may(DECIDE):
        return None
    return case((exists().where(*_waiting(actor)), 1), else_=0)


def offers_over(session: Session, today: date, limit: int) -> list[int]:
    """Offers whose last day is over."""
    late = (col(VoucherOffer.state).in_(("offered", "accepted")), col(VoucherOffer.until_on) < today)
    return list(session.scalars(select(col(VoucherOffer.id)).where(*late).order_by(col(VoucherOffer.id)).limit(limit)))


def _left(session: Session, community_id: int, offers: list[VoucherOffer]) -> dict[int, int]:
    """How many of each can still be given: one question however many they are."""
    today = today_of(session, community_id)
    stock = {
        (one.offer_id, one.period): one
        for one in session.exec(
            select(VoucherStock).where(col(VoucherStock.offer_id).in_([offer.id for offer in offers]))
        )
    }
    left = {}
    for offer in offers:
        used = stock.get((offer.id or 0, period_of(offer.per, today)))
        left[offer.id or 0] = offer.most - (used.given if used is not None else 0)
    return left
