"""Enrolling in activities: places, the waiting list, the door, who fetches whom, and what trainings give.

Features that bring adults to a date say who under the hook `adults_on_duty(session, session_ids)`: numbers by date.
"""

from datetime import timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from civic_centers.activities.queries.writing import activity_written_about, may_write_to_them
from civic_centers.centers.actions import Ending
from civic_centers.centers.policies import KEEP
from civic_centers.enrolling import actions
from civic_centers.enrolling.deeds import DEEDS
from civic_centers.enrolling.jobs import (
    JOBS,
    children_stay_alone,
    consent_changed,
    person_ended,
    somebody_leaves,
)
from civic_centers.enrolling.notices import NOTICES
from civic_centers.enrolling.pages import enrolling
from civic_centers.enrolling.pages.calendar import feed_entries
from civic_centers.enrolling.pages.section import activity_section, session_section
from civic_centers.enrolling.personal import PERSONAL, RETENTIONS
from civic_centers.enrolling.policies import ENROL
from civic_centers.enrolling.queries.attending import who_comes
from civic_centers.enrolling.queries.own import (
    coming_up,
    has_qualification,
    number_offered,
    number_to_come,
    offers_to_answer,
)
from community.dependants.rules import MINORS
from community.households.tables import Dependant
from community.scanning.rules import Readable
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_
from foundation.feature import Audience, Feature, Waiting, WaitingKind
from foundation.web.formats import day_time

AT_HOME, AT_HOME_MOST = timedelta(days=7), 3


def offers_waiting(session: Session, actor: Actor) -> list[Waiting]:
    """One line for each place that was offered and waits for a yes or a no."""
    return [
        Waiting(
            _("There is a place for you: %(activity)s", activity=activity.title),
            _("Until %(moment)s", moment=day_time(request.offer_ends_at or one.starts_at)),
            "activities.show_session",
            {"activity_id": activity.id, "session_id": one.id},
            icon="calendar",
            urgent=True,
        )
        for request, activity, one in offers_to_answer(session, actor)
    ]


def places_shrunk(session: Session, session_id: int, new_places: int | None) -> Ending | None:
    """Who has no room with fewer places waits again, before everybody who waits already."""
    number = actions.how_many_step_back(session, session_id, new_places)
    words = ngettext(
        "%(num)s family that enrolled last waits again, the first in line, and is told.",
        "%(num)s families that enrolled last wait again, the first in line, and are told.",
        number,
    )
    return actions.step_back(session, session_id, new_places, words)


def adult_gave_up(session: Session, actor: Actor, session_id: int, key: str) -> bool:
    """Whether adults are missing at a date now that a volunteer cannot come: then its keepers are told how many."""
    return actions.tell_of_fewer_adults(session, actor, [session_id], key=key)


def me_links(session: Session, actor: Actor) -> list[dict[str, Any]]:
    """Where one's household comes, and one's code."""
    if not actor.may(ENROL):
        return []
    number = number_to_come(session, actor)
    line = ngettext("%(num)s place to come", "%(num)s places to come", number) if number else _("Afternoons, workshops")
    return [{"url": url_for("enrolling.mine"), "title": _("Our places"), "line": line, "icon": "calendar"}]


def home_section(session: Session, actor: Actor) -> dict[str, Any] | None:
    """At home: where one's household comes today and in the days to come."""
    coming = coming_up(session, actor, actor.party_ids) if actor.may(ENROL) else []
    near = [(at, title, name) for _party, at, title, name in coming if at < clock.now() + AT_HOME]
    if not near:
        return None
    return {
        "template": "civic_centers/enrolling/_home.html",
        "near": list(dict.fromkeys(near))[:AT_HOME_MOST],
        "url": url_for("enrolling.mine"),
    }


def dependant_links(actor: Actor, dependant: Dependant) -> list[tuple[str, str]]:
    """On the page of a child: who may fetch them from a center."""
    if not actor.may(ENROL) or dependant.age_band not in MINORS:
        return []
    return [(_("Who may pick them up at a center"), url_for("enrolling.pick_up", dependant_id=dependant.id))]


def readable_codes() -> tuple[Readable, ...]:
    """The code that families show at the door."""
    return (Readable("enrolling.door", N_("A code for the door"), typed="enrolling.take_code", permission=KEEP),)


feature = Feature(
    name="enrolling",
    blueprints=(enrolling,),
    permissions=(ENROL,),
    audiences=(
        Audience(
            "activity_people",
            N_("Those who come to an activity of a center"),
            who_comes,
            may_write_to_them,
            activity_written_about,
            "activities.show",
            "activity_id",
        ),
    ),
    notices=NOTICES,
    jobs=JOBS,
    waiting=(WaitingKind(offers_waiting, number_offered),),
    personal_data=PERSONAL,
    retentions=RETENTIONS,
    deeds=DEEDS,
    on_behalf=(
        "enrolling.ask",
        "enrolling.enrol",
        "enrolling.mine",
        "enrolling.accept",
        "enrolling.leave",
        "enrolling.cannot_come",
        "enrolling.come_after_all",
        "enrolling.ask_swap",
        "enrolling.swap",
        "enrolling.pick_up",
        "enrolling.say_pick_up",
        "enrolling.take_back_pick_up",
    ),
    hooks={
        "session_sections": session_section,
        "activity_sections": activity_section,
        "sessions_cancelled": actions.end_with_dates,
        "sessions_restored": actions.bring_back,
        "sessions_moved": actions.tell_moved,
        "sessions_elsewhere": actions.tell_elsewhere,
        "places_shrunk": places_shrunk,
        "coming_up": coming_up,
        "home_sections": home_section,
        "me_links": me_links,
        "feed_entries": feed_entries,
        "qualified": has_qualification,
        "adult_gave_up": adult_gave_up,
        "dependant_links": dependant_links,
        "readable_codes": readable_codes,
        "consent_changed": consent_changed,
        "children_stay_alone": children_stay_alone,
        "dependant_removed": actions.forget_dependant,
        "member_stopped": actions.end_of_stopped,
        "somebody_leaves": somebody_leaves,
        "person_ended": person_ended,
        "somebody_forgotten": actions.forget,
        "household_joined": actions.move_to_party,
    },
)
