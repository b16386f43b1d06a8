"""Writing to each other in a group: one thread for all of it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from sqlmodel import col, select

from community.conversations.rules import Standing
from community.moderation.policies import are_apart, own_ids
from community.threads.actions import write
from exchanges.agreements.actions.telling import name_of, tell_of_words
from exchanges.agreements.actions.writing import last_day_of_words
from exchanges.agreements.policies import is_kept_from_recorder
from exchanges.agreements.rules import may_write
from exchanges.groups.queries.single import own_place, places_of
from exchanges.groups.rules import takes_part
from exchanges.groups.tables import GroupExchange
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Missing, Refused
from foundation.files import StoredImage


def write_words(
    session: Session, actor: Actor, group_id: int, words: str, photos: Sequence[StoredImage | int] = (), seen: str = ""
) -> int:
    """Write to all who take part and give the message's id. Each adult hears of it once, until they have read it.

    Raises Missing for a stranger, Refused once the conversation is over, Invalid for no words or too many.
    """
    group, mine = _inside(session, actor, group_id)
    places = places_of(session, group_id)
    if not may_write(group.state, group.ended_at, clock.now()) or are_apart(session, actor, group.host_id):
        raise Refused(
            N_("This conversation is over: nothing more can be written here."),
            advice=N_("If something is wrong, a maker of your zone listens to you."),
        )
    message_id = write(session, replace(actor, party_id=mine), group.thread_id, words, photos, seen)
    inside = {one.party_id for one in places if takes_part(one.state, group.state)}
    others = {group.host_id, *inside} - {mine}
    tell_of_words(session, group, group.thread_id, others, who=name_of(session, actor))
    return message_id


def standing(session: Session, actor: Actor, thread_id: int) -> Standing | None:
    """How the actor stands to the conversation of a group: the hook `thread_standing`."""
    of_thread = select(col(GroupExchange.id)).where(col(GroupExchange.thread_id) == thread_id)
    group_id = session.scalars(of_thread).one_or_none()
    if group_id is None:
        return None
    try:
        group, mine = _inside(session, actor, group_id)
    except Missing:
        return None
    apart = are_apart(session, actor, group.host_id)
    places = places_of(session, group_id)
    inside = [one.party_id for one in places if takes_part(one.state, group.state)]
    return Standing(
        thread_id=thread_id,
        title=group.title,
        endpoint="groups.show",
        values={"group_id": group_id},
        kind="group_exchange",
        object_id=group_id,
        write=partial(_write, group_id),
        may_write=not apart and may_write(group.state, group.ended_at, clock.now()),
        apart=apart,
        sides=tuple(dict.fromkeys((group.host_id, *inside))),
        mine=mine,
        until=last_day_of_words(session, group),
    )


def _write(group_id: int, session: Session, actor: Actor, *said: Any) -> int:
    return write_words(session, actor, group_id, *said)


def _inside(session: Session, actor: Actor, group_id: int) -> tuple[GroupExchange, int]:
    """A group and the actor's party in it. Raises Missing for a stranger, and for who has left."""
    group = session.get(GroupExchange, group_id)
    if group is None or group.community_id != actor.community_id or is_kept_from_recorder(session, actor, group):
        raise Missing()
    if group.host_id in own_ids(actor):
        return group, group.host_id
    place = own_place(actor, places_of(session, group_id))
    if place is None or not takes_part(place.state, group.state):
        raise Missing()
    return group, place.party_id
