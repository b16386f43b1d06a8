"""What silence does at each place after the meeting: a reminder first, then it counts (domain, Exchanges)."""

from sqlmodel import col, select

from community.communities.queries import community_of, rules_in_force
from exchanges.agreements.actions.telling import name_of
from exchanges.agreements.notices import PLEASE_ANSWER, PLEASE_CONFIRM, STILL_TO_CONFIRM
from exchanges.agreements.policies.care import looks_after
from exchanges.agreements.queries import is_reachable
from exchanges.agreements.rules.silence import (
    Silence,
    reminder_due_at,
    silence_does,
    silence_ends,
    silence_is_over,
)
from exchanges.groups.actions.settling import answer_with, settle_if_answered
from exchanges.groups.actions.steps import Held, hold
from exchanges.groups.actions.telling import name_of_person, tell_place
from exchanges.groups.notices import SILENT
from exchanges.groups.queries.single import is_dearer
from exchanges.groups.rules import Side
from exchanges.groups.tables import GroupExchange, GroupPlace
from foundation import clock
from foundation.database import Session


def await_answer(held: Held, place: GroupPlace) -> None:
    """Ask who was there to confirm, and set the day on which silence does it for them, where it may."""
    session, group = held.session, held.group
    session.flush()
    place.settles_at = place.reminded_at = None
    zone = community_of(session, group.community_id).time_zone
    if what_silence_does(session, group, place) is Silence.SETTLES:
        days = rules_in_force(session, group.community_id).auto_confirm_days
        place.settles_at = silence_ends(clock.now(), days, zone)
    who = name_of(session, held.actor)
    if place.settles_at is None:
        tell_place(held, place, PLEASE_ANSWER, who=who)
    else:
        tell_place(held, place, PLEASE_CONFIRM, who=who, until_on=clock.last_day(place.settles_at, zone))


def what_silence_does(session: Session, group: GroupExchange, place: GroupPlace) -> Silence:
    """What silence would do to a place as it stands."""
    said_at = group.happened_at or clock.now()
    # Recorded by the host nothing was set aside, and a gift that nobody had agreed to needs a yes as well.
    unasked = group.way == "recorded" or place.accepted_at is None
    return silence_does(
        disputed=place.state == "disputed",
        care=looks_after(session, group),
        more_than_agreed=unasked or (place.said_minutes or 0) > place.reserved or is_dearer(session, group),
        early=group.starts_at is not None and said_at < group.starts_at,
        reachable=is_reachable(session, place.party_id),
    )


def remind(session: Session, place_id: int) -> bool:
    """Remind who has not answered, once; whether it was due. Doing it again changes nothing."""
    found = _told(session, place_id)
    if found is None:
        return False
    held, place = found
    if place.settles_at is None or place.said_at is None or place.reminded_at is not None:
        return False
    if clock.now() < reminder_due_at(place.said_at, place.settles_at):
        return False
    if not is_reachable(session, place.party_id):
        # The address went away meanwhile: the maker calls, and silence settles nothing.
        place.settles_at = None
        return False
    place.reminded_at = clock.now()
    zone = community_of(session, held.group.community_id).time_zone
    tell_place(held, place, STILL_TO_CONFIRM, until_on=clock.last_day(place.settles_at, zone))
    return True


def settle_by_silence(session: Session, place_id: int) -> bool:
    """Confirm what nobody spoke against; whether it was time. Doing it again changes nothing."""
    found = _told(session, place_id)
    if found is None:
        return False
    held, place = found
    if not silence_is_over(place.settles_at, place.reminded_at, clock.now()):
        return False
    if what_silence_does(session, held.group, place) is not Silence.SETTLES:
        place.settles_at = None
        return False
    answer_with(held, place, place.said_minutes or 0)
    name = name_of_person(session, place.person_id)
    held.move_place(place, "settle", Side.CLOCK, SILENT, {"name": name}, minutes=place.said_minutes or 0)
    settle_if_answered(held)
    return True


def _told(session: Session, place_id: int) -> tuple[Held, GroupPlace] | None:
    group_id = session.scalar(select(col(GroupPlace.group_id)).where(col(GroupPlace.id) == place_id))
    held = hold(session, group_id) if group_id is not None else None
    if held is None:
        return None
    place = held.place(place_id)
    return (held, place) if place.state == "told" and held.group.state == "held" else None
