"""Activities of civic centers and their sessions.

Features of the same center may add to their pages, and hear of what becomes of dates, by these hooks:
`activity_sections(session, actor, activity)` and `session_sections(session, actor, activity, one)` give a dict with a
`template`, or None;
`sessions_cancelled(session, actor, sessions, reason)`, `sessions_restored(session, actor, sessions)` and
`sessions_moved(session, actor, moves)`, with moves as (session, old start, old end), are called in the transaction of
the change: who holds something there tells its people;
`activity_called_off(session, actor, activity, reason)` is called like them, after them, for an activity as a whole;
`activity_over(session, actor, activity, reason)` when nothing of it is to come any more, without having been called
off, where `actor` is None when its time came;
`sessions_elsewhere(session, actor, sessions)` is called like them for dates of one activity that have another room (or
none) and the time they had: once a change, the soonest first;
`children_stay_alone(session, activity)` says that from now on children stay there without an adult of theirs;
`places_shrunk(session, session_id, new_places)` gives the Ending of who is beyond the new places, or None.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlmodel import col, func, select

from civic_centers.activities import actions
from civic_centers.activities.actions.from_need import ACTIVITY
from civic_centers.activities.deeds import DEEDS
from civic_centers.activities.jobs import JOBS
from civic_centers.activities.notices import NOTICES
from civic_centers.activities.pages import activities
from civic_centers.activities.pages.words import saying
from civic_centers.activities.personal import PERSONAL
from civic_centers.activities.queries.finding import among, entries_after, found_by
from civic_centers.activities.queries.lists import after_day, next_at_center, to_come
from civic_centers.activities.queries.single import KIND, activity_visible_to
from civic_centers.activities.queries.waiting import activities_without_room, number_without_room
from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.centers.actions import Ending
from civic_centers.centers.policies import may_keep
from civic_centers.centers.tables import Center
from civic_centers.wall.rules import Becoming
from community.communities.queries import community_of
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_
from foundation.feature import Feature, Found, Reportable, Searchable, Together, Waiting, WaitingKind
from foundation.web.formats import day_time

ON_CENTER_PAGE = 5


def center_section(session: Session, actor: Actor, center: Center) -> dict[str, Any] | None:
    """What comes next, on the page of a center."""
    keeps = center.closed_on is None and may_keep(session, actor, center.id or 0)
    coming = next_at_center(session, center.id or 0, ON_CENTER_PAGE)
    if not coming and not keeps:
        return None
    return {
        "template": "civic_centers/activities/_section.html",
        "center": center,
        "coming": coming,
        "keeps": keeps,
        **saying(),
    }


def center_closes(session: Session, center: Center, last_day: date) -> list[Ending]:
    """What of the activities of a center ends with it."""
    center_id = center.id or 0
    going = (col(Activity.center_id) == center_id, col(Activity.state).in_(("draft", "open")))
    if session.scalar(select(func.count()).select_from(Activity).where(*going)) == 0:
        return []
    zone = community_of(session, center.community_id).time_zone
    after = select(func.count()).select_from(ActivitySession).where(
        col(ActivitySession.center_id) == center_id, *after_day(last_day, zone)
    )  # fmt: skip
    number = session.scalar(after) or 0
    words = ngettext(
        "%(num)s date of its activities is called off, and whoever was to come is told.",
        "%(num)s dates of its activities are called off, and whoever was to come is told.",
        number,
    )
    if not number:
        words = _("Its activities are over with that day, and drafts are thrown away.")
    return [
        Ending(words, lambda writing, actor, reason: actions.end_at_center(writing, actor, center_id, last_day, reason))
    ]


def falls_on_dates(session: Session, center: Center, first_on: date, last_on: date) -> str:
    """How many dates stand on days that the center says something of: they take place all the same."""
    zone = community_of(session, center.community_id).time_zone
    begins = clock.start_of_day(first_on, zone)
    there = (col(ActivitySession.center_id) == center.id, col(ActivitySession.starts_at) >= begins, *to_come())
    ends = col(ActivitySession.starts_at) < clock.start_of_day(last_on + timedelta(days=1), zone)
    number = session.scalar(select(func.count()).select_from(ActivitySession).where(*there, ends)) or 0
    if not number:
        return ""
    return ngettext(
        "%(num)s date of its activities is on these days: it takes place unless you call it off.",
        "%(num)s dates of its activities are on these days: they take place unless you call them off.",
        number,
    )


def reported(session: Session, actor: Actor, activity_id: int) -> tuple[str, int | None, int | None]:
    """An activity, for the makers who look at a report. Raises Missing."""
    activity = activity_visible_to(session, actor, activity_id)
    center = session.get_one(Center, activity.center_id)
    return f"{activity.title}. {activity.words}".strip(), center.zone_id, activity.party_id


def show_found(
    session: Session, actor: Actor, ids: Mapping[str, Sequence[int]], limit: int
) -> dict[str, tuple[list[Found], bool]]:
    """The activities that the search box finds."""
    found = [
        Found(
            activity.title, center.name, "activities.show", {"activity_id": activity.id}, icon="calendar",
            object_id=activity.id or 0,
        )
        for activity, center in found_by(session, actor, ids[KIND], limit + 1)
    ]  # fmt: skip
    return {KIND: (found[:limit], len(found) > limit)}


def rooms_waiting(session: Session, actor: Actor) -> list[Waiting]:
    """One line for each activity with dates that have no room."""
    return [
        Waiting(
            ngettext("%(num)s date has no room", "%(num)s dates have no room", number),
            f"{activity.title}, {center.name}: {day_time(first)}",
            "activities.show",
            {"activity_id": activity.id},
            icon="calendar",
        )
        for activity, center, number, first in activities_without_room(session, actor)
    ]


def wall_becomes() -> tuple[Becoming, ...]:
    """A need may become an activity."""
    return (ACTIVITY,)


feature = Feature(
    name="activities",
    blueprints=(activities,),
    jobs=JOBS,
    notices=NOTICES,
    reportables=(Reportable(KIND, N_("An activity"), reported, "activities.show", "activity_id"),),
    searchables=(Searchable(KIND, N_("What goes on at the centers"), Together(among, show_found), entries_after),),
    waiting=(WaitingKind(rooms_waiting, number_without_room),),
    personal_data=PERSONAL,
    deeds=DEEDS,
    on_behalf=("activities.listing", "activities.show", "activities.show_session"),
    hooks={
        "center_sections": center_section,
        "center_closes": center_closes,
        "falls_on_dates": falls_on_dates,
        "room_lost": actions.room_lost,
        "wall_becomes": wall_becomes,
    },
)
