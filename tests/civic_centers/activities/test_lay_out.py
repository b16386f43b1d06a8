"""Dates, rhythms and their rooms; holidays, the clocks, leap days, and rhythms without an end."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from civic_centers.activities import actions
from civic_centers.activities.actions import OUT
from civic_centers.activities.jobs import look_for_activities
from civic_centers.activities.queries.due import rhythms_to_roll
from civic_centers.activities.rules import LONGEST_RHYTHM, WINDOW, About, Beat, NotNow, check_about, check_beat, horizon
from civic_centers.centers import actions as centers
from civic_centers.centers.rules import Special
from civic_centers.rooms.rules import Taken
from foundation import clock
from foundation.errors import Invalid, Missing, Refused
from foundation.jobs.tables import QueuedJob
from tests.civic_centers.activities.stage import ActivityStage
from tests.civic_centers.stage import MONDAY, at


def test_only_keepers_plan_and_only_they_see_a_draft(stage: ActivityStage) -> None:
    with pytest.raises(Missing):
        stage.make(who="anna")
    activity = stage.make()
    with pytest.raises(Missing):
        stage.do(actions.publish_activity, stage.cast.anna, activity)
    with pytest.raises(Refused, match="no date"):
        stage.open(activity)
    stage.dates(activity, at(12, 16))
    stage.open(activity)
    assert stage.row(activity).state == "open"
    stage.open(activity)  # twice changes nothing
    assert stage.letters() == []


def test_a_rhythm_that_ends_is_laid_out_to_its_end_with_its_room(stage: ActivityStage) -> None:
    activity = stage.make(places=12)
    stage.rhythm(activity, room=stage.room, last_on=date(2027, 2, 2))
    found = stage.sessions(activity)
    assert [one.starts_at for one in found] == [at(12, 16), at(19, 16), at(26, 16), at(2, 16, month=2)]
    assert stage.held(stage.room) == [one.starts_at for one in found]
    assert {one.places for one in found} == {12}


def test_a_rhythm_without_an_end_stands_for_a_window_and_rolls_on(stage: ActivityStage) -> None:
    activity = stage.make()
    rhythm = stage.rhythm(activity, room=stage.room)
    stage.open(activity)
    days = stage.days(activity)
    assert days[-1] <= date(2027, 1, 12) + WINDOW
    assert stage.rhythms(activity)[0].laid_out_until == date(2027, 1, 12) + WINDOW
    with stage.database.reading() as session:
        assert rhythms_to_roll(session) == []
    with clock.at(MONDAY + timedelta(days=30)):
        with stage.database.writing() as session:
            look_for_activities(session, {})
        with stage.database.reading() as session:
            assert rhythm in rhythms_to_roll(session)
            kinds = [job.kind for job in session.exec(select(QueuedJob))]
        assert "activities.roll" in kinds
        for _twice in range(2):
            with stage.database.writing() as session:
                actions.roll_rhythm(session, rhythm)
        later = stage.days(activity)
    assert later[: len(days)] == days
    assert len(later) == len(set(later)) == len(days) + 4
    assert len(stage.held(stage.room)) == len(later)


def test_the_job_tells_keepers_of_a_room_that_is_not_free(stage: ActivityStage) -> None:
    activity = stage.make()
    rhythm = stage.rhythm(activity, room=stage.room)
    stage.open(activity)
    last = stage.sessions(activity)[-1].starts_at
    stage.book(last + timedelta(days=7), last + timedelta(days=7, hours=1))
    with clock.at(MONDAY + timedelta(days=30)), stage.database.writing() as session:
        assert actions.roll_rhythm(session, rhythm)
    assert stage.letters() == [("bashir", "activities:no_room")]


def test_holidays_and_closures_are_skipped_or_not(stage: ActivityStage) -> None:
    closed = Special(date(2027, 3, 23), date(2027, 3, 31), None, "Pasqua")
    stage.do(centers.add_special_day, stage.cast.bashir, stage.center_id, closed)
    april = {"first_on": date(2027, 3, 16), "last_on": date(2027, 6, 8)}
    activity = stage.make()
    stage.rhythm(activity, 2, **april)
    assert date(2027, 3, 23) not in stage.days(activity)
    assert date(2027, 6, 2) not in stage.days(activity)
    wednesdays = stage.make()
    stage.rhythm(wednesdays, 3, **april)
    assert date(2027, 6, 2) not in stage.days(wednesdays)  # the Republic
    every_one = stage.make()
    stage.rhythm(every_one, 3, skip_holidays=False, **april)
    assert {date(2027, 6, 2), date(2027, 3, 24)} <= set(stage.days(every_one))


def test_where_the_room_is_taken_dates_are_left_out_or_have_none(stage: ActivityStage) -> None:
    stage.book(at(19, 17), at(19, 18))
    kept, left = stage.make(), stage.make()
    stage.rhythm(kept, room=stage.room, last_on=date(2027, 1, 26))
    assert [one.booking_id is not None for one in stage.sessions(kept)] == [True, False, True]
    stage.do(actions.cancel_activity, stage.cast.bashir, kept, reason="")
    stage.rhythm(left, room=stage.room, last_on=date(2027, 1, 26), clashing=OUT)
    assert stage.days(left) == [date(2027, 1, 12), date(2027, 1, 26)]


def test_a_rhythm_of_which_nothing_is_left_is_refused(stage: ActivityStage) -> None:
    stage.book(at(12, 16), at(12, 17))
    activity = stage.make()
    with pytest.raises(Invalid, match="No date is left"):
        stage.rhythm(activity, room=stage.room, last_on=date(2027, 1, 12), clashing=OUT)
    assert stage.rhythms(activity) == []


def test_the_lost_and_the_doubled_hour(stage: ActivityStage) -> None:
    activity = stage.make()
    stage.rhythm(activity, 7, hour=2, first_on=date(2027, 3, 21), last_on=date(2027, 3, 28), skip_holidays=False)
    lost = stage.sessions(activity)[-1]
    assert lost.starts_at == at(28, 3, month=3)  # what begins at two begins at three
    assert lost.ends_at - lost.starts_at == timedelta(hours=2)
    stage.rhythm(activity, 7, hour=2, first_on=date(2027, 10, 31), last_on=date(2027, 10, 31), skip_holidays=False)
    doubled = stage.sessions(activity)[-1]
    assert doubled.starts_at == at(31, 2, month=10)  # the first of the two
    assert doubled.ends_at - doubled.starts_at == timedelta(hours=2)


def test_four_in_the_afternoon_stays_four_when_the_clocks_change(stage: ActivityStage) -> None:
    activity = stage.make()
    stage.rhythm(activity, first_on=date(2027, 3, 23), last_on=date(2027, 3, 30), room=stage.room)
    assert [one.starts_at for one in stage.sessions(activity)] == [at(23, 16, month=3), at(30, 16, month=3)]
    assert [one.starts_at.hour for one in stage.sessions(activity)] == [15, 14]


def test_the_leap_day_is_a_day(stage: ActivityStage) -> None:
    with clock.at(at(3, 9, month=1, year=2028)):
        activity = stage.make()
        stage.rhythm(activity, first_on=date(2028, 2, 22), last_on=date(2028, 3, 7))
        assert stage.days(activity) == [date(2028, 2, 22), date(2028, 2, 29), date(2028, 3, 7)]
        own = stage.make()
        stage.dates(own, at(29, 16, month=2, year=2028))
        assert stage.days(own) == [date(2028, 2, 29)]
        beat = Beat((2,), at(3, 16).time(), 60, date(2028, 2, 29), date(2029, 2, 28))
        check_beat(beat, date(2028, 1, 3))


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"weekdays": ()}, "weekdays"),
        ({"weekdays": (8,)}, "weekdays"),
        ({"minutes": 0}, "ends"),
        ({"minutes": -30}, "ends"),
        ({"minutes": 1441}, "ends"),
        ({"first_on": date(2027, 1, 10)}, "day"),
        ({"first_on": date(2030, 1, 10)}, "day"),
        ({"last_on": date(2027, 1, 11)}, "last_on"),
        ({"last_on": date(2028, 2, 12)}, "last_on"),
        ({"first_on": date(2028, 12, 1), "last_on": date(2029, 6, 1)}, "last_on"),
        ({"every_weeks": 9}, "every_weeks"),
        ({"every_weeks": 0}, "every_weeks"),
    ],
)
def test_rhythms_that_cannot_be(more: dict[str, Any], field: str) -> None:
    said = {"weekdays": (2,), "at": at(12, 16).time(), "minutes": 60, "first_on": date(2027, 1, 12), **more}
    with pytest.raises(Invalid) as refused:
        check_beat(Beat(**said), date(2027, 1, 11))
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": "  "}, "title"),
        ({"kind": "party"}, "kind"),
        ({"min_age": 10, "max_age": 6}, "max_age"),
        ({"places": 4, "min_places": 5}, "min_places"),
        ({"ratio_rule": "warn"}, "children_per_adult"),
        ({"valid_months": 12}, "qualification"),
    ],
)
def test_what_an_activity_cannot_say(more: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_about(About(**{"title": "Compiti", "kind": "homework", **more}))
    assert refused.value.field == field


@given(
    first=st.dates(date(2027, 1, 1), date(2028, 12, 1)),
    length=st.none() | st.integers(0, LONGEST_RHYTHM.days),
    today=st.dates(date(2027, 1, 1), date(2028, 12, 1)),
)
def test_a_rhythm_is_never_laid_out_without_end(first: date, length: int | None, today: date) -> None:
    last = first + timedelta(days=length) if length is not None else None
    until = horizon(first, last, today)
    if last is not None:
        assert until == last
    else:
        assert until <= max(first, today) + WINDOW
        assert until < today + timedelta(days=731)


def test_dates_in_the_past_or_years_away_are_refused(stage: ActivityStage) -> None:
    activity = stage.make()
    for moment in (at(11, 8), at(12, 16, year=2030)):
        with pytest.raises(Invalid):
            stage.dates(activity, moment)
    assert stage.sessions(activity) == []


def test_a_room_of_another_center_is_refused(stage: ActivityStage) -> None:
    activity = stage.make()
    with pytest.raises(Invalid, match="room of this center"):
        stage.dates(activity, at(12, 16), room=99)


def test_a_rhythm_is_ended_and_what_stood_is_called_off(stage: ActivityStage) -> None:
    activity = stage.make()
    rhythm = stage.rhythm(activity, room=stage.room)
    with pytest.raises(Invalid):
        stage.do(actions.end_rhythm, stage.cast.bashir, activity, rhythm, date(2027, 1, 20))
    stage.do(actions.end_rhythm, stage.cast.bashir, activity, rhythm, date(2027, 1, 20), reason="Basta")
    assert stage.days(activity) == [date(2027, 1, 12), date(2027, 1, 19)]
    assert len(stage.held(stage.room)) == 2
    stage.open(activity)
    with clock.at(MONDAY + timedelta(days=200)), stage.database.writing() as session:
        assert not actions.roll_rhythm(session, rhythm)


def test_the_database_keeps_a_room_for_one(stage: ActivityStage) -> None:
    activity = stage.make()
    stage.dates(activity, at(12, 16), room=stage.room)
    with pytest.raises(Taken) as refused:
        stage.book(at(12, 17), at(12, 18))
    assert refused.value.title == "Compiti insieme"


def test_what_is_over_is_changed_no_more(stage: ActivityStage) -> None:
    activity = stage.make()
    stage.dates(activity, at(12, 16))
    stage.open(activity)
    with pytest.raises(Refused, match="dates to come"):
        stage.do(actions.end_activity, stage.cast.bashir, activity)
    with clock.at(MONDAY + timedelta(days=3)):
        for _twice in range(2):
            stage.do(actions.end_activity, stage.cast.bashir, activity)
        with pytest.raises(NotNow):
            stage.dates(activity, at(19, 16))
