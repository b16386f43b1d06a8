"""Cards: one's own, those of a zone that end or are lacking, and the receipts."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from community.cards.policies import READ_OWN, RECORD
from community.cards.rules import REMIND_BEFORE
from community.cards.tables import Card
from community.communities.tables import Community
from community.members.tables import Membership, Person
from foundation import clock
from foundation.access import Actor
from foundation.database import Session, fold, folded
from foundation.errors import Missing

SHOWN = 100


@dataclass(frozen=True)
class Holder:
    """A member, and the card that holds longest; None for none."""

    person: Person
    zone_id: int
    until: date | None


def cards_of(session: Session, community_id: int, person_id: int) -> list[Card]:
    """Every card of a person in a community, the newest first. The caller has authorised it."""
    statement = select(Card).where(col(Card.community_id) == community_id, col(Card.person_id) == person_id)
    return list(session.exec(statement.order_by(col(Card.until).desc(), col(Card.id).desc())))


def own_cards(session: Session, actor: Actor) -> list[Card]:
    """One's own cards, without what was withdrawn as a mistake. Raises Missing for who is no member."""
    if not actor.may(READ_OWN):
        raise Missing()
    found = cards_of(session, actor.community_id, actor.must_be_person())
    return [card for card in found if card.withdrawn_at is None]


def holders(session: Session, actor: Actor, words: str = "", *, limit: int = SHOWN) -> list[Holder]:
    """The members of one's zones with until when their card holds: who has none and whose ends soonest comes first.

    Raises Missing for who records no cards.
    """
    if not actor.may(RECORD):
        raise Missing()
    until = (
        select(func.max(col(Card.until)))
        .where(
            col(Card.community_id) == actor.community_id,
            col(Card.person_id) == col(Person.id),
            col(Card.withdrawn_at).is_(None),
            ~col(Card.for_insurance),
        )
        .scalar_subquery()
    )
    full_name = folded(col(Person.given_name) + " " + col(Person.family_name))
    statement = (
        select(Person, col(Membership.zone_id), until.label("until"))
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(col(Membership.community_id) == actor.community_id, col(Membership.state) == "approved")
        .where(*(full_name.contains(word, autoescape=True) for word in fold(words).split()[:5]))
        .order_by(until.is_not(None), until, col(Person.given_name), col(Person.id))
        .limit(limit)
    )
    zones = actor.zones_for(RECORD)
    if zones is not None:
        statement = statement.where(col(Membership.zone_id).in_(zones))
    return [Holder(person, zone_id, held) for person, zone_id, held in session.execute(statement)]


@dataclass(frozen=True)
class Receipt:
    """A fee that was paid, for the paper."""

    card: Card
    person: Person
    recorded_by: str


def receipt_for(session: Session, actor: Actor, card_id: int) -> Receipt:
    """The receipt of a fee: for who paid it, and for the makers of their zone. Raises Missing."""
    card = session.get(Card, card_id)
    if card is None or card.community_id != actor.community_id or card.receipt_number is None:
        raise Missing()
    zone = select(col(Membership.zone_id)).where(
        col(Membership.community_id) == card.community_id, col(Membership.person_id) == card.person_id
    )
    own = actor.may(READ_OWN) and card.person_id == actor.person_id
    if not own and not actor.may(RECORD, session.scalar(zone) or 0):
        raise Missing()
    recorder = session.get(Person, card.recorded_by_id) if card.recorded_by_id else None
    return Receipt(card, session.get_one(Person, card.person_id), recorder.name if recorder else "")


def ending(session: Session, community: Community) -> list[Card]:
    """The cards of members that end within the first reminder's days, where none holds longer."""
    return _running_out(session, community, "until")


def insurance_ending(session: Session, community: Community) -> list[Card]:
    """The same of the insurance, where it ends on another day than the card."""
    found = _running_out(session, community, "insured_until")
    return [card for card in found if card.for_insurance or card.insured_until != card.until]


def _running_out(session: Session, community: Community, name: str) -> list[Card]:
    """Standing cards of members whose day of this name is near, where no other card of theirs has a later one."""
    today = clock.today(community.time_zone)
    other = aliased(Card)
    last = col(getattr(Card, name))
    kinds = [~col(Card.for_insurance)] if name == "until" else []
    kinds_later = [~col(other.for_insurance)] if name == "until" else []
    later = (
        select(func.max(col(getattr(other, name))))
        .where(col(other.person_id) == col(Card.person_id), col(other.community_id) == community.id)
        .where(col(other.withdrawn_at).is_(None), *kinds_later)
        .correlate(Card)
        .scalar_subquery()
    )
    statement = (
        select(Card)
        .join(Person, col(Person.id) == col(Card.person_id))
        .join(
            Membership,
            (col(Membership.person_id) == col(Person.id)) & (col(Membership.community_id) == col(Card.community_id)),
        )
        .where(
            col(Card.community_id) == community.id,
            col(Card.withdrawn_at).is_(None),
            last.between(today, today + timedelta(days=max(REMIND_BEFORE))),
            last == later,
            col(Membership.state) == "approved",
            *kinds,
        )
        .order_by(col(Card.id))
    )
    return list(session.exec(statement))
