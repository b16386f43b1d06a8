"""Making slots: several at once, for a day of a center, for dates of an activity or for all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select

from civic_centers.activities.queries.single import activity_to_run
from civic_centers.activities.tables import ActivitySession
from civic_centers.centers.policies import must_keep
from civic_centers.centers.queries import center_visible_to
from civic_centers.volunteering.actions.holding import SLOT, held_slot, must_be_to_come
from civic_centers.volunteering.actions.passing_on import fill_places
from civic_centers.volunteering.rules import MOST_SLOTS, Wanted, check_time, check_wanted
from civic_centers.volunteering.tables import Series, Slot
from community.parties.tables import Party
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Refused
from foundation.recurrence import told


@dataclass(frozen=True)
class Moment:
    """When a slot is."""

    starts_at: datetime
    ends_at: datetime
    session_id: int | None = None


def make_slots(
    session: Session, actor: Actor, center_id: int, wanted: Sequence[Wanted], moments: Sequence[Moment]
) -> list[Slot]:
    """Look for every role at every moment, in a center that the actor keeps. Raises Missing, Invalid at the field."""
    must_keep(session, actor, center_id)
    center = center_visible_to(session, actor, center_id)
    if center.closed_on is not None:
        raise Invalid(N_("By then the center is closed for good."), field="day")
    checked = [_checked(session, actor, one) for one in wanted]
    if not checked or not moments:
        raise Invalid(N_("Say what they do: such as “at the door”."), field="role")
    if len(checked) * len(moments) > MOST_SLOTS:
        raise Invalid(N_("That is more than %(most)s shifts: make them in parts."), field="weeks", most=MOST_SLOTS)
    for moment in moments:
        check_time(moment.starts_at, moment.ends_at, clock.now())
    made = [_slot(actor, center_id, one, moment) for moment in moments for one in checked]
    session.add_all(made)
    session.flush()
    for slot in made:
        audit.record(session, actor, "made", SLOT, slot.id)
    return made


def make_for_sessions(
    session: Session, actor: Actor, activity_id: int, wanted: Sequence[Wanted], session_ids: Sequence[int] | None
) -> int:
    """Look for every role at some dates of an activity; None: at all of them, those laid out later too. How many.

    Raises Missing, Invalid where no date is chosen.
    """
    activity = activity_to_run(session, actor, activity_id)
    if session_ids is None:
        checked = [_checked(session, actor, one) for one in wanted]
        rows = [
            Series(activity_id=activity_id, wanted=one.as_json(), created_by_id=actor.recorder_id) for one in checked
        ]
        session.add_all(rows)
        session.flush()
        return sum(lay_out(session, row, actor) for row in rows)
    there = (col(ActivitySession.activity_id) == activity_id, col(ActivitySession.id).in_(session_ids))
    planned = (col(ActivitySession.state) == "planned", col(ActivitySession.ends_at) > clock.now())
    dates = session.exec(select(ActivitySession).where(*there, *planned).order_by(col(ActivitySession.starts_at))).all()
    if not dates:
        raise Invalid(N_("Choose at least one date."), field="dates")
    moments = [Moment(one.starts_at, one.ends_at, one.id) for one in dates]
    return len(make_slots(session, actor, activity.center_id, wanted, moments))


def lay_out(session: Session, series: Series, doer: Actor | None = None) -> int:
    """The slots of a series for dates to come that have none yet; how many (also a job, as dates are laid out)."""
    have = select(col(Slot.session_id)).where(col(Slot.series_id) == series.id, col(Slot.session_id).is_not(None))
    dates = session.exec(
        select(ActivitySession)
        .where(
            col(ActivitySession.activity_id) == series.activity_id,
            col(ActivitySession.state) == "planned",
            col(ActivitySession.starts_at) > clock.now(),
            col(ActivitySession.id).not_in(have),
        )
        .order_by(col(ActivitySession.starts_at))
        .limit(MOST_SLOTS)
    ).all()
    wanted = Wanted.of(series.wanted)
    for one in dates:
        actor = Actor(one.community_id, person_id=series.created_by_id)
        slot = _slot(actor, one.center_id, wanted, Moment(one.starts_at, one.ends_at, one.id))
        slot.series_id = series.id
        session.add(slot)
        session.flush()
        whose = {"community_id": one.community_id} if doer is None else {}
        audit.record(session, doer, "made", SLOT, slot.id, **whose)
    return len(dates)


def change_slot(session: Session, actor: Actor, slot_id: int, wanted: Wanted, *, version: int) -> Slot:
    """Change what one slot asks for, for those who sign up from now on; more places go to who waits.

    Raises Missing, NotNow, Invalid, Stale for a form opened before another change, Refused for fewer places than taken,
    or for another way of counting the hours once somebody is on it.
    """
    slot = _to_run(session, actor, slot_id)
    must_be_to_come(slot)
    if slot.version != version:
        raise Invalid(N_("Somebody changed it meanwhile: look at how it is now."))
    checked = _checked(session, actor, wanted)
    if checked.most < slot.taken:
        raise Refused(
            N_("%(taken)s people hold a place already."),
            advice=N_("Speak with them first, or call the shift off."),
            field="most",
            taken=slot.taken,
        )
    if slot.taken and (checked.exchange, checked.party_id) != (slot.exchange, slot.party_id):
        raise Refused(
            N_("Whether it is volunteering or an exchange, and whose volunteers, is chosen before anybody signs up."),
            field="exchange",
        )
    if slot.least <= slot.taken < checked.least:  # people are missing now: it is announced, as if it had never been
        slot.announced_days = None
    for name, value in checked.as_json().items():
        setattr(slot, name, value)
    slot.version += 1
    slot.changed_at = clock.now()
    session.add(slot)
    session.flush()
    audit.record(session, actor, "changed", SLOT, slot_id)
    fill_places(session, slot)
    return slot


def weekly(first: Moment, weeks: int, zone: str) -> list[Moment]:
    """The same time on the wall for so many weeks; of an hour that a night in March skips only its end is left."""
    starts, ends = (clock.local(at, zone).replace(tzinfo=None) for at in (first.starts_at, first.ends_at))
    later = (timedelta(weeks=week) for week in range(1, weeks))
    others = [Moment(told(starts + by, zone).moment, told(ends + by, zone).moment) for by in later]
    return [first, *(one for one in others if one.starts_at < one.ends_at)]


def _checked(session: Session, actor: Actor, wanted: Wanted) -> Wanted:
    checked = check_wanted(wanted)
    party = session.get(Party, checked.party_id) if checked.party_id is not None else None
    if checked.party_id is not None and (
        party is None or party.community_id != actor.community_id or party.kind != "organisation" or party.closed_at
    ):
        raise Invalid(N_("Choose whose volunteers they are: the organisation insures them."), field="party_id")
    return checked


def _slot(actor: Actor, center_id: int, wanted: Wanted, moment: Moment) -> Slot:
    return Slot(
        community_id=actor.community_id,
        center_id=center_id,
        session_id=moment.session_id,
        starts_at=moment.starts_at,
        ends_at=moment.ends_at,
        created_by_id=actor.recorder_id,
        **wanted.as_json(),
    )


def _to_run(session: Session, actor: Actor, slot_id: int) -> Slot:
    slot = held_slot(session, slot_id)
    if slot.community_id != actor.community_id:
        raise Missing()
    must_keep(session, actor, slot.center_id)
    return slot
