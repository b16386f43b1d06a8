"""Those who come to a meeting of several, as people to whom a maker of its zone may write together."""

from typing import Any

from sqlalchemy import Select
from sqlalchemy import select as columns
from sqlmodel import col

from community.broadcasts.policies import WRITE
from community.parties.policies import acting
from community.parties.tables import Party, PartyMember
from exchanges.groups.tables import GroupExchange, GroupPlace
from exchanges.posts.tables import Post
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing

STILL_IN_IT = ("asked", "coming", "told", "confirmed", "disputed")


def who_comes(_session: Session, actor: Actor, group_id: int) -> Select[Any]:
    """The ids of those who act for the parties with a place, the host's among them."""
    guests = (
        columns(col(GroupPlace.party_id))
        .join(GroupExchange, col(GroupExchange.id) == col(GroupPlace.group_id))
        .where(
            col(GroupPlace.group_id) == group_id,
            col(GroupExchange.community_id) == actor.community_id,
            col(GroupPlace.state).in_(STILL_IN_IT),
        )
    )
    host = columns(col(GroupExchange.host_id)).where(
        col(GroupExchange.id) == group_id, col(GroupExchange.community_id) == actor.community_id
    )
    return columns(col(PartyMember.person_id)).where(col(PartyMember.party_id).in_(guests.union_all(host)), *acting())


def may_write_to_them(session: Session, actor: Actor, group_id: int) -> bool:
    """Whether the actor looks after the zone of the host; never about a confidential need."""
    group = session.get(GroupExchange, group_id)
    if group is None or group.community_id != actor.community_id or _is_confidential(session, group):
        return False
    zone_id = _zone_of(session, group)
    return zone_id is not None and actor.may(WRITE, zone_id)


def group_written_about(session: Session, actor: Actor, group_id: int) -> tuple[str, int | None]:
    """What the meeting is called, and the zone of its host. Raises Missing for who may not write about it."""
    group = session.get(GroupExchange, group_id)
    if group is None or not may_write_to_them(session, actor, group_id):
        raise Missing()
    return group.title, _zone_of(session, group)


def _zone_of(session: Session, group: GroupExchange) -> int | None:
    host = session.get(Party, group.host_id)
    return host.zone_id if host is not None else None


def _is_confidential(session: Session, group: GroupExchange) -> bool:
    post = session.get(Post, group.post_id) if group.post_id is not None else None
    return post is not None and post.visibility == "confidential"
