"""Enrolling a family in one go, and the line behind it."""

from datetime import timedelta

import pytest

from civic_centers.activities.tables import ActivitySession
from civic_centers.enrolling import actions
from civic_centers.enrolling.actions import Already
from civic_centers.enrolling.rules import Begun, NoPickUp, NotNow
from community.dependants.actions import withdraw_consent
from community.dependants.rules import NotInOrder
from foundation import clock
from foundation.errors import Invalid, Missing
from tests.civic_centers.enrolling.stage import TUESDAY, EnrolStage


def test_a_family_comes_in_one_go(stage: EnrolStage) -> None:
    date = stage.date(places=3)
    answers = stage.enrol(stage.cast.anna, date, *stage.kids(), f"p{stage.cast.anna.id}")
    assert [one.held for one in answers] == [True]
    assert stage.states(date) == ["held"] * 3
    assert stage.one(date).taken == 3
    with pytest.raises(Already):
        stage.enrol(stage.cast.anna, date, f"d{stage.ettore}")


def test_all_or_none_when_they_wish(stage: EnrolStage) -> None:
    date = stage.date(places=2)
    stage.enrol(stage.cast.chiara, date)
    assert [one.held for one in stage.enrol(stage.cast.anna, date, *stage.kids())] == [False]
    assert stage.one(date).taken == 1
    other = stage.date(places=1)
    answers = stage.enrol(stage.cast.anna, other, *stage.kids(), together=False)
    assert [one.held for one in answers] == [True, False]
    assert stage.states(other) == ["held", "waiting"]


def test_more_together_than_there_are_places_never_wait(stage: EnrolStage) -> None:
    date = stage.date(places=1)
    with pytest.raises(Invalid, match="only 1"):
        stage.enrol(stage.cast.anna, date, *stage.kids())
    assert stage.states(date) == []


def test_who_no_longer_fits_at_all_holds_up_nobody(stage: EnrolStage) -> None:
    date = stage.date(places=2)
    stage.enrol(stage.cast.chiara, date)
    stage.enrol(stage.cast.anna, date, *stage.kids())
    stage.enrol(stage.cast.dario, date)
    with stage.database.writing() as session:
        session.get_one(ActivitySession, date).places = 1
    stage.do(actions.cannot_come, stage.cast.chiara, date)
    assert stage.states(date) == ["cancelled", "waiting", "waiting", "offered"]


def test_who_waits_for_a_course_waits_for_all_of_it(stage: EnrolStage) -> None:
    activity_id = stage.activity("Corso", enrol_for="all")
    first = stage.session_row(activity_id, TUESDAY, places=1)
    stage.session_row(activity_id, TUESDAY + timedelta(days=7), places=1)
    stage.enrol(stage.cast.chiara, first)
    stage.enrol(stage.cast.dario, first)
    assert [(one.session_id, one.state) for one in stage.requests()] == [(None, "held"), (None, "waiting")]
    assert [row.state for row in stage.all()] == ["held", "held", "waiting", "waiting"]


def test_nobody_overtakes_a_family_that_waits(stage: EnrolStage) -> None:
    date = stage.date(places=2)
    stage.enrol(stage.cast.chiara, date)
    stage.enrol(stage.cast.anna, date, *stage.kids())
    stage.enrol(stage.cast.dario, date)
    assert stage.states(date) == ["held", "waiting", "waiting", "waiting"]
    stage.do(actions.cannot_come, stage.cast.chiara, date)
    assert stage.states(date) == ["cancelled", "offered", "offered", "waiting"]
    assert stage.one(date).taken == 2
    assert ("anna", "enrolling:offered") in stage.letters()


def test_offers_end_and_go_to_the_next(stage: EnrolStage) -> None:
    date = stage.date(places=1, offer_hours=6)
    for name in ("chiara", "anna", "dario"):
        stage.enrol(stage.cast.members[name], date)
    stage.do(actions.cannot_come, stage.cast.chiara, date)
    first = stage.requests(date)[1]
    with stage.database.writing() as session:
        assert not actions.expire_offer(session, first.id)
    with clock.at(clock.now() + timedelta(hours=6)):
        with pytest.raises(NotNow):
            stage.do(actions.accept_offer, stage.cast.anna, first.id)
        with stage.database.writing() as session:
            assert actions.expire_offer(session, first.id)
        with stage.database.writing() as session:
            assert not actions.expire_offer(session, first.id)
        assert stage.states(date) == ["cancelled", "lapsed", "offered"]
        stage.do(actions.accept_offer, stage.cast.dario, stage.requests(date)[2].id)
        stage.do(actions.accept_offer, stage.cast.dario, stage.requests(date)[2].id)
    assert stage.states(date) == ["cancelled", "lapsed", "held"]
    assert stage.one(date).taken == 1
    assert ("anna", "enrolling:lapsed") in stage.letters()


def test_who_said_no_is_not_offered_again(stage: EnrolStage) -> None:
    date = stage.date(places=1)
    for name in ("chiara", "anna", "dario"):
        stage.enrol(stage.cast.members[name], date)
    stage.do(actions.cannot_come, stage.cast.chiara, date)
    stage.do(actions.leave, stage.cast.anna, stage.requests(date)[1].id)
    assert stage.states(date) == ["cancelled", "declined", "offered"]
    stage.do(actions.leave, stage.cast.dario, stage.requests(date)[2].id)
    assert stage.states(date) == ["cancelled", "declined", "declined"]
    assert stage.one(date).taken == 0
    assert [one.held for one in stage.enrol(stage.cast.chiara, date)] == [True]


def test_ages_are_looked_at(stage: EnrolStage) -> None:
    date = stage.date(places=None, min_age=9, max_age=13)
    small = stage.child(stage.cast.anna, "Piccola", "3-5")
    with pytest.raises(Invalid):
        stage.enrol(stage.cast.anna, date, f"d{small}")
    with pytest.raises(Invalid):
        stage.enrol(stage.cast.anna, date)
    stage.enrol(stage.cast.anna, date, f"d{stage.ettore}")
    with pytest.raises(Invalid):
        stage.enrol(stage.cast.chiara, date, f"d{stage.mina}")


def test_consents_and_who_fetches_are_looked_at(stage: EnrolStage) -> None:
    alone = stage.date(places=None, left_alone=True)
    with_us = stage.date(places=None)
    unsaid = stage.child(stage.cast.anna, "Senza", said="")
    refused = stage.child(stage.cast.anna, "No", said="no")
    with pytest.raises(NotInOrder):
        stage.enrol(stage.cast.anna, alone, f"d{unsaid}")
    stage.enrol(stage.cast.anna, with_us, f"d{unsaid}")
    with pytest.raises(NotInOrder):
        stage.enrol(stage.cast.anna, with_us, f"d{refused}")
    stage.enrol(stage.cast.anna, alone, f"d{stage.ettore}")
    other = stage.second_adult(stage.cast.anna, "elio")
    stage.do(actions.say_pick_up, other, stage.mina, "excluded", name=stage.cast.anna.name)
    stage.do(actions.say_pick_up, stage.cast.anna, stage.mina, "excluded", name=other.name)
    with pytest.raises(NoPickUp):
        stage.enrol(stage.cast.anna, alone, f"d{stage.mina}")


def test_children_wait_for_adults_where_it_is_enforced(stage: EnrolStage) -> None:
    date = stage.date(places=10, ratio_rule="refuse", children_per_adult=2)
    assert not stage.enrol(stage.cast.anna, date, *stage.kids())[0].held
    assert stage.enrol(stage.cast.chiara, date)[0].held
    assert stage.states(date) == ["offered", "offered", "held"]
    third = stage.child(stage.cast.anna, "Terza")
    assert not stage.enrol(stage.cast.anna, date, f"d{third}")[0].held
    mixed = stage.date(places=10, ratio_rule="refuse", children_per_adult=2)
    assert stage.enrol(stage.cast.anna, mixed, *stage.kids(), f"p{stage.cast.anna.id}")[0].held
    warned = stage.date(places=10, ratio_rule="warn", children_per_adult=2)
    assert stage.enrol(stage.cast.anna, warned, *stage.kids())[0].held


def test_a_course_is_for_all_dates(stage: EnrolStage) -> None:
    course = stage.activity("Corso", enrol_for="all")
    first = stage.session_row(course, TUESDAY, places=1)
    second = stage.session_row(course, TUESDAY + timedelta(days=7), places=1)
    assert stage.enrol(stage.cast.chiara, second)[0].held
    assert not stage.enrol(stage.cast.dario, first)[0].held
    assert stage.states(first) == stage.states(second) == ["held", "waiting"]
    stage.do(actions.cannot_come, stage.cast.chiara, first)
    assert stage.states(first) == ["away", "waiting"]
    assert stage.one(first).taken == 1
    away = next(row for row in stage.all() if row.state == "away")
    stage.do(actions.come_after_all, stage.cast.chiara, away.id)
    third = stage.session_row(course, TUESDAY + timedelta(days=14), places=1)
    with stage.database.writing() as session:
        assert actions.dates_to_follow(session) == [third]
        actions.follow(session, third)
        assert actions.dates_to_follow(session) == []
    assert stage.states(third) == ["held", "waiting"]
    stage.do(actions.leave, stage.cast.chiara, stage.requests()[0].id)
    assert stage.states(first) == stage.states(third) == ["cancelled", "offered"]


def test_somebody_else_of_the_family_comes(stage: EnrolStage) -> None:
    date = stage.date(places=1, max_age=10)
    stage.enrol(stage.cast.anna, date, f"d{stage.ettore}")
    stage.enrol(stage.cast.anna, date, f"d{stage.mina}")
    row = stage.all()[0]
    with pytest.raises(Already):
        stage.do(actions.swap, stage.cast.anna, row.id, f"d{stage.mina}")
    third = stage.child(stage.cast.anna, "Terza")
    with pytest.raises(Invalid):
        stage.do(actions.swap, stage.cast.anna, row.id, f"p{stage.cast.anna.id}")
    with pytest.raises(Missing):
        stage.do(actions.swap, stage.cast.chiara, row.id, f"d{third}")
    stage.do(actions.swap, stage.cast.anna, row.id, f"d{third}")
    assert stage.states(date) == ["swapped", "waiting", "held"]
    assert stage.one(date).taken == 1


def follow(stage: EnrolStage, date: int) -> list[str]:
    """Who is on the list of a date laid out later: the nicknames of those looked after, and how they stand."""
    with stage.database.writing() as session:
        actions.follow(session, date)
    names = {stage.ettore: "Ettore", stage.mina: "Mina"}
    return [f"{names.get(row.dependant_id, 'other')} {row.state}" for row in stage.all() if row.session_id == date]


def test_who_comes_instead_once_is_not_in_the_course(stage: EnrolStage) -> None:
    course = stage.activity("Corso", enrol_for="all")
    dates = [stage.session_row(course, TUESDAY + timedelta(days=7 * week), places=2) for week in range(2)]
    stage.enrol(stage.cast.anna, dates[0], *stage.kids())
    others = [stage.child(stage.cast.anna, name) for name in ("Terza", "Quarto")]
    for other in others:  # on the last date laid out one comes for Ettore, and then another for that one
        row = [row for row in stage.all() if row.session_id == dates[1] and row.dependant_id != stage.mina][-1]
        stage.do(actions.swap, stage.cast.anna, row.id, f"d{other}")
    assert stage.states(dates[1]) == ["swapped", "held", "swapped", "held"]
    later = [stage.session_row(course, TUESDAY + timedelta(days=7 * week), places=2) for week in (2, 3)]
    assert follow(stage, later[0]) == ["Ettore held", "Mina held"]
    assert follow(stage, later[1]) == ["Ettore held", "Mina held"]
    assert stage.one(later[0]).taken == 2


def test_of_a_course_of_one_date_too(stage: EnrolStage) -> None:
    course = stage.activity("Corso", enrol_for="all", left_alone=True)
    first = stage.session_row(course, TUESDAY, places=2)
    stage.enrol(stage.cast.anna, first, *stage.kids())
    row = next(row for row in stage.all() if row.dependant_id == stage.ettore)
    stage.do(actions.swap, stage.cast.anna, row.id, f"d{stage.child(stage.cast.anna, 'Terza')}")
    stage.do(withdraw_consent, stage.cast.anna, stage.ettore)
    later = stage.session_row(course, TUESDAY + timedelta(days=7), places=2)
    assert follow(stage, later) == ["Mina held"], "for whom the yes is absent now does not come by themselves"


def test_late_is_noted_and_after_the_start_it_is_too_late(stage: EnrolStage) -> None:
    date = stage.date(places=2, cancel_hours=24)
    stage.enrol(stage.cast.anna, date)
    stage.enrol(stage.cast.chiara, date)
    stage.do(actions.cannot_come, stage.cast.anna, date)
    with clock.at(TUESDAY - timedelta(hours=23)):
        assert stage.do(actions.cannot_come, stage.cast.chiara, date) == 1
        assert stage.do(actions.cannot_come, stage.cast.chiara, date) == 1
    assert [row.late for row in stage.all()] == [False, True]
    with clock.at(TUESDAY):
        with pytest.raises(Begun):
            stage.do(actions.cannot_come, stage.cast.chiara, date)
        with pytest.raises(Begun):
            stage.enrol(stage.cast.dario, date)
    with pytest.raises(Missing):
        stage.do(actions.cannot_come, stage.cast.dario, date)
    with pytest.raises(Missing):
        stage.do(actions.cannot_come, stage.cast.dario, date, [stage.all()[0].id])


def test_a_maker_enrols_who_is_not_online(stage: EnrolStage) -> None:
    date = stage.date()
    with stage.database.writing() as session:
        actions.enrol(session, stage.in_place_of(stage.cast.dario), [date], [f"p{stage.cast.dario.id}"])
    assert stage.requests(date)[0].asked_by_id == stage.cast.dario.id
    with pytest.raises(Missing):
        stage.enrol(stage.cast.zoe, date)
