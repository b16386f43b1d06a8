"""How a series ends: one of the two ends it, it is complete, nobody answered, or it cannot go on."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

from community.communities.queries import today_of
from community.leaving.rules import Going
from exchanges.agreements.actions.arranging import call_off
from exchanges.agreements.actions.parting import part_one
from exchanges.agreements.actions.places import give_place_back
from exchanges.agreements.actions.steps import kept
from exchanges.agreements.actions.telling import name_of, tell_both, tell_party
from exchanges.agreements.notices import ENDED_BY_ITSELF
from exchanges.agreements.rules import LONGEST_REASON, Side, check_length
from exchanges.agreements.rules.events import LAPSED
from exchanges.posts.tables import Post
from exchanges.series.actions.steps import by_itself, moved, take, zone_of
from exchanges.series.notices import CHANGE_LAPSED, ENDS, FINISHED, IT_ENDS, IT_STOPPED, STOPPED
from exchanges.series.queries.lists import begun_with, ending_with, open_between, open_of
from exchanges.series.queries.meetings import days_left_out, locked_meetings, meetings_left
from exchanges.series.queries.single import agreed_terms, locked, proposed_terms, terms_of
from exchanges.series.rules import STANDING, check_from_day, cut, lapses_at, meetings_to_come
from exchanges.series.tables import Series
from foundation import clock
from foundation.access import Actor
from foundation.database import Session


def end(
    session: Session, actor: Actor, series_id: int, version: int | None, from_day: date | None, *, reason: str = ""
) -> None:
    """End it: from this day on there are no more meetings, and the hours set aside for them come back.

    Raises Missing for a stranger, NotNow for a stale form, Invalid at `from_day`.
    """
    step = take(session, actor, series_id, version, "end")
    series = step.series
    first_without = check_from_day(from_day, clock.today(zone_of(session, series)))
    series.reason = check_length(reason.strip(), LONGEST_REASON, field="reason")
    drop_proposed(session, series)
    cut_agreed(session, series, first_without)
    call_off_from(session, series, first_without)
    params = {"from_on": first_without.isoformat()}
    step.move("end", ENDS, params, **params)
    tell_party(session, series, step.other_id, IT_ENDS, who=name_of(session, actor), from_on=first_without)
    finish_if_over(session, series, quietly=True)


def finish_if_over(session: Session, series: Series, *, quietly: bool = False) -> None:
    """Close a series of which no meeting is still to come. The series is held by the caller."""
    zone = zone_of(session, series)
    agreed = [terms_of(row) for row in agreed_terms(session, kept(series.id))]
    if any(terms.last_day is None for terms in agreed):
        return
    left_out = days_left_out(session, kept(series.id), clock.today(zone))
    to_come = meetings_to_come(agreed, zone, clock.now(), len(left_out) + 1)
    if any(one.day not in left_out for one in to_come):
        return
    drop_proposed(session, series)
    moved(session, by_itself(series), series, "finish", Side.CLOCK, "" if quietly else FINISHED)
    _leave_place(session, series)


def stop(session: Session, series: Series, *, but: Actor | None = None) -> None:
    """End a series that cannot go on, because one of the two is gone or wants nothing to do with the other.

    Both are told, neither why; `but` did it and knows. The series is held by the caller.
    """
    today = clock.today(zone_of(session, series))
    drop_proposed(session, series)
    cut_agreed(session, series, today)
    call_off_from(session, series, today)
    moved(session, by_itself(series), series, "stop", Side.CLOCK, STOPPED)
    _leave_place(session, series)
    tell_both(session, series, IT_STOPPED, but=by_itself(series) if but is None else but)


def part(session: Session, actor: Actor, other_id: int, answers: Mapping[str, str]) -> int:
    """End the series between the actor's party and one that it has blocked, and say how many.

    The meetings to come are called off. One that has begun and was not written down ends too, as any agreement does,
    unless `answers` asks to keep it (rules.keeping). The other side is told that it goes no further, not why.
    """
    own_id = actor.must_be_party()
    found = open_between(session, own_id, other_id)
    for series_id in found:
        series = locked(session, series_id)
        if series is not None and series.state in ("proposed", *STANDING):
            stop(session, series, but=actor)
    session.flush()
    for meeting in meetings_left(session, own_id, other_id):
        part_one(session, kept(meeting.id), other_id, answers, quietly=meeting.series_id in found)
    return len(found)


def stop_all_of(session: Session, actor: Actor, party_ids: Collection[int]) -> int:
    """End the series of parties whose people are all paused or excluded, with their meetings; say how many."""
    found = open_of(session, party_ids)
    for series_id in found:
        series = locked(session, series_id)
        if series is not None and series.state in ("proposed", *STANDING):
            stop(session, series, but=actor)
    return len(found)


def end_with(session: Session, going: Going) -> None:
    """End the series of somebody who leaves the community: the other sides are told, the meetings to come called off.

    A meeting that has begun and that nobody wrote down ends too, as any agreement does.
    """
    today = today_of(session, going.community_id)
    for series_id in ending_with(session, going, today):
        series = locked(session, series_id)
        if series is not None and series.state in ("proposed", *STANDING):
            stop(session, series, but=Actor(community_id=going.community_id, person_id=going.person_id))
    session.flush()
    for meeting in begun_with(session, going):
        other_id = meeting.receiver_id if meeting.giver_id in going.closing else meeting.giver_id
        part_one(session, kept(meeting.id), other_id, {}, quietly=True)


def lapse(session: Session, series_id: int) -> bool:
    """End a proposal nobody answered; a change nobody answered leaves all as it was. Whether it was time."""
    series = locked(session, series_id)
    row = proposed_terms(session, series_id) if series is not None else None
    if series is None or row is None or series.state not in ("proposed", "changing"):
        return False
    if clock.now() < lapses_at(row.proposed_at, _end_of(row.last_day, zone_of(session, series))):
        return False
    drop_proposed(session, series)
    event = LAPSED if series.state == "proposed" else CHANGE_LAPSED
    moved(session, by_itself(series), series, "lapse", Side.CLOCK, event)
    if series.state not in STANDING:
        tell_both(session, series, ENDED_BY_ITSELF, but=by_itself(series))
    return True


def drop_proposed(session: Session, series: Series) -> None:
    """What one of the two had proposed no longer waits for an answer."""
    row = proposed_terms(session, kept(series.id))
    if row is not None:
        row.state = "dropped"
        session.flush()


def cut_agreed(session: Session, series: Series, first_without: date) -> None:
    """What was agreed holds up to the day before `first_without`."""
    for row in agreed_terms(session, kept(series.id)):
        left = cut(terms_of(row), first_without)
        if left is None:
            row.state = "dropped"
        else:
            row.last_day = left.last_day
    session.flush()


def call_off_from(session: Session, series: Series, first_day: date) -> None:
    """Call off the meetings from a day on that have not begun; their hours come back."""
    now = clock.now()
    for meeting in locked_meetings(session, kept(series.id), ("proposed", "accepted")):
        if meeting.series_day is None or meeting.series_day < first_day:
            continue
        if meeting.state == "proposed" or (meeting.starts_at is not None and meeting.starts_at > now):
            call_off(session, meeting)


def _leave_place(session: Session, series: Series) -> None:
    """Offer the place of a series that has ended once more, where nobody met: the post is held with its series."""
    session.flush()
    post = session.get(Post, series.post_id) if series.post_id is not None else None
    give_place_back(session, by_itself(series), post)


def _end_of(day: date | None, zone: str) -> datetime | None:
    """The moment a day is over: when the next one begins, since a day may have 23 hours or 25."""
    return None if day is None else clock.start_of_day(day + timedelta(days=1), zone)
