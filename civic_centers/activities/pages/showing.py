"""What everybody sees: what goes on in a center, an activity, and one of its dates."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from civic_centers.activities.pages.blueprint import activities
from civic_centers.activities.pages.words import saying
from civic_centers.activities.policies import may_run
from civic_centers.activities.queries.lists import activities_at, past_activities_at, sessions_of
from civic_centers.activities.queries.single import session_of, view_of
from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.centers.policies import may_keep
from civic_centers.centers.queries import center_called
from civic_centers.centers.tables import Center
from civic_centers.rooms.tables import Room
from foundation import clock
from foundation.feature import registry
from foundation.web import Answer, actor, community, page, public, reading, time_zone
from foundation.web.qr import qr_drawing

NEAR = 8
"""So many dates stand open on the page of an activity; those after them are folded away."""


@activities.get("/centers/<center_slug>/activities")
@public
def listing(center_slug: str) -> Answer:
    center = center_called(reading(), actor(), center_slug)
    center_id = center.id or 0
    return page(
        "civic_centers/activities/list.html",
        center=center,
        cards=activities_at(reading(), actor(), center_id),
        past=past_activities_at(reading(), actor(), center_id),
        keeps=may_keep(reading(), actor(), center_id),
        **saying(),
    )


@activities.get("/activities/<int:activity_id>")
@public
def show(activity_id: int) -> Answer:
    view = view_of(reading(), actor(), activity_id)
    return page(
        "civic_centers/activities/show.html",
        view=view,
        activity=view.activity,
        today=clock.today(time_zone()),
        coming=sessions_of(reading(), activity_id),
        near=NEAR,
        past=sessions_of(reading(), activity_id, past=True),
        sections=_sections("activity_sections", view.activity),
        share_url=url_for(".show", activity_id=activity_id, _external=True),
        **saying(),
    )


@activities.get("/activities/<int:activity_id>/sessions/<int:session_id>")
@public
def show_session(activity_id: int, session_id: int) -> Answer:
    """One date. What features add stands below: each a dict with its `template` and what that needs."""
    one, activity = session_of(reading(), actor(), activity_id, session_id)
    center = reading().get_one(Center, one.center_id)
    return page(
        "civic_centers/activities/session.html",
        one=one,
        activity=activity,
        center=center,
        room=reading().get(Room, one.room_id) if one.room_id is not None and one.booking_id is not None else None,
        is_over=one.ends_at <= clock.now(),
        has_begun=one.starts_at <= clock.now(),
        runs=may_run(reading(), actor(), activity_id),
        sections=_sections("session_sections", activity, one),
        **saying(),
    )


@activities.get("/activities/<int:activity_id>/poster")
@public
def poster(activity_id: int) -> Answer:
    """To be hung up: what it is, when it comes next, and the way to its page."""
    view = view_of(reading(), actor(), activity_id)
    address = url_for(".show", activity_id=activity_id, _external=True)
    return page(
        "civic_centers/activities/poster.html",
        view=view,
        activity=view.activity,
        coming=[dated for dated in sessions_of(reading(), activity_id, limit=12) if dated.one.state == "planned"][:6],
        today=clock.today(time_zone()),
        address=address,
        drawing=qr_drawing(address, _("QR code of the activity’s page")),
        community=community(),
        **saying(),
    )


def _sections(hook_name: str, activity: Activity, *more: ActivitySession) -> list[dict[str, Any]]:
    found = (hook(reading(), actor(), activity, *more) for hook in registry.hooks(hook_name))
    return [section for section in found if section]
