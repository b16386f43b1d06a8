"""One meeting is left out, or somebody else comes from now on."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from community.threads.actions import write
from exchanges.agreements.actions.arranging import leave_out
from exchanges.agreements.actions.hours import hold
from exchanges.agreements.actions.steps import check_version, kept
from exchanges.agreements.actions.steps import moved as meeting_moved
from exchanges.agreements.actions.steps import note as note_of_meeting
from exchanges.agreements.actions.telling import name_of, tell_party
from exchanges.agreements.policies.care import Second, check_adult, demanded
from exchanges.agreements.rules import LONGEST_REASON, Side, check_length, not_now
from exchanges.agreements.tables import Agreement
from exchanges.series.actions.ending import finish_if_over
from exchanges.series.actions.laying import meeting_of, see_what_lacks
from exchanges.series.actions.steps import take, zone_of
from exchanges.series.notices import COMES_FROM_NOW, LEFT_OUT, OTHER_COMES, SKIPPED
from exchanges.series.queries.meetings import days_taken, locked_meetings, meeting_on
from exchanges.series.queries.single import agreed_terms, series_of_party, terms_of
from exchanges.series.rules import STANDING, rhythm_of
from exchanges.series.tables import Series
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Missing, Refused
from foundation.recurrence import occurrences


def skip(
    session: Session, actor: Actor, series_id: int, day: date, version: int | None = None, *, reason: str = ""
) -> None:
    """Leave out the meeting of a day, near or far: the hours set aside for it come back, and the other is told.

    `version` is that of the meeting the person looked at, 0 where it had not come near yet. Raises Missing for a
    stranger or a day without a meeting, NotNow where it changed in the meantime, Refused once it has begun.
    """
    series, mine = series_of_party(session, actor, series_id, lock=True)
    if series.state not in STANDING:
        raise not_now()
    who = replace(actor, party_id=mine)
    said = check_length(reason.strip(), LONGEST_REASON, field="reason")
    meeting = meeting_on(session, series_id, day, lock=True)
    if meeting is None or (meeting.state == "cancelled" and day not in days_taken(session, series_id, day)):
        meeting = _far_meeting(session, series, day)
        check_version(meeting, version or None)
        leave_out(session, who, meeting, SKIPPED, said)
    else:
        _call_off(session, who, meeting, version, said)
    if said:
        write(session, who, series.thread_id, said)
    other_id = series.receiver_id if mine == series.giver_id else series.giver_id
    tell_party(session, meeting, other_id, LEFT_OUT, who=name_of(session, actor), meeting_on=day)
    session.flush()
    finish_if_over(session, series)


def replace_adult(
    session: Session,
    actor: Actor,
    series_id: int,
    version: int | None,
    adult_id: int,
    *,
    second_id: int | None = None,
) -> None:
    """Somebody else of the giving side comes from now on, or is there besides; the gate is asked for each meeting.

    Raises Missing for a stranger and the receiving side, NotNow, Invalid at `adult`, NotVerified.
    """
    step = take(session, actor, series_id, version, "replace")
    series = step.series
    if step.party_id != series.giver_id:
        raise Missing()
    now, today = clock.now(), clock.today(zone_of(session, series))
    to_come = [
        one
        for one in locked_meetings(session, step.id, ("proposed", "accepted"))
        if one.starts_at is not None and one.starts_at > now
    ]
    at = min((one.starts_at for one in to_come if one.starts_at is not None), default=now)
    demands = demanded(session, series)
    rows = [one for one in agreed_terms(session, step.id) if one.last_day is None or one.last_day >= today]
    if demands.second_adult and second_id is None:
        second_id = next((one.second_id for one in rows), None)
    second = Second(second_id, (series.receiver_id,))
    check_adult(session, series.community_id, series.giver_id, adult_id, second=second, demands=demands, at=at)
    for row in rows:
        row.adult_id, row.second_id = adult_id, second_id
    step.move("replace", COMES_FROM_NOW, {"adult_person_id": adult_id}, adult_id=adult_id)
    for meeting in to_come:
        meeting.adult_id, meeting.second_id = adult_id, second_id
        meeting.version += 1
        note_of_meeting(session, step.actor, meeting, "replace", "", adult_id=adult_id)
        session.flush()
        see_what_lacks(session, meeting)
    tell_party(session, series, step.other_id, OTHER_COMES, who=name_of(session, actor))


def _call_off(session: Session, who: Actor, meeting: Agreement, version: int | None, reason: str) -> None:
    check_version(meeting, version)
    if meeting.state not in ("proposed", "accepted"):
        raise not_now()
    if meeting.starts_at is not None and meeting.starts_at <= clock.now():
        raise Refused(
            N_("This meeting has already begun."),
            advice=N_("On its page you can write down how it went, or that it did not take place."),
        )
    meeting.reason = reason
    meeting_moved(session, who, meeting, "cancel", Side.ORIGIN, SKIPPED)
    session.flush()
    hold(session, who, meeting)


def _far_meeting(session: Session, series: Series, day: date) -> Agreement:
    """The meeting of a day that has not come near yet. Raises Missing where there is none to come."""
    zone = zone_of(session, series)
    begins, ends = (clock.start_of_day(one, zone) for one in (day - timedelta(days=1), day + timedelta(days=2)))
    for row in agreed_terms(session, kept(series.id)):
        for one in occurrences(rhythm_of(terms_of(row), zone), _not_past(begins), max(ends, _not_past(begins))):
            if one.day == day:
                return meeting_of(series, row, one)
    raise Missing()


def _not_past(moment: datetime) -> datetime:
    return max(moment, clock.now())
