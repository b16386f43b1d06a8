"""Taking a place in a group, with one's own share set aside; and giving it back."""

from dataclasses import replace

from sqlmodel import col, select

from community.moderation.policies import are_apart, must_be_free, own_ids
from community.parties.queries import acts_for, hold_parties
from exchanges.agreements.actions.places import give_place_back, take_place
from exchanges.agreements.actions.steps import moved as agreement_moved
from exchanges.agreements.actions.telling import name_of
from exchanges.agreements.notices import NOT_FOR_NOW
from exchanges.agreements.policies.care import Second, check_adult, check_first_place, demanded, looks_after
from exchanges.agreements.queries import places_taken
from exchanges.agreements.rules import Side as AgreementSide
from exchanges.agreements.rules import not_now
from exchanges.agreements.tables import Agreement
from exchanges.entrusting.policies import is_entrusted, must_be_entrusted_by
from exchanges.groups.actions.steps import Held, as_attendee, hold, hold_for
from exchanges.groups.actions.telling import tell_host, tell_place
from exchanges.groups.notices import JOINED, LEFT, SOMEBODY_COMES, SOMEBODY_LEAVES, WENT_WITH_THE_GROUP
from exchanges.groups.queries.single import own_place
from exchanges.groups.rules import LEAVING, Side, check_own_minutes, is_held, next_place, promised
from exchanges.groups.tables import GroupExchange, GroupPlace
from exchanges.posts.queries import post_visible_to
from exchanges.posts.tables import Post
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Refused


def join(
    session: Session,
    actor: Actor,
    group_id: int,
    version: int | None,
    *,
    person_id: int | None = None,
    minutes: int | None = None,
) -> None:
    """Say "I come too": the own share is set aside, and a place is taken. `version` is the group's.

    `person_id` is who comes, else who says so; `minutes` what one gives where each agrees for themselves. Raises
    Missing where the post may not be seen, Refused for the host, a full group, or one that has begun; NotNow when the
    terms have changed, BelowFloor, Invalid, NotVerified where the host's adult may not look after anybody (any more).
    """
    seen = session.get(GroupExchange, group_id)
    if seen is None or seen.community_id != actor.community_id:
        raise Missing()
    must_be_free(session, actor, "proposing")
    hold_parties(session, {actor.must_be_party(), seen.host_id}, alone=False)
    held = hold_for(session, actor, group_id)
    group = held.group
    place = _place_for(held)
    held = replace(held, actor=replace(actor, party_id=place.party_id))
    if version is not None and version != group.version:
        raise not_now()
    if group.state != "planned":
        raise not_now()
    next_place(place.state, "join", Side.ATTENDEE)
    post = session.get(Post, group.post_id) if group.post_id is not None else None
    _check_still_possible(held, place, post)
    _check_people(held, place, person_id)
    must_be_entrusted_by(session, actor, group.thread_id, place.party_id, care=looks_after(session, group))
    place.minutes = promised(group.rule, group.minutes, group.places)
    if group.rule == "weighted":
        place.minutes = check_own_minutes(group.minutes if minutes is None else minutes)
    place.accepted_at = clock.now()
    session.add(place)
    held.move_place(place, "join", Side.ATTENDEE, JOINED, minutes=place.minutes)
    held.set_aside(place, place.minutes)
    tell_host(held, SOMEBODY_COMES, f"joined-{place.id}-{place.version}", who=name_of(session, actor), quietly=True)
    if post is not None:
        _close_own_proposals(held, post)
        take_place(session, held.actor, post)


def leave(session: Session, actor: Actor, group_id: int, version: int | None) -> None:
    """Say no to an invitation, or "I cannot come": what was set aside is free again, and the place is offered again.

    `version` is the place's. Raises Missing for who has none, NotNow.
    """
    held, place = as_attendee(session, actor, group_id, version, "leave")
    if held.group.state != "planned":
        raise not_now()
    was_held = is_held(place.state, place.accepted_at)
    give_up(held, place, "leave", Side.ATTENDEE)
    if was_held:
        key = f"left-{place.id}-{place.version}"
        tell_host(held, SOMEBODY_LEAVES, key, who=name_of(session, actor), quietly=True)


def leave_without_consent(session: Session, group_id: int, party_id: int) -> bool:
    """Empty the place of a household for whose people a yes is absent, before the group meets; whether it was so."""
    held = hold(session, group_id)
    if held is None or held.group.state != "planned":
        return False
    if held.group.starts_at is not None and held.group.starts_at <= clock.now():
        return False
    place = next((one for one in held.places if one.party_id == party_id and one.state in LEAVING), None)
    if place is None or is_entrusted(session, held.group.thread_id, party_id, care=False):
        return False
    give_up(held, place, "part", Side.CLOCK)
    tell_place(held, place, NOT_FOR_NOW)
    tell_host(held, NOT_FOR_NOW, f"not-for-now-{place.id}-{place.version}", quietly=True)
    return True


def give_up(held: Held, place: GroupPlace, verb: str, side: Side) -> None:
    """Empty a place: its hours come back, and the post, if it was full, is on the board again."""
    was_held = is_held(place.state, place.accepted_at)
    held.set_aside(place, 0)
    place.accepted_at = None
    held.move_place(place, verb, side, LEFT if was_held and side is Side.ATTENDEE else "")
    held.session.flush()
    if was_held and held.group.post_id is not None:
        give_place_back(held.session, held.actor, held.session.get(Post, held.group.post_id))


def _place_for(held: Held) -> GroupPlace:
    """The actor's place, or a new one. Who hosts takes none."""
    actor, group = held.actor, held.group
    if group.host_id in own_ids(actor):
        raise Refused(N_("You host it: you are there anyway."))
    found = own_place(actor, held.places)
    if found is None:
        if group.post_id is None:
            raise Missing()
        post_visible_to(held.session, actor, group.post_id)
        found = GroupPlace(group_id=held.id, party_id=actor.must_be_party(), state="")
        held.places.append(found)
    return found


def _check_still_possible(held: Held, place: GroupPlace, post: Post | None) -> None:
    session, group = held.session, held.group
    if are_apart(session, held.actor, group.host_id):
        raise Missing()
    if group.starts_at is not None and group.starts_at <= clock.now():
        raise Refused(N_("It has already begun."), advice=N_("If you were there, tell who hosts it."))
    if is_held(place.state, place.accepted_at):
        return
    others = sum(is_held(one.state, one.accepted_at) for one in held.places)
    full = post is not None and not post.always and places_taken(session, post.id or 0) >= post.places
    if others >= group.places or full:
        raise Refused(
            N_("All the places are taken."),
            advice=N_("If somebody cannot come, one is free again: look once more."),
        )
    if post is not None and post.state == "closed" and post.closing != "full":
        raise Refused(N_("This post is no longer open."), advice=N_("Look at the board: there may be others like it."))


def _check_people(held: Held, place: GroupPlace, person_id: int | None) -> None:
    """Who comes belongs to the party; who gives may look after somebody, where it comes to that, on that day too."""
    session, group = held.session, held.group
    wanted = person_id or place.person_id or held.actor.person_id
    if wanted is None or not acts_for(session, wanted, place.party_id):
        raise Invalid(N_("Choose who comes among the adults of the household."), field="person")
    place.person_id = wanted
    demands = demanded(session, group)
    check_first_place(session, demands, group.host_id, place.party_id, group.place)
    at = group.starts_at or clock.now()
    there = tuple(one.party_id for one in held.places if is_held(one.state, one.accepted_at))
    second = Second(group.second_id, there)
    check_adult(session, group.community_id, group.host_id, group.adult_id, second=second, demands=demands, at=at)


def _close_own_proposals(held: Held, post: Post) -> None:
    """Who comes with the group no longer waits for an answer of their own."""
    statement = select(Agreement).where(
        col(Agreement.post_id) == post.id,
        col(Agreement.proposer_id) == held.actor.party_id,
        col(Agreement.state) == "proposed",
        col(Agreement.series_id).is_(None),
    )
    locking = statement.with_for_update().execution_options(populate_existing=True)
    for agreement in held.session.scalars(locking):
        if agreement.state == "proposed":
            agreement_moved(held.session, held.actor, agreement, "close", AgreementSide.CLOCK, WENT_WITH_THE_GROUP)
