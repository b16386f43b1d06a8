"""What the makers see of groups that somebody reported, and whose the conversations of groups are."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import and_, exists, or_
from sqlmodel import col, select

from community.parties.tables import Party
from exchanges.groups.queries.lists import InTalk, mine, to_look_at
from exchanges.groups.rules import takes_part
from exchanges.groups.tables import GroupExchange, GroupPlace
from exchanges.posts.policies import seen_by
from exchanges.posts.tables import Post
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import Reported


def reported_groups(session: Session, actor: Actor, group_ids: Collection[int]) -> dict[int, Reported]:
    """Groups that the actor may see, as `view_of` says: what each is, and who hosts it."""
    if not group_ids:
        return {}
    for_makers = exists().where(col(GroupPlace.group_id) == col(GroupExchange.id), to_look_at(actor))
    on_a_post = exists().where(col(Post.id) == col(GroupExchange.post_id), seen_by(actor))
    statement = (
        select(GroupExchange, col(Party.zone_id))
        .join(Party, col(Party.id) == col(GroupExchange.host_id))
        .where(
            col(GroupExchange.id).in_(group_ids),
            col(GroupExchange.community_id) == actor.community_id,
            or_(mine(actor), for_makers, and_(col(GroupExchange.state) == "planned", on_a_post)),
        )
    )
    return {
        group.id or 0: Reported(group.title, zone_id, group.host_id) for group, zone_id in session.execute(statement)
    }


def thread_owners(session: Session, thread_ids: Collection[int]) -> dict[int, InTalk]:
    """The groups whose threads these are, by thread."""
    groups = list(session.scalars(select(GroupExchange).where(col(GroupExchange.thread_id).in_(thread_ids))))
    if not groups:
        return {}
    places: dict[int, list[GroupPlace]] = defaultdict(list)
    of_groups = select(GroupPlace).where(col(GroupPlace.group_id).in_([group.id for group in groups]))
    for place in session.scalars(of_groups.order_by(col(GroupPlace.id))):
        places[place.group_id].append(place)
    return {group.thread_id: _in_talk(group, places[group.id or 0]) for group in groups}


def _in_talk(group: GroupExchange, places: list[GroupPlace]) -> InTalk:
    inside = [one.party_id for one in places if takes_part(one.state, group.state)]
    return InTalk(
        id=group.id,
        community_id=group.community_id,
        post_id=group.post_id,
        category_id=group.category_id,
        title=group.title,
        version=group.version,
        giver_id=group.host_id,
        receiver_id=group.host_id,
        sides=(group.host_id, *inside),
    )
