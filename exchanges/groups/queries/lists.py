"""Several groups: those of a post, mine, those that wait for somebody's word."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, and_, exists, func, or_, union_all
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from community.conversations.rules import Talk
from community.mandates.queries import is_kept_by
from community.moderation.policies import own_ids
from community.parties.policies import not_blocked
from community.parties.tables import Party
from community.pocket.rules import Meeting, Pocket
from exchanges.agreements.policies import RESOLVE
from exchanges.agreements.queries import STATUS, reachable
from exchanges.groups.rules import HOLDING, OPEN
from exchanges.groups.tables import GroupExchange, GroupPlace
from exchanges.posts.policies import kept_from, open_to_recorder
from exchanges.posts.tables import Post
from foundation import clock
from foundation.access import Actor
from foundation.crypto.sealed import Confidential
from foundation.database import Session, number_of, one_if_any

MOST = 50


def filled() -> ColumnElement[bool]:
    """The condition that a place is filled, as rules.is_held says."""
    again = and_(col(GroupPlace.state) == "asked", col(GroupPlace.accepted_at).is_not(None))
    return or_(col(GroupPlace.state).in_(HOLDING), again)


def places_taken(post_id: int) -> ColumnElement[int]:
    """How many places of a post groups have filled since it was last put on the board, as an expression."""
    statement = (
        select(func.count(col(GroupPlace.id)))
        .join(GroupExchange, col(GroupExchange.id) == col(GroupPlace.group_id))
        .join(Post, col(Post.id) == col(GroupExchange.post_id))
        .where(
            col(GroupExchange.post_id) == post_id,
            col(GroupExchange.state).in_((*OPEN, "settled")),
            filled(),
            col(GroupExchange.created_at) >= col(Post.published_at),
        )
    )
    return statement.scalar_subquery()


def groups_of_post(session: Session, actor: Actor, post: Post) -> list[GroupExchange]:
    """The groups of a post that are still planned, and those in which the actor takes part; soonest first."""
    statement = (
        select(GroupExchange)
        .where(
            col(GroupExchange.post_id) == post.id,
            or_(col(GroupExchange.state) == "planned", mine(actor)),
            not_blocked(actor, col(GroupExchange.host_id)),
        )
        .order_by(col(GroupExchange.starts_at).desc())
        .limit(MOST)
    )
    return list(session.scalars(statement))


def mine(actor: Actor) -> ColumnElement[bool]:
    """The condition that the actor hosts a group, or has or had a place in it."""
    inside = select(col(GroupPlace.group_id)).where(col(GroupPlace.party_id).in_(sorted(own_ids(actor))))
    return _hosted_or(actor, inside)


def read_by(actor: Actor) -> ColumnElement[bool]:
    """The condition that the actor reads a group's conversation: rules.takes_part, asked of the database."""
    group = aliased(GroupExchange)
    met = col(group.state).in_(("held", "settled", "void"))
    inside = (
        select(col(GroupPlace.group_id))
        .join(group, col(group.id) == col(GroupPlace.group_id))
        .where(
            col(GroupPlace.party_id).in_(sorted(own_ids(actor))),
            col(GroupPlace.state) != "left",
            or_(col(GroupPlace.state) != "off", ~met),
        )
    )
    return _hosted_or(actor, inside)


def _hosted_or(actor: Actor, inside: SelectOfScalar[int]) -> ColumnElement[bool]:
    """The condition that the actor hosts a group, or that it is among the others: each read off an index of its own."""
    group = aliased(GroupExchange)
    hosted = select(col(group.id)).where(col(group.host_id).in_(sorted(own_ids(actor))))
    ids: CompoundSelect[Any] = union_all(hosted, inside.correlate(None))
    here = (col(GroupExchange.community_id) == actor.community_id) & open_to_recorder(actor, col(GroupExchange.post_id))
    return here & col(GroupExchange.id).in_(ids)


def my_threads(actor: Actor) -> SelectOfScalar[int]:
    """The ids of the threads of the actor's groups, to be used in another question."""
    return select(col(GroupExchange.thread_id)).where(read_by(actor))


def coming_up(session: Session, _actor: Actor, party_ids: Collection[int]) -> list[tuple[int, datetime, str, str]]:
    """The groups of these parties that are still to come: party, when, what, with whom (a host has several)."""
    if not party_ids:
        return []
    soon = (col(GroupExchange.state) == "planned", col(GroupExchange.starts_at) > clock.now())
    coming = (
        select(col(GroupPlace.party_id), col(GroupExchange.starts_at), col(GroupExchange.title), col(Party.name))
        .join(GroupExchange, col(GroupExchange.id) == col(GroupPlace.group_id))
        .join(Party, col(Party.id) == col(GroupExchange.host_id))
        .where(col(GroupPlace.party_id).in_(party_ids), col(GroupPlace.state) == "coming", *soon)
    )
    hosted = (
        select(col(GroupExchange.host_id), col(GroupExchange.starts_at), col(GroupExchange.title), col(Party.name))
        .join(Party, col(Party.id) == col(GroupExchange.host_id))
        .where(col(GroupExchange.host_id).in_(party_ids), *soon)
    )
    return [(row[0], row[1], row[2], row[3]) for asked in (coming, hosted) for row in session.execute(asked)]


def pocket(session: Session, actor: Actor) -> Pocket:
    """The groups still to come, for the agenda that the phone takes along; nothing that answers a confidential need."""
    found = coming_up(session, actor, sorted(own_ids(actor)))
    meetings = [Meeting(at, title, who) for _party, at, title, who in found if not isinstance(title, Confidential)]
    return Pocket(meetings=tuple(meetings))


def waiting_as_host(session: Session, actor: Actor) -> list[GroupExchange]:
    """The groups of the actor that have begun, and of which nobody has written down how they went."""
    statement = select(GroupExchange).where(_to_be_told(actor)).order_by(col(GroupExchange.starts_at))
    return list(session.scalars(statement.limit(MOST)))


def waiting_for_me(session: Session, actor: Actor) -> list[tuple[GroupExchange, GroupPlace, Party]]:
    """The places of the actor that wait for a word, each with its group and host: invitations and confirmations."""
    statement = (
        select(GroupExchange, GroupPlace, Party)
        .join(GroupPlace, _of_own_place())
        .join(Party, col(Party.id) == col(GroupExchange.host_id))
        .where(_awaited(actor))
        .order_by(col(GroupExchange.id))
        .limit(MOST)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(statement)]


def number_waiting(actor: Actor) -> ColumnElement[int]:
    """How many of these, and of one's groups to be told of, there are, as an expression."""
    places = select(col(GroupPlace.id)).join(GroupExchange, _of_own_place())
    hosted = select(col(GroupExchange.id)).where(_to_be_told(actor))
    return number_of(places.where(_awaited(actor)).limit(MOST)) + number_of(hosted.limit(MOST))


def _of_own_place() -> ColumnElement[bool]:
    """How a place leads to its group, and not the other way round: a sum is not looked for in the index of places.

    SQLite would go through all groups to look for the few places of somebody.
    """
    return col(GroupExchange.id) == col(GroupPlace.group_id) + 0


def _to_be_told(actor: Actor) -> ColumnElement[bool]:
    return and_(
        col(GroupExchange.host_id).in_(sorted(own_ids(actor))),
        col(GroupExchange.state) == "planned",
        col(GroupExchange.starts_at) <= clock.now(),
        open_to_recorder(actor, col(GroupExchange.post_id)),
    )


def _awaited(actor: Actor) -> ColumnElement[bool]:
    """The condition that a place of the actor waits for a word: an invitation, or a confirmation."""
    return and_(
        col(GroupPlace.party_id).in_(sorted(own_ids(actor))),
        or_(
            and_(col(GroupPlace.state) == "asked", col(GroupExchange.starts_at) > clock.now()),
            col(GroupPlace.state) == "told",
        ),
        not_blocked(actor, col(GroupExchange.host_id)) | (col(GroupPlace.state) == "told"),
        open_to_recorder(actor, col(GroupExchange.post_id)),
    )


def waiting_for_makers(session: Session, actor: Actor) -> list[tuple[GroupExchange, GroupPlace, Party]]:
    """The places a maker has to look at: those that disagree, and those of people without e-mail; oldest first."""
    statement = (
        select(GroupExchange, GroupPlace, Party)
        .join(GroupPlace, col(GroupPlace.group_id) == col(GroupExchange.id))
        .join(Party, col(Party.id) == col(GroupPlace.party_id))
        .where(_to_look_at(actor))
        .order_by(col(GroupPlace.said_at), col(GroupPlace.id))
        .limit(100)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(statement)]


def line_for_makers(actor: Actor) -> ColumnElement[int] | None:
    """1 where there are any of these, as an expression."""
    places = select(col(GroupPlace.id)).join(GroupExchange, col(GroupPlace.group_id) == col(GroupExchange.id))
    return one_if_any(places.where(_to_look_at(actor))) if actor.may(RESOLVE) else None


def _to_look_at(actor: Actor) -> ColumnElement[bool]:
    place = col(GroupPlace.party_id)
    unreachable = and_(col(GroupPlace.state) == "told", ~reachable(place), is_kept_by(actor, place))
    condition = and_(
        col(GroupExchange.community_id) == actor.community_id,
        col(GroupExchange.state) == "held",
        or_(col(GroupPlace.state) == "disputed", unreachable),
        ~mine(actor),
        ~kept_from(actor, col(GroupExchange.post_id)),
    )
    zones = actor.zones_for(RESOLVE)
    if zones is None:
        return condition
    there = select(col(Party.id)).where(col(Party.community_id) == actor.community_id, col(Party.zone_id).in_(zones))
    beside = aliased(GroupPlace)
    one_of_them = exists().where(col(beside.group_id) == col(GroupExchange.id), col(beside.party_id).in_(there))
    return condition & or_(col(GroupExchange.host_id).in_(there), one_of_them)


def talks_of(session: Session, actor: Actor, threads: Sequence[int]) -> dict[int, Talk]:
    """What the conversations of groups are about, by their thread."""
    awaited = exists().where(col(GroupPlace.group_id) == col(GroupExchange.id), _awaited(actor))
    statement = (
        select(GroupExchange, Party, or_(_to_be_told(actor), awaited))
        .join(Party, col(Party.id) == col(GroupExchange.host_id))
        .where(col(GroupExchange.thread_id).in_(threads), read_by(actor))
    )
    return {
        group.thread_id: Talk(
            title=group.title,
            state=group.state,
            endpoint="groups.show",
            values={"group_id": group.id},
            other=host,
            my_turn=my_turn,
            status=STATUS[group.state],
        )
        for group, host, my_turn in session.execute(statement)
    }


def thread_kept_from(actor: Actor, thread_id: Any) -> ColumnElement[bool]:
    """The condition that what the group of a thread, by its id in a column, is about is kept from this maker."""
    return exists().where(col(GroupExchange.thread_id) == thread_id, kept_from(actor, col(GroupExchange.post_id)))
