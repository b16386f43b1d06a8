"""Cards: whose they are, and whether they are good."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import col, select

from community.mandates.policies import KEEP
from community.mandates.queries import is_offline, speaker_of
from community.members.queries import membership_of, person_of
from community.members.tables import Person
from community.parties.queries import parties_of
from community.parties.tables import Party
from community.pins.rules import NoGoodCard
from community.pins.tables import PinCard
from foundation import tokens
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing

CARD = "pin_card"
"""The purpose of its token."""


@dataclass(frozen=True)
class Holder:
    """A good card in the hands of a maker: its person and household, and the actor of a reply done with it."""

    card: PinCard
    person: Person
    party: Party
    speaker: Actor


def holder_of(session: Session, actor: Actor, code: str) -> Holder:
    """Whose card this code is.

    Raises NoGoodCard for any other and outside the maker's zones, Refused for who is paused.
    """
    if not actor.may(KEEP):
        raise Missing()
    token = tokens.look(session, CARD, code)
    card = session.get(PinCard, token.payload.get("card")) if token is not None else None
    if card is None or card.community_id != actor.community_id or card.voided_at is not None:
        raise NoGoodCard()
    membership = membership_of(session, actor.community_id, card.person_id)
    party = _household(session, card)
    if membership is None or party is None or not actor.may(KEEP, party.zone_id):
        raise NoGoodCard()
    speaker = speaker_of(session, actor, party.id or 0, card.person_id)
    return Holder(card, person_of(session, card.person_id), party, speaker)


def good_cards(session: Session, community_id: int, person_ids: Collection[int]) -> dict[int, PinCard]:
    """The cards that are not void, by person."""
    statement = select(PinCard).where(
        col(PinCard.community_id) == community_id,
        col(PinCard.person_id).in_(person_ids),
        col(PinCard.voided_at).is_(None),
    )
    return {card.person_id: card for card in session.exec(statement)}


def good_card(session: Session, community_id: int, person_id: int) -> PinCard | None:
    """The card of one person, held until the end of the transaction; None for none that is good."""
    statement = select(PinCard).where(
        col(PinCard.community_id) == community_id,
        col(PinCard.person_id) == person_id,
        col(PinCard.voided_at).is_(None),
    )
    return session.exec(statement.with_for_update()).one_or_none()


def _household(session: Session, card: PinCard) -> Party | None:
    """The holder's household, as long as nobody in it has e-mail."""
    found = (one for one in parties_of(session, card.community_id, card.person_id) if one.kind == "household")
    party = next(found, None)
    return party if party is not None and session.scalar(select(is_offline(party.id))) else None
