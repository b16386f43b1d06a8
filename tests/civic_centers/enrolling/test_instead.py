"""Who lets another of the household come on one date of a course keeps the course, whatever becomes of that one."""

from datetime import timedelta

import pytest
from sqlmodel import select

from civic_centers.enrolling import actions
from community.dependants.actions import withdraw_consent
from community.households.tables import Dependant
from community.leaving.rules import Going
from foundation import clock
from tests.civic_centers.enrolling.stage import TUESDAY, EnrolStage


def course_of_one_date(stage: EnrolStage, places: int = 2) -> int:
    """The only date laid out of a course on which children stay alone."""
    return stage.session_row(stage.activity("Corso", enrol_for="all", left_alone=True), TUESDAY, places=places)


def swap(stage: EnrolStage, who: int, key: str) -> None:
    """Somebody who is looked after lets another come; each time a moment later."""
    [row] = [row for row in stage.all() if row.dependant_id == who and row.state in ("held", "away")]
    with clock.at(clock.now() + timedelta(minutes=len(stage.all()))):
        stage.do(actions.swap, stage.cast.anna, row.id, key)


def lose(stage: EnrolStage, who: int) -> None:
    with clock.at(clock.now() + timedelta(hours=1)):
        stage.do(withdraw_consent, stage.cast.anna, who)
        with stage.database.writing() as session:
            actions.look_at_consent(session, who)


def list_of(stage: EnrolStage, date: int) -> list[str]:
    """Who is on the list of a date, as names and states."""
    with stage.database.reading() as session:
        names = {one.id: one.nickname for one in session.exec(select(Dependant)).all()}
    rows = [row for row in stage.all() if row.session_id == date]
    return [f"{names.get(row.dependant_id, 'adult')} {row.state}" for row in rows]


def next_date(stage: EnrolStage, date: int, places: int = 2) -> list[str]:
    """Who comes to a date of the same course that is laid out later, as the job finds it."""
    later = stage.session_row(stage.one(date).activity_id, TUESDAY + timedelta(days=7), places=places)
    with stage.database.writing() as session:
        assert actions.dates_to_follow(session) == [later]
        actions.follow(session, later)
    return list_of(stage, later)


def test_who_gave_the_place_for_the_only_date_keeps_the_course(stage: EnrolStage) -> None:
    date, third = course_of_one_date(stage, places=1), stage.child(stage.cast.anna, "Terza")
    stage.enrol(stage.cast.anna, date, f"d{stage.ettore}")
    stage.enrol(stage.cast.chiara, date)
    swap(stage, stage.ettore, f"d{third}")
    lose(stage, third)
    assert list_of(stage, date) == ["Ettore swapped", "adult waiting", "Terza swapped", "Ettore away"]
    assert [one.state for one in stage.requests()] == ["held", "waiting"]
    assert stage.one(date).taken == 1, "the place is one of the whole course: nobody else gets it"
    assert ("anna", "enrolling:not_for_now") in stage.letters()
    assert next_date(stage, date, places=1) == ["Ettore held", "adult waiting"]


def test_they_may_come_after_all(stage: EnrolStage) -> None:
    date, third = course_of_one_date(stage), stage.child(stage.cast.anna, "Terza")
    stage.enrol(stage.cast.anna, date, f"d{stage.ettore}")
    swap(stage, stage.ettore, f"d{third}")
    lose(stage, third)
    stage.do(actions.come_after_all, stage.cast.anna, stage.all()[-1].id)
    assert list_of(stage, date)[-1] == "Ettore held"
    lose(stage, stage.ettore)
    assert list_of(stage, date)[-1] == "Ettore lost", "and what they lose themselves is lost"
    assert stage.one(date).taken == 0


def test_each_stand_in_gives_back_to_their_own(stage: EnrolStage) -> None:
    date = course_of_one_date(stage)
    third, fourth, fifth = (stage.child(stage.cast.anna, name) for name in ("Terza", "Quarto", "Quinta"))
    stage.enrol(stage.cast.anna, date, *stage.kids())
    swap(stage, stage.mina, f"d{third}")
    swap(stage, stage.ettore, f"d{fourth}")
    swap(stage, third, f"d{fifth}")
    lose(stage, fifth)
    assert list_of(stage, date)[-1] == "Mina away"
    assert stage.one(date).taken == 2
    lose(stage, fourth)
    assert list_of(stage, date)[-1] == "Ettore away"
    assert next_date(stage, date) == ["Ettore held", "Mina held"]


def test_who_may_not_come_either_does_not(stage: EnrolStage) -> None:
    date, third = course_of_one_date(stage), stage.child(stage.cast.anna, "Terza")
    stage.enrol(stage.cast.anna, date, f"d{stage.ettore}")
    swap(stage, stage.ettore, f"d{third}")
    lose(stage, stage.ettore)
    lose(stage, third)
    assert list_of(stage, date) == ["Ettore swapped", "Terza lost"]
    assert [one.state for one in stage.requests()] == ["ended"]


@pytest.mark.parametrize("way", ["stopped", "leaves"])
def test_of_an_adult_who_is_stopped_or_leaves(stage: EnrolStage, way: str) -> None:
    date, elio = course_of_one_date(stage), stage.second_adult(stage.cast.anna, "elio")
    stage.enrol(stage.cast.anna, date, f"d{stage.ettore}")
    swap(stage, stage.ettore, f"p{elio.id}")
    with stage.database.writing() as session:
        if way == "stopped":
            actions.end_of_stopped(session, stage.cast.maker.actor, elio.id)
        else:
            actions.end_with(session, Going(stage.cast.community.id, elio.id, (), (stage.cast.anna.party.id,)))
    assert list_of(stage, date)[-1] == "Ettore away"


def test_not_of_a_household_that_ends(stage: EnrolStage) -> None:
    date, third = course_of_one_date(stage), stage.child(stage.cast.anna, "Terza")
    stage.enrol(stage.cast.anna, date, f"d{stage.ettore}")
    swap(stage, stage.ettore, f"d{third}")
    anna = stage.cast.anna
    with stage.database.writing() as session:
        actions.end_with(session, Going(stage.cast.community.id, anna.id, (anna.party.id,), ()))
    assert list_of(stage, date) == ["Ettore swapped", "Terza lost"]


def test_of_a_single_date_the_place_is_free(stage: EnrolStage) -> None:
    date, third = stage.date(places=1, left_alone=True), stage.child(stage.cast.anna, "Terza")
    stage.enrol(stage.cast.anna, date, f"d{stage.ettore}")
    stage.enrol(stage.cast.chiara, date)
    swap(stage, stage.ettore, f"d{third}")
    lose(stage, third)
    assert list_of(stage, date) == ["Ettore swapped", "adult offered", "Terza lost"]
