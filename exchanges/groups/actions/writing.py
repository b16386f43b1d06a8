"""Writing to each other in a group: one thread for all of it."""

from dataclasses import replace

from community.communities.queries import today_of
from community.moderation.policies import are_apart, own_ids
from community.threads.actions import mark_read, write
from exchanges.agreements.actions.telling import name_of, tell_party
from exchanges.agreements.notices import NEW_WORDS
from exchanges.agreements.policies import is_kept_from_recorder
from exchanges.agreements.rules import may_write
from exchanges.groups.queries.single import own_place, places_of
from exchanges.groups.rules import takes_part
from exchanges.groups.tables import GroupExchange
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Missing, Refused


def write_words(session: Session, actor: Actor, group_id: int, words: str) -> int:
    """Write to all who take part and give the message's id. Each adult hears of it once a day by e-mail.

    Raises Missing for a stranger, Refused once the conversation is over, Invalid for no words or too many.
    """
    group, mine = _inside(session, actor, group_id)
    places = places_of(session, group_id)
    if not may_write(group.state, group.ended_at, clock.now()) or are_apart(session, actor, group.host_id):
        raise Refused(
            N_("This conversation is over: nothing more can be written here."),
            advice=N_("If something is wrong, a maker of your zone listens to you."),
        )
    message_id = write(session, replace(actor, party_id=mine), group.thread_id, words)
    key = f"words-{today_of(session, group.community_id)}"
    inside = {one.party_id for one in places if takes_part(one.state, group.state)}
    others = {group.host_id, *inside} - {mine}
    for party_id in sorted(others):
        tell_party(session, group, party_id, NEW_WORDS, who=name_of(session, actor), key=key, quietly=True)
    return message_id


def mark_group_read(session: Session, actor: Actor, group_id: int, upto: int) -> None:
    """Note that the actor has read up to the message `upto`. Raises Missing for a stranger."""
    group, _ = _inside(session, actor, group_id)
    mark_read(session, actor, group.thread_id, upto)


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
