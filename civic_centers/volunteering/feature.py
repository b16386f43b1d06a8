"""Volunteers of civic centers: slots and shifts, hours, the register and the insurance.

It asks by the hook
`qualified(session, community_id, person_id, name, day)` whether somebody has a training in that community: without an
answer nobody has one. By `adult_gave_up(session, actor, session_id, key)` it says that a volunteer of a date cannot
come; whoever counts the adults there tells the keepers where they are missing, and answers whether it is so.
"""

from datetime import date, timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import ColumnElement, func
from sqlmodel import col, select

from civic_centers.activities.queries.writing import activity_written_about, may_write_to_them
from civic_centers.centers.actions import Ending
from civic_centers.centers.policies import KEEP, kept
from civic_centers.centers.tables import Center
from civic_centers.volunteering import actions
from civic_centers.volunteering.deeds import DEEDS
from civic_centers.volunteering.jobs import JOBS, care_changed, children_stay_alone
from civic_centers.volunteering.notices import NOTICES
from civic_centers.volunteering.pages import volunteering
from civic_centers.volunteering.pages.calendar import feed_entries
from civic_centers.volunteering.pages.showing import center_section, session_section
from civic_centers.volunteering.personal import PERSONAL, RETENTIONS
from civic_centers.volunteering.policies import REGISTER, SERVE
from civic_centers.volunteering.queries.due import adults_on_duty
from civic_centers.volunteering.queries.lists import (
    awaiting,
    calls_to,
    coming_up,
    number_of_shifts,
    open_call,
    to_confirm,
)
from civic_centers.volunteering.queries.register import organisations_kept
from civic_centers.volunteering.queries.signed_up import who_serves
from civic_centers.volunteering.tables import Call, SignUp, Slot
from community.communities.queries import community_of
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_
from foundation.feature import Audience, Feature, Waiting, WaitingKind
from foundation.web.formats import day_time


def hours_waiting(session: Session, actor: Actor) -> list[Waiting]:
    """For keepers one line for each shift whose hours they confirm."""
    return [
        Waiting(
            ngettext("%(num)s volunteer served: confirm the hours", "%(num)s volunteers served: confirm the hours", n),
            f"{slot.role}, {center.name}: {day_time(slot.starts_at)}",
            "volunteering.show",
            {"slot_id": slot.id},
            icon="check",
        )
        for slot, center, n in to_confirm(session, kept(actor))
    ]


def number_of_hours(actor: Actor) -> ColumnElement[int] | None:
    """How many such lines there are."""
    if actor.is_on_behalf or not actor.may(KEEP):
        return None
    return (
        select(func.count(func.distinct(col(SignUp.slot_id))))
        .join(Slot, col(Slot.id) == col(SignUp.slot_id))
        .join(Center, col(Center.id) == col(Slot.center_id))
        .where(kept(actor), *awaiting())
        .scalar_subquery()
    )


def offers_waiting(session: Session, actor: Actor) -> list[Waiting]:
    """A place that is kept for one, and where one was asked to come instead of somebody."""
    mine = (col(SignUp.person_id) == actor.person_id, col(SignUp.community_id) == actor.community_id)
    offered = (
        select(Slot, Center)
        .join(SignUp, col(SignUp.slot_id) == col(Slot.id))
        .join(Center, col(Center.id) == col(Slot.center_id))
        .where(*mine, col(SignUp.state) == "offered")
        .order_by(col(Slot.starts_at))
    )
    found = [(_("A shift is kept for you: %(role)s", role=slot.role), slot, center)
             for slot, center in session.execute(offered)]  # fmt: skip
    found += [
        (_("Could you come? %(role)s", role=slot.role), slot, center) for slot, center in calls_to(session, actor)
    ]
    return [
        Waiting(
            title, f"{center.name}: {day_time(slot.starts_at)}", "volunteering.show", {"slot_id": slot.id},
            icon="people",
        )
        for title, slot, center in found
    ]  # fmt: skip


def number_of_offers(actor: Actor) -> ColumnElement[int] | None:
    """How many such lines there are."""
    if actor.person_id is None or not actor.may(SERVE):
        return None
    mine = (col(SignUp.person_id) == actor.person_id, col(SignUp.community_id) == actor.community_id)
    offered = select(func.count()).select_from(SignUp).where(*mine, col(SignUp.state) == "offered").scalar_subquery()
    standing = select(col(SignUp.slot_id)).where(*mine, col(SignUp.state).in_(("held", "waiting", "offered")))
    asked = (
        select(func.count())
        .select_from(Call)
        .join(Slot, col(Slot.id) == col(Call.slot_id))
        .where(col(Call.person_id) == actor.person_id, col(Slot.community_id) == actor.community_id, *open_call())
        .where(col(Slot.id).not_in(standing))
        .scalar_subquery()
    )
    return offered + asked


def me_links(session: Session, actor: Actor) -> list[dict[str, Any]]:
    """My shifts, for who has any or keeps the register of an organisation."""
    if not actor.may(SERVE):
        return []
    coming, ever = number_of_shifts(session, actor)
    if not ever and not organisations_kept(session, actor):
        return []
    line = ngettext("%(num)s to come", "%(num)s to come", coming) if coming else _("Your hours as a volunteer")
    return [{"url": url_for("volunteering.mine"), "title": _("Your shifts"), "line": line, "icon": "people"}]


def center_closes(session: Session, center: Center, last_day: date) -> list[Ending]:
    """The shifts after the last day of a center."""
    zone = community_of(session, center.community_id).time_zone
    after = clock.start_of_day(last_day + timedelta(days=1), zone)
    there = (col(Slot.center_id) == center.id, col(Slot.state) == "open", col(Slot.ends_at) > after)
    coming = list(session.exec(select(Slot).where(*there).order_by(col(Slot.id))))
    if not coming:
        return []
    words = ngettext(
        "%(num)s shift of volunteers is called off, and who is on it is told.",
        "%(num)s shifts of volunteers are called off, and who is on them is told.",
        len(coming),
    )
    return [Ending(words, lambda writing, actor, reason: actions.end_at_center(writing, actor, coming, reason))]


feature = Feature(
    name="volunteering",
    blueprints=(volunteering,),
    permissions=(SERVE, REGISTER),
    audiences=(
        Audience(
            "activity_volunteers",
            N_("The volunteers of an activity of a center"),
            who_serves,
            may_write_to_them,
            activity_written_about,
            "activities.show",
            "activity_id",
        ),
    ),
    jobs=JOBS,
    notices=NOTICES,
    waiting=(WaitingKind(hours_waiting, number_of_hours), WaitingKind(offers_waiting, number_of_offers)),
    personal_data=PERSONAL,
    retentions=RETENTIONS,
    deeds=DEEDS,
    on_behalf=(
        "volunteering.listing",
        "volunteering.show",
        "volunteering.take",
        "volunteering.accept",
        "volunteering.give_up",
        "volunteering.mine",
    ),
    hooks={
        "center_sections": center_section,
        "session_sections": session_section,
        "sessions_cancelled": actions.cancel_of_sessions,
        "sessions_restored": actions.restore_of_sessions,
        "sessions_moved": actions.move_with_sessions,
        "sessions_elsewhere": actions.tell_elsewhere,
        "center_closes": center_closes,
        "coming_up": coming_up,
        "me_links": me_links,
        "feed_entries": feed_entries,
        "adults_on_duty": adults_on_duty,
        "care_changed": care_changed,
        "children_stay_alone": children_stay_alone,
        "care_stopped": actions.let_go_of_stopped_carer,
        "member_stopped": actions.let_go_of_stopped,
        "somebody_leaves": actions.leave_shifts,
        "somebody_forgotten": actions.forget_volunteer,
    },
)
