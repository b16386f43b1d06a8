"""Activities that end with something else: a room, a center, somebody's place in the community."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import col, select

from civic_centers.activities.actions.cancelling import call_off, cancel_those
from civic_centers.activities.actions.holding import GOING, hold_activity, hold_center, touch
from civic_centers.activities.actions.making import over
from civic_centers.activities.actions.rhythms import cut
from civic_centers.activities.actions.rooming import tell_of_rooms
from civic_centers.activities.actions.telling import tell_keepers
from civic_centers.activities.notices import FEW
from civic_centers.activities.queries.lists import after_day, to_come
from civic_centers.activities.queries.single import SESSION
from civic_centers.activities.tables import Activity, ActivityRhythm, ActivitySession
from civic_centers.centers.tables import Center
from civic_centers.rooms.tables import Booking
from community.communities.queries import community_of
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session


def room_lost(session: Session, actor: Actor, booking: Booking) -> None:
    """A room is there no more: its dates take place all the same, and the keepers look for another."""
    held = select(ActivitySession).where(col(ActivitySession.booking_id) == booking.id).with_for_update(key_share=True)
    for one in session.exec(held.execution_options(populate_existing=True)).all():
        one.booking_id = None
        touch([one])
        session.add(one)
        activity = session.get_one(Activity, one.activity_id)
        if activity.room_id == booking.room_id:
            activity.room_id = None
            session.add(activity)
        session.flush()
        audit.record(session, actor, "lost_room", SESSION, one.id)
        center = session.get_one(Center, one.center_id)
        tell_of_rooms(session, actor, activity, center, [one], key=f"room:{activity.id}:{booking.room_id}")


def end_at_center(session: Session, actor: Actor, center_id: int, last_day: date, reason: str) -> None:
    """Nothing takes place after the last day of a center; what has no date left is over, drafts are thrown away."""
    center = hold_center(session, center_id)
    zone = community_of(session, center.community_id).time_zone
    going = (col(Activity.center_id) == center_id, col(Activity.state).in_(GOING))
    for activity_id in session.scalars(select(col(Activity.id)).where(*going).order_by(col(Activity.id))).all():
        activity = hold_activity(session, activity_id or 0)
        if activity.state == "draft":
            call_off(session, actor, activity, reason)
            continue
        for rhythm in _rhythms(session, activity):
            cut(session, rhythm, last_day)
        after = after_day(last_day, zone)
        there = select(ActivitySession).where(col(ActivitySession.activity_id) == activity.id, *after)
        ends = session.exec(there.order_by(col(ActivitySession.id)).with_for_update(key_share=True)).all()
        cancel_those(session, actor, activity, ends, reason)
        left = select(col(ActivitySession.id)).where(col(ActivitySession.activity_id) == activity.id, *to_come())
        if session.scalar(left.limit(1)) is None:
            over(session, actor, activity, reason)


def end_of_closed(session: Session, activity_id: int) -> None:
    """Its center is closed for good, and its last day is over; doing it again changes nothing."""
    found = session.get(Activity, activity_id)
    if found is None:
        return
    hold_center(session, found.center_id)
    activity = hold_activity(session, activity_id)
    if activity.state == "open":
        over(session, None, activity)


def warn_of_few(session: Session, session_id: int) -> bool:
    """Tell the keepers that a date is near and has fewer people than it needs; whether that is so."""
    one = session.get(ActivitySession, session_id)
    if one is None or one.state != "planned" or one.starts_at <= clock.now():
        return False
    activity = session.get_one(Activity, one.activity_id)
    if activity.state != "open" or one.taken >= activity.min_places:
        return False
    center = session.get_one(Center, one.center_id)
    said = {
        "center": center.name,
        "activity": activity.title,
        "starts_at": one.starts_at,
        "taken": one.taken,
        "least": activity.min_places,
    }
    tell_keepers(session, None, activity, center, FEW, said, key=f"{session_id}", session_id=session_id)
    return True


def _rhythms(session: Session, activity: Activity) -> Sequence[ActivityRhythm]:
    return session.exec(select(ActivityRhythm).where(col(ActivityRhythm.activity_id) == activity.id)).all()
