"""The actor's groups for the calendar they subscribe to."""

from datetime import datetime

from sqlalchemy import exists, or_
from sqlmodel import col, select

from community.members.tables import Person
from community.moderation.policies import own_ids
from community.parties.tables import Party
from exchanges.groups.queries.lists import mine
from exchanges.groups.tables import GroupExchange, GroupPlace
from exchanges.posts.tables import Post
from foundation.access import Actor
from foundation.crypto.sealed import Confidential
from foundation.database import Session

MOST = 200


def for_feed(session: Session, actor: Actor, since: datetime) -> list[tuple[GroupExchange, GroupPlace | None, str]]:
    """Those from a moment on that one leads or has or had a place in, with the host's name; nothing confidential.

    What somebody else of the home leads, or goes to, is left out.
    """
    confidential = exists().where(col(Post.id) == col(GroupExchange.post_id), col(Post.visibility) == "confidential")
    ids = sorted(own_ids(actor))
    place = (col(GroupPlace.group_id) == col(GroupExchange.id)) & col(GroupPlace.party_id).in_(ids)
    leads, goes = col(GroupExchange.adult_id), col(GroupPlace.person_id)
    whose = or_(
        col(GroupExchange.host_id).in_(ids) & or_(leads.is_(None), leads == actor.person_id),
        col(GroupPlace.id).is_not(None) & or_(goes.is_(None), goes == actor.person_id),
    )
    statement = (
        select(GroupExchange, GroupPlace, Party.name, Person.given_name)
        .join(Party, col(Party.id) == col(GroupExchange.host_id))
        .outerjoin(Person, (col(Person.id) == col(GroupExchange.adult_id)) & (col(Party.kind) == "household"))
        .outerjoin(GroupPlace, place)
        .where(mine(actor), whose, col(GroupExchange.starts_at) >= since, ~confidential)
        .order_by(col(GroupExchange.starts_at), col(GroupExchange.id))
        .limit(MOST)
    )
    found: dict[int, tuple[GroupExchange, GroupPlace | None, str]] = {}
    for group, own, name, given in session.execute(statement):
        if not isinstance(group.title, Confidential):
            found.setdefault(group.id, (group, own, given or name))
    return list(found.values())
