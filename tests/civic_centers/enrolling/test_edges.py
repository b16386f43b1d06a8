"""Where a date has just begun, a list is closed, or a word is somebody else's: each condition by itself."""

from datetime import date as day
from datetime import timedelta

import pytest

from civic_centers.enrolling import actions
from civic_centers.enrolling.queries.fetching import said_of
from civic_centers.enrolling.rules import LIST_OPEN_FOR, NotNow
from foundation import clock
from foundation.errors import Invalid, Refused
from tests.civic_centers.enrolling.stage import TUESDAY, EnrolStage


def test_who_has_come_is_not_exchanged_and_cannot_not_come(stage: EnrolStage) -> None:
    date = stage.date(places=2)
    stage.enrol(stage.cast.anna, date, f"d{stage.ettore}")
    row = stage.all()[0]
    with clock.at(TUESDAY - timedelta(minutes=30)):
        stage.do(actions.note_came, stage.cast.bashir, date, [row.id])
        with pytest.raises(NotNow):
            stage.do(actions.swap, stage.cast.anna, row.id, f"d{stage.mina}")
        with pytest.raises(NotNow):
            stage.do(actions.cannot_come, stage.cast.anna, date)
    assert stage.states(date) == ["held"]


def test_after_the_start_nobody_is_exchanged(stage: EnrolStage) -> None:
    date = stage.date(places=2)
    stage.enrol(stage.cast.anna, date, f"d{stage.ettore}")
    with clock.at(TUESDAY), pytest.raises(Refused):
        stage.do(actions.swap, stage.cast.anna, stage.all()[0].id, f"d{stage.mina}")
    assert stage.states(date) == ["held"]


def test_children_stay_looked_after_when_somebody_is_exchanged(stage: EnrolStage) -> None:
    date = stage.date(places=5, ratio_rule="refuse", children_per_adult=1)
    anna = stage.cast.anna
    stage.enrol(anna, date, f"p{anna.id}", f"d{stage.ettore}")
    with pytest.raises(Refused):
        stage.do(actions.swap, anna, next(row.id for row in stage.all() if row.person_id), f"d{stage.mina}")
    assert stage.states(date) == ["held", "held"]


def test_a_list_is_written_for_a_week(stage: EnrolStage) -> None:
    date = stage.date(places=2)
    stage.enrol(stage.cast.anna, date)
    row, ends_at = stage.all()[0], stage.one(date).ends_at
    with clock.at(ends_at + LIST_OPEN_FOR + timedelta(seconds=1)), pytest.raises(Refused):
        stage.do(actions.note_came, stage.cast.bashir, date, [row.id])
    with clock.at(ends_at + LIST_OPEN_FOR):
        assert stage.do(actions.note_came, stage.cast.bashir, date, [row.id]).now == (row.id,)


def test_an_exclusion_is_taken_back_by_who_said_it(stage: EnrolStage) -> None:
    elio = stage.second_adult(stage.cast.anna, "elio")
    with pytest.raises(Invalid):
        stage.do(actions.say_pick_up, elio, stage.ettore, "excluded", name="Elio Prova")
    stage.do(actions.say_pick_up, stage.cast.anna, stage.ettore, "excluded", name="Zio Ugo")
    with stage.database.reading() as session:
        [line] = said_of(session, [stage.ettore])[stage.ettore]
    with pytest.raises(Refused):
        stage.do(actions.take_back_pick_up, elio, stage.ettore, line.id)
    stage.do(actions.take_back_pick_up, stage.cast.anna, stage.ettore, line.id)


def test_who_enrolled_just_now_needs_no_reminder(stage: EnrolStage) -> None:
    date = stage.date(places=2)
    with clock.at(TUESDAY - timedelta(hours=3)):
        stage.enrol(stage.cast.anna, date)
    for hours, told in ((1.5, 0), (0.5, 1)):
        with clock.at(TUESDAY - timedelta(hours=hours)), stage.database.writing() as session:
            actions.remind(session, date)
        assert stage.letters().count(("anna", "enrolling:reminder")) == told


def test_who_waits_for_a_course_waits_for_its_later_dates_too(stage: EnrolStage) -> None:
    course = stage.activity("Corso", enrol_for="all")
    first = stage.session_row(course, TUESDAY, places=1)
    stage.enrol(stage.cast.anna, first)
    stage.enrol(stage.cast.chiara, first)
    second = stage.session_row(course, TUESDAY + timedelta(days=7), places=5)
    with stage.database.writing() as session:
        actions.follow(session, second)
    assert stage.states(second) == ["held", "waiting"]


def test_who_has_a_later_one_is_not_told_that_the_first_ends(stage: EnrolStage) -> None:
    dates = [
        stage.date(places=None, starts_at=TUESDAY + timedelta(days=days), qualification="HACCP", valid_months=12)
        for days in (0, 30)
    ]
    for date in dates:
        stage.enrol(stage.cast.anna, date)
    for row in stage.all():
        with clock.at(stage.one(row.session_id).starts_at):
            stage.do(actions.note_came, stage.cast.bashir, row.session_id, [row.id])
            stage.do(actions.give_qualification, stage.cast.bashir, row.session_id, [row.id])
    ends = day(2028, 1, 11)
    with clock.at(TUESDAY.replace(year=ends.year) - timedelta(days=10)), stage.database.writing() as session:
        assert actions.remind_ending(session) == 0
