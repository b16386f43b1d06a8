"""Those who answered a post, as people to whom a maker of its zone may write together."""

from typing import Any

from sqlalchemy import Select
from sqlalchemy import select as columns
from sqlmodel import col

from community.broadcasts.policies import WRITE
from community.parties.policies import acting
from community.parties.tables import PartyMember
from exchanges.agreements.tables import Agreement
from exchanges.posts.tables import Post
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing

STILL_IN_IT = ("proposed", "accepted", "delivered", "disputed", "settled")


def who_answered(_session: Session, actor: Actor, post_id: int) -> Select[Any]:
    """The ids of those who act for the parties whose answer stands."""
    return (
        columns(col(PartyMember.person_id))
        .join(Agreement, col(Agreement.proposer_id) == col(PartyMember.party_id))
        .where(
            col(Agreement.post_id) == post_id,
            col(Agreement.community_id) == actor.community_id,
            col(Agreement.state).in_(STILL_IN_IT),
            *acting(),
        )
    )


def may_write_to_them(session: Session, actor: Actor, post_id: int) -> bool:
    """Whether the actor looks after the zone of the post; never about a confidential need, of which few know."""
    post = session.get(Post, post_id)
    return (
        post is not None
        and post.community_id == actor.community_id
        and post.state != "draft"
        and post.visibility != "confidential"
        and post.zone_id is not None
        and actor.may(WRITE, post.zone_id)
    )


def post_written_about(session: Session, actor: Actor, post_id: int) -> tuple[str, int | None]:
    """What the post is called, and its zone. Raises Missing for who may not write about it."""
    post = session.get(Post, post_id)
    if post is None or not may_write_to_them(session, actor, post_id):
        raise Missing()
    return post.title, post.zone_id
