"""How a group ends before its hours move: called off, missed, taken back, forgotten, or two who part."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from exchanges.agreements.actions.places import give_place_back
from exchanges.agreements.actions.telling import name_of
from exchanges.agreements.notices import (
    CALLED_OFF,
    DID_NOT_HAPPEN,
    ENDED_BY_ITSELF,
    MAKER_FIRST,
    PARTED_WAYS,
    THEY_CANNOT_COME,
    TOOK_BACK,
)
from exchanges.agreements.policies.care import Second, can_come, looks_after
from exchanges.agreements.rules import check_missed, check_reason, not_now
from exchanges.agreements.rules.events import CANCELLED, CANNOT_COME, MISSED, NEVER_TOLD, PARTED, TAKEN_BACK
from exchanges.agreements.rules.silence import WITHOUT_A_WORD
from exchanges.groups.actions.joining import give_up
from exchanges.groups.actions.steps import Held, as_host, hold
from exchanges.groups.actions.telling import tell_host, tell_place
from exchanges.groups.queries.ending import led_by, open_between, open_of
from exchanges.groups.rules import LEAVING, PLACE, Side, is_held, may
from exchanges.groups.tables import GroupPlace
from exchanges.posts.tables import Post
from foundation import clock
from foundation.access import Actor
from foundation.database import Session


def cancel(session: Session, actor: Actor, group_id: int, version: int | None, reason: str) -> None:
    """Call the meeting off, with a reason that all read: what was set aside and the places of the post come back.

    Raises Missing for anybody but the host, NotNow, Invalid without a reason.
    """
    held = as_host(session, actor, group_id, version, "cancel")
    held.group.reason = check_reason(reason)
    held.move("cancel", Side.HOST, CANCELLED)
    for place in end_places(held):
        tell_place(held, place, CALLED_OFF, who=name_of(session, actor))


def miss(session: Session, actor: Actor, group_id: int, version: int | None, reason: str) -> None:
    """Say that it did not take place at all. Raises Missing, NotNow, Refused before the meeting, Invalid."""
    held = as_host(session, actor, group_id, version, "miss")
    check_missed(held.group.starts_at, clock.now())
    held.group.reason = check_reason(reason)
    held.move("miss", Side.HOST, MISSED)
    for place in end_places(held):
        tell_place(held, place, DID_NOT_HAPPEN, who=name_of(session, actor))


def withdraw(session: Session, actor: Actor, group_id: int, version: int | None) -> None:
    """Take back what was recorded, as long as its hours have not moved. Raises Missing, NotNow."""
    held = as_host(session, actor, group_id, version, "withdraw")
    if held.group.way != "recorded":
        raise not_now()
    held.move("withdraw", Side.HOST, TAKEN_BACK)
    for place in end_places(held):
        tell_place(held, place, TOOK_BACK, who=name_of(session, actor))


def lapse(session: Session, group_id: int) -> bool:
    """End a group of which nobody told the end for sixty days; whether it was time. Again it changes nothing."""
    held = hold(session, group_id)
    if held is None or held.group.state != "planned" or held.group.starts_at is None:
        return False
    if clock.now() < held.group.starts_at + WITHOUT_A_WORD:
        return False
    held.move("lapse", Side.CLOCK, NEVER_TOLD)
    for place in end_places(held):
        tell_place(held, place, ENDED_BY_ITSELF)
    tell_host(held, ENDED_BY_ITSELF, "lapsed")
    return True


def end_without_adult(session: Session, group_id: int) -> bool:
    """End a group that has not begun and whose adult may not come, or who is there besides; whether it was so.

    All are told, nobody why. Doing it again changes nothing.
    """
    held = hold(session, group_id)
    if held is None or held.group.state != "planned":
        return False
    group, now = held.group, clock.now()
    if group.starts_at is not None and group.starts_at <= now:
        return False
    there = tuple(one.party_id for one in held.places if is_held(one.state, one.accepted_at))
    here, second, at = group.community_id, Second(group.second_id, there), group.starts_at or now
    if can_come(session, here, group.host_id, group.adult_id, second=second, about=group, at=at):
        return False
    held.move("lapse", Side.CLOCK, CANNOT_COME)
    for place in end_places(held):
        tell_place(held, place, THEY_CANNOT_COME)
    tell_host(held, MAKER_FIRST, f"maker-first-{group.version}")
    return True


def part(session: Session, actor: Actor, other_id: int, _answers: Mapping[str, str]) -> int:
    """End the places between the actor's party and one that it has blocked, and say how many.

    What was written down already waits for its yes or for a maker. The other side hears that it goes no further.
    """
    own_id, ended = actor.must_be_party(), 0
    for group_id in open_between(session, own_id, other_id):
        held = hold(session, group_id)
        if held is None or held.group.state != "planned":
            continue
        for place in held.places:
            if place.state in LEAVING and place.party_id in (own_id, other_id):
                give_up(held, place, "part", Side.CLOCK)
                held.note("part", PARTED, place=place)
                if place.party_id == other_id:
                    tell_place(held, place, PARTED_WAYS, quietly=True)
                else:
                    tell_host(held, PARTED_WAYS, f"parted-{place.id}-{place.version}", quietly=True)
                ended += 1
    return ended


def end_for_stopped(session: Session, _actor: Actor, person_id: int, party_ids: Collection[int]) -> None:
    """End the groups that somebody paused or excluded hosts alone or comes to, and the places their party has.

    Everybody hears that it goes no further, nobody why.
    """
    for group_id in open_of(session, party_ids):
        held = hold(session, group_id)
        if held is None or held.group.state != "planned":
            continue
        if held.group.host_id in party_ids:
            _call_off(held)
            continue
        for place in held.places:
            if place.party_id in party_ids and place.state in LEAVING:
                give_up(held, place, "part", Side.CLOCK)
                tell_host(held, PARTED_WAYS, f"parted-{place.id}-{place.version}", quietly=True)
    end_where_comes(session, _actor, person_id)


def end_where_comes(session: Session, actor: Actor, person_id: int, *, care_only: bool = False) -> None:
    """End the planned groups to which somebody was to come for the host, and may not."""
    for group_id in led_by(session, actor.community_id, person_id):
        held = hold(session, group_id)
        if held is not None and held.group.state == "planned" and (not care_only or looks_after(session, held.group)):
            _call_off(held)
            tell_host(held, PARTED_WAYS, f"stopped-{group_id}")


def end_care_where_comes(session: Session, actor: Actor, person_id: int) -> None:
    """The same, of those alone in which somebody is looked after."""
    end_where_comes(session, actor, person_id, care_only=True)


def _call_off(held: Held) -> None:
    held.by_itself().move("lapse", Side.CLOCK, PARTED)
    for place in end_places(held):
        tell_place(held, place, PARTED_WAYS)


def end_places(held: Held) -> list[GroupPlace]:
    """Empty every place at once, and offer those of the post again; the places whose people are to be told."""
    ended = []
    nobody = replace(held, actor=Actor.visitor(held.group.community_id))
    for place in sorted(held.places, key=lambda one: one.party_id):
        if may(PLACE, place.state, "end", Side.CLOCK):
            nobody.set_aside(place, 0)
            nobody.move_place(place, "end", Side.CLOCK)
            ended.append(place)
    held.session.flush()
    post_id = held.group.post_id
    give_place_back(held.session, held.actor, held.session.get(Post, post_id) if post_id is not None else None)
    return ended
