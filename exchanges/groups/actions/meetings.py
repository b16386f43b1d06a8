"""A word the day before a group meets, and a question to its host after it."""

from datetime import timedelta

from community.communities.queries import community_of
from exchanges.agreements.actions.telling import nudge_party
from exchanges.agreements.notices import TOMORROW
from exchanges.agreements.rules.silence import is_fresh
from exchanges.groups.actions.steps import Held, hold
from exchanges.groups.actions.telling import name_of_person, tell_host, tell_place
from exchanges.groups.notices import HOW_DID_IT_GO, STILL_INVITED
from exchanges.groups.tables import GroupPlace
from foundation import clock
from foundation.database import Session


def tell_of_tomorrow(session: Session, group_id: int) -> bool:
    """Tell everybody who comes, and the host, of a meeting that is tomorrow; whether it still is.

    Not who said yes less than a day before it, nor the host of one that was opened so late.
    """
    held = _planned(session, group_id)
    if held is None or held.group.starts_at is None:
        return False
    group, starts_at = held.group, held.group.starts_at
    zone = community_of(session, group.community_id).time_zone
    if clock.local(starts_at, zone).date() != clock.today(zone) + timedelta(days=1):
        return False
    host = name_of_person(session, group.adult_id)
    coming = [one for one in held.places if one.state == "coming"]
    for place in coming:
        if is_fresh(place.accepted_at, starts_at):
            continue
        tell_place(held, place, TOMORROW, who=host, starts_at=starts_at)
    if coming and not is_fresh(group.created_at, starts_at):
        names = ", ".join(name_of_person(session, one.person_id) for one in coming[:3])
        tell_host(held, TOMORROW, f"tomorrow-{starts_at.isoformat()}", who=names, starts_at=starts_at)
    return True


def nudge(session: Session, place_id: int) -> bool:
    """Ask once more whether somebody who was invited comes too, once for each place; whether it still waits.

    No maker calls for it, and nobody who rests is asked.
    """
    place = session.get(GroupPlace, place_id)
    held = _planned(session, place.group_id) if place is not None else None
    if place is None or held is None or place.state != "asked":
        return False
    if held.group.starts_at is None or held.group.starts_at <= clock.now():
        return False
    who = name_of_person(session, held.group.adult_id)
    nudge_party(session, held.group, place.party_id, STILL_INVITED, who=who, key=f"nudge-{place_id}")
    return True


def ask_how_it_was(session: Session, group_id: int) -> bool:
    """Ask the host who was there, once, when the meeting is over; whether it still waits for that."""
    held = _planned(session, group_id)
    if held is None or held.group.starts_at is None or held.group.starts_at > clock.now():
        return False
    tell_host(held, HOW_DID_IT_GO, "how-did-it-go")
    return True


def _planned(session: Session, group_id: int) -> Held | None:
    held = hold(session, group_id)
    return held if held is not None and held.group.state == "planned" else None
