"""Meetings of a lab are activities of its center: begun from its page, or one that is there already."""

from sqlmodel import col, select

from civic_centers.activities.actions import make_activity
from civic_centers.activities.actions.holding import hold_center
from civic_centers.activities.policies import run_by
from civic_centers.activities.rules import About
from civic_centers.activities.tables import Activity
from civic_centers.labs.actions.holding import held, hold_meetings
from civic_centers.labs.queries.single import lab_visible_to
from civic_centers.labs.rules import KIND
from civic_centers.labs.tables import Lab, LabMeeting
from foundation import audit
from foundation.access import Actor
from foundation.database import Session, insert_if_absent
from foundation.errors import N_, Invalid, Missing, Refused
from foundation.feature import registry


def begin_meeting(session: Session, actor: Actor, lab_id: int, title: str, kind: str) -> int:
    """Begin an activity at the center of a lab, a draft, as one of its meetings; gives its number.

    Raises Missing for who keeps not that center, NotNow, Refused for a lab without a center, Invalid at the field.
    """
    seen = lab_visible_to(session, actor, lab_id)
    if seen.center_id is not None:
        hold_center(session, seen.center_id)  # Before the lab, as by who closes a center: nobody waits in a ring.
    lab = held(session, actor, lab_id)
    if lab.center_id is None:
        raise Refused(N_("This lab has no center where it meets."), advice=N_("Say first where, on its page."))
    activity = make_activity(session, actor, lab.center_id, About(title=title, kind=kind, words=lab.need))
    _link(session, actor, lab, activity.id or 0)
    return activity.id or 0


def link_meeting(session: Session, actor: Actor, lab_id: int, activity_id: int) -> None:
    """Say that an activity the actor runs is a meeting of a lab. Raises Missing, NotNow, Invalid."""
    lab_visible_to(session, actor, lab_id)
    hold_meetings(session, activity_id)
    lab = held(session, actor, lab_id)
    found = {one.id for one in activities_to_link(session, actor, lab)}
    linked = session.get(LabMeeting, activity_id)
    if linked is not None and linked.lab_id == lab_id:
        return
    if activity_id not in found:
        raise Invalid(N_("Choose one of the activities of the center."), field="activity_id")
    if not _link(session, actor, lab, activity_id):
        raise Invalid(N_("Choose one of the activities of the center."), field="activity_id")


def unlink_meeting(session: Session, actor: Actor, lab_id: int, activity_id: int) -> None:
    """It is no meeting of the lab any more; the activity goes on. Twice changes nothing. Raises Missing."""
    lab_visible_to(session, actor, lab_id)
    hold_meetings(session, activity_id)
    held(session, actor, lab_id, "draft", "open", "ended")
    linked = session.get(LabMeeting, activity_id)
    if linked is None:
        return
    if linked.lab_id != lab_id:
        raise Missing()
    session.delete(linked)
    session.flush()
    audit.record(session, actor, "unlinked_meeting", KIND, lab_id, activity=activity_id)
    _announce(session, activity_id)


def activities_to_link(session: Session, actor: Actor, lab: Lab) -> list[Activity]:
    """The activities of the center of a lab that the actor runs and that are no lab's meeting yet, by name."""
    if lab.center_id is None:
        return []
    there = (col(Activity.center_id) == lab.center_id, col(Activity.state).in_(("draft", "open")), run_by(actor))
    free = col(Activity.id).not_in(select(col(LabMeeting.activity_id)))
    return list(session.exec(select(Activity).where(*there, free).order_by(col(Activity.title)).limit(60)))


def _link(session: Session, actor: Actor, lab: Lab, activity_id: int) -> bool:
    """Whether it is a meeting of this lab now; False where another lab was faster."""
    values = {"activity_id": activity_id, "community_id": lab.community_id, "lab_id": lab.id}
    linked = bool(insert_if_absent(session, LabMeeting, values, conflict=["activity_id"]))
    if linked:
        audit.record(session, actor, "linked_meeting", KIND, lab.id, activity=activity_id)
        _announce(session, activity_id)
    return linked


def _announce(session: Session, activity_id: int) -> None:
    for hook in registry.hooks("lab_meeting"):
        hook(session, activity_id)
