"""What the makers see of a conversation or of kind words that somebody reported."""

from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlmodel import col, select

from community.parties.tables import Party
from exchanges.agreements.policies import RESOLVE, Between, own_side
from exchanges.agreements.queries.single import mediates
from exchanges.agreements.tables import Agreement, Appreciation
from exchanges.posts.policies import kept_from
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing

Found = tuple[str, int | None, int | None]
"""Words for the makers, the zone whose makers look, the party it is about."""


def reported_whole(session: Session, actor: Actor, found: Between | None) -> Found:
    """An agreement, or what agreements are a part of: only what it is about. Raises Missing for a stranger."""
    about = _seen(session, actor, found)
    return about.title, *_about(session, about, _other(actor, about))


def reported_agreement(session: Session, actor: Actor, agreement_id: int) -> Found:
    """A conversation: only what it is about; its words are read in a dispute. Raises Missing for a stranger."""
    return reported_whole(session, actor, session.get(Agreement, agreement_id))


def reported_thanks(session: Session, actor: Actor, agreement_id: int) -> Found:
    """The kind words of an agreement that stand on a profile, where every member reads them. Raises Missing."""
    agreement = session.get(Agreement, agreement_id)
    shown = session.scalars(
        select(Appreciation).where(col(Appreciation.agreement_id) == agreement_id, col(Appreciation.shown).is_(True))
    ).all()
    if agreement is None or agreement.community_id != actor.community_id or not actor.is_member or not shown:
        raise Missing()
    return " / ".join(words.words for words in shown), *_about(session, agreement, shown[0].from_party_id)


def author_of_thanks(session: Session, agreement_id: int) -> int | None:
    """Who wrote the kind words of an agreement that stand on a profile."""
    return session.scalars(
        select(col(Appreciation.author_id)).where(
            col(Appreciation.agreement_id) == agreement_id, col(Appreciation.shown).is_(True)
        )
    ).first()


def agreement_kept_from(actor: Actor, agreement_id: Any) -> ColumnElement[bool]:
    """The condition that what an agreement, by its id in a column, is about is kept from this maker."""
    return exists().where(col(Agreement.id) == agreement_id, kept_from(actor, col(Agreement.post_id)))


def _seen(session: Session, actor: Actor, agreement: Between | None) -> Between:
    if agreement is None:
        raise Missing()
    if own_side(actor, agreement) is None and not mediates(session, actor, agreement, RESOLVE):
        raise Missing()
    return agreement


def _other(actor: Actor, agreement: Between) -> int:
    mine = own_side(actor, agreement)
    return agreement.receiver_id if mine == agreement.giver_id else agreement.giver_id


def _about(session: Session, agreement: Between, party_id: int | None) -> tuple[int | None, int | None]:
    about = party_id or agreement.giver_id
    return session.scalar(select(col(Party.zone_id)).where(col(Party.id) == about)), about
