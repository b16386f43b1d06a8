"""Who records cards, and the one gate: who gives holds a card, where the community asks for it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlmodel import col, select

from community.cards.rules import NoCard
from community.cards.tables import Card
from community.communities.queries import community_of, rules_in_force
from community.members.tables import Membership
from community.parties.policies import acting
from community.parties.tables import PartyMember
from foundation import clock
from foundation.access import Actor, Permission
from foundation.database import Session
from foundation.errors import N_, Missing, Refused

RECORD = Permission(
    "zone:card:record", ("maker", "administrator"), "Record membership cards and fees of the zone, and print receipts"
)
READ_OWN = Permission("member:card:read", ("member",), "See one's own membership card and receipts")


def must_record(actor: Actor, membership: Membership | None) -> Membership:
    """The membership, for who records cards in its zone. Raises Missing, and Refused for one's own: money was paid."""
    if membership is None or membership.community_id != actor.community_id or membership.state != "approved":
        raise Missing()
    if not actor.may(RECORD, membership.zone_id):
        raise Missing()
    if membership.person_id in (actor.person_id, actor.recorder_id):
        raise Refused(
            N_("You cannot record your own card."), advice=N_("Another maker, or an administrator, records it.")
        )
    return membership


def must_hold_card(session: Session, community_id: int, party_id: int, adult_id: int | None, at: datetime) -> None:
    """See that who gives holds a card on the day, where the rules of that moment ask for it. Raises NoCard.

    Where nobody says who of the household gives, one of its adults must hold one. Receiving needs no card (domain,
    Volunteers: families may receive without it). Asked on every path that gives, on the person named.
    """
    if not rules_in_force(session, community_id, min(at, clock.now())).card_before_giving:
        return
    day = clock.local(at, community_of(session, community_id).time_zone).date()
    adults: Any = select(col(PartyMember.person_id)).where(col(PartyMember.party_id) == party_id, *acting())
    who = col(Card.person_id) == adult_id if adult_id is not None else col(Card.person_id).in_(adults)
    if session.scalar(select(_holds(community_id, who, day))) is not True:
        raise NoCard()


def _holds(community_id: int, who: ColumnElement[bool], day: Any) -> ColumnElement[bool]:
    return exists().where(
        col(Card.community_id) == community_id,
        who,
        col(Card.since) <= day,
        col(Card.until) >= day,
        col(Card.withdrawn_at).is_(None),
        ~col(Card.for_insurance),
    )
