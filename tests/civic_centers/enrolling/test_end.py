"""Places that end with something else: a date, a yes, fewer places, somebody's place in the community."""

from datetime import timedelta

import pytest
from sqlmodel import select

from civic_centers.activities import actions as activities
from civic_centers.activities.queries.writing import activity_written_about, may_write_to_them
from civic_centers.activities.rules import About
from civic_centers.activities.tables import ActivitySession
from civic_centers.enrolling import actions
from civic_centers.enrolling.queries.attending import who_comes
from civic_centers.enrolling.rules import NotNow
from community.dependants.actions import withdraw_consent
from community.households.actions import remove_dependant
from community.leaving.rules import Going
from community.members.tables import Membership
from foundation import clock
from foundation.errors import Missing
from foundation.jobs.tables import QueuedJob
from tests.civic_centers.enrolling.stage import TUESDAY, EnrolStage


def call_off(stage: EnrolStage, date: int) -> None:
    with stage.database.writing() as session:
        one = session.get_one(ActivitySession, date)
        one.state, one.version = "cancelled", one.version + 1
        session.add(one)
        session.flush()
        actions.end_with_dates(session, stage.cast.bashir.actor, [one], "Neve")


def test_a_date_that_is_called_off_and_takes_place_after_all(stage: EnrolStage) -> None:
    date = stage.date(places=1)
    stage.enrol(stage.cast.anna, date)
    stage.enrol(stage.cast.chiara, date)
    call_off(stage, date)
    assert stage.states(date) == ["off", "off"]
    assert stage.one(date).taken == 0
    assert [one.state for one in stage.requests(date)] == ["ended", "ended"]
    assert {name for name, notice in stage.letters() if notice == "enrolling:called_off"} == {"anna", "chiara"}
    with stage.database.writing() as session:
        one = session.get_one(ActivitySession, date)
        one.state, one.version = "planned", one.version + 1
        session.add(one)
        session.flush()
        actions.bring_back(session, stage.cast.bashir.actor, [one])
    assert stage.states(date) == ["held", "waiting"]
    assert stage.one(date).taken == 1
    assert [one.state for one in stage.requests(date)] == ["held", "waiting"]


def test_called_off_after_somebody_came(stage: EnrolStage) -> None:
    date = stage.date(places=2)
    stage.enrol(stage.cast.anna, date)
    stage.enrol(stage.cast.chiara, date)
    with clock.at(TUESDAY):
        stage.do(actions.note_came, stage.cast.bashir, date, [stage.all()[0].id])
        call_off(stage, date)
    assert stage.states(date) == ["held", "off"]
    assert stage.all()[0].came_at is not None


def test_fewer_places_let_who_came_last_step_back(stage: EnrolStage) -> None:
    date = stage.date(places=4)
    for name in ("chiara", "dario"):
        stage.enrol(stage.cast.members[name], date)
    stage.enrol(stage.cast.anna, date, *stage.kids())
    stage.enrol(stage.cast.bashir, date)
    with stage.database.reading() as session:
        assert actions.step_back(session, date, 4, "") is None
        assert actions.how_many_step_back(session, date, 3) == 1
    with stage.database.writing() as session:
        ending = actions.step_back(session, date, 3, "Una famiglia aspetta di nuovo.")
        ending.end(session, stage.cast.bashir.actor, "")
        one = session.get_one(ActivitySession, date)
        one.places = 3
        session.add(one)
    assert stage.states(date) == ["held", "held", "waiting", "waiting", "waiting"]
    assert stage.one(date).taken == 2
    assert ("anna", "enrolling:fewer_places") in stage.letters()
    stage.do(actions.cannot_come, stage.cast.dario, date)
    assert stage.states(date) == ["held", "cancelled", "offered", "offered", "waiting"]


def look(stage: EnrolStage) -> None:
    with stage.database.writing() as session:
        for job in session.exec(select(QueuedJob).where(QueuedJob.kind == "enrolling.consent")).all():
            actions.look_at_consent(session, job.payload["dependant"])


def test_a_guardian_takes_the_yes_back(stage: EnrolStage) -> None:
    alone, with_us = stage.date(places=1, left_alone=True), stage.date(places=1)
    stage.enrol(stage.cast.anna, alone, f"d{stage.ettore}")
    stage.enrol(stage.cast.anna, with_us, f"d{stage.mina}")
    stage.enrol(stage.cast.chiara, alone)
    stage.do(withdraw_consent, stage.cast.anna, stage.ettore)
    look(stage)
    assert stage.states(alone) == ["lost", "offered"]
    assert stage.states(with_us) == ["held"]
    assert ("anna", "enrolling:not_for_now") in stage.letters()


def test_somebody_is_looked_after_no_more(stage: EnrolStage) -> None:
    date = stage.date(places=1)
    stage.enrol(stage.cast.anna, date, f"d{stage.ettore}")
    stage.enrol(stage.cast.chiara, date)
    stage.do(actions.say_pick_up, stage.cast.anna, stage.ettore, "allowed", name="Nonna Rosa")
    stage.do(remove_dependant, stage.cast.anna, stage.cast.anna.party.id, stage.ettore)
    assert stage.states(date) == ["lost", "offered"]


def test_who_leaves_gives_up_their_places_and_is_forgotten(stage: EnrolStage) -> None:
    date = stage.date(places=1)
    stage.enrol(stage.cast.anna, date)
    stage.enrol(stage.cast.chiara, date)
    going = Going(stage.cast.community.id, stage.cast.anna.id, (stage.cast.anna.party.id,), ())
    with stage.database.writing() as session:
        actions.end_with(session, going)
    assert stage.states(date) == ["lost", "offered"]
    with stage.database.writing() as session:
        actions.forget(session, going)
    row = stage.all()[0]
    assert (row.person_id, row.party_id) == (None, None)
    assert stage.requests(date)[0].asked_by_id is None


def test_families_are_reminded_once_and_keepers_warned(stage: EnrolStage) -> None:
    date = stage.date(places=5, min_places=3, ratio_rule="warn", children_per_adult=1)
    stage.enrol(stage.cast.anna, date, *stage.kids())
    with clock.at(TUESDAY - timedelta(hours=20)):
        for _time in range(2):
            with stage.database.writing() as session:
                actions.remind(session, date)
                actions.warn(session, date)
    letters = stage.letters()
    assert letters.count(("anna", "enrolling:reminder")) == 1
    assert letters.count(("bashir", "enrolling:adults_missing")) == 1


def put_off(stage: EnrolStage, activity_id: int, date: int, verb: str = "cancel_session") -> None:
    more = {"reason": "Neve"} if verb == "cancel_session" else {}
    stage.do(getattr(activities, verb), stage.cast.bashir, activity_id, date, **more)


def test_who_may_not_come_any_more_is_not_brought_back(stage: EnrolStage) -> None:
    date = stage.date(places=6, left_alone=True)
    stage.enrol(stage.cast.anna, date, *stage.kids())
    stage.enrol(stage.cast.chiara, date)
    activity_id = stage.one(date).activity_id
    put_off(stage, activity_id, date)
    stage.do(withdraw_consent, stage.cast.anna, stage.ettore)
    with stage.database.writing() as session:
        gone = select(Membership).where(Membership.person_id == stage.cast.chiara.id)
        for member in session.exec(gone).all():
            member.state = "left"
            session.add(member)
    put_off(stage, activity_id, date, "restore_session")
    assert stage.states(date) == ["off", "held", "off"]
    assert stage.one(date).taken == 1


def test_who_left_a_course_is_not_brought_back_to_one_date_of_it(stage: EnrolStage) -> None:
    activity_id = stage.activity("Corso", enrol_for="all")
    first, second = (stage.session_row(activity_id, TUESDAY + timedelta(days=days), places=5) for days in (0, 7))
    stage.enrol(stage.cast.anna, first)
    stage.enrol(stage.cast.chiara, first)
    put_off(stage, activity_id, second)
    with clock.at(clock.now() + timedelta(hours=1)):
        stage.do(actions.leave, stage.cast.anna, stage.requests()[0].id)
        put_off(stage, activity_id, second, "restore_session")
    assert stage.states(second) == ["off", "held"]
    assert stage.states(first) == ["cancelled", "held"]


def test_where_children_stay_alone_from_now_on_every_yes_is_looked_at(stage: EnrolStage) -> None:
    activity_id = stage.make(places=6)
    date = stage.dates(activity_id, TUESDAY)[0]
    stage.open(activity_id)
    nobody_asked = stage.child(stage.cast.anna, "Zeno", said="")
    stage.enrol(stage.cast.anna, date, f"d{stage.ettore}", f"d{nobody_asked}")
    assert stage.states(date) == ["held", "held"]
    row = stage.row(activity_id)
    about = About(row.title, row.kind, places=6, left_alone=True)
    stage.do(activities.change_activity, stage.cast.bashir, activity_id, about, version=row.version)
    look(stage)
    assert stage.states(date) == ["held", "lost"]


def test_makers_write_to_the_adults_who_come(stage: EnrolStage) -> None:
    date = stage.date(places=6)
    stage.enrol(stage.cast.anna, date, f"d{stage.ettore}")
    stage.enrol(stage.cast.chiara, date)
    stage.enrol(stage.cast.dario, date)
    stage.do(actions.cannot_come, stage.cast.dario, date)
    activity_id = stage.one(date).activity_id
    maker = stage.cast.maker.actor
    with stage.database.reading() as session:
        people = set(session.scalars(who_comes(session, maker, activity_id)))
        assert people == {stage.cast.anna.id, stage.cast.chiara.id}
        assert may_write_to_them(session, maker, activity_id)
        assert not may_write_to_them(session, stage.cast.anna.actor, activity_id)
        assert activity_written_about(session, maker, activity_id)[0] == stage.row(activity_id).title
        with pytest.raises(Missing):
            activity_written_about(session, stage.cast.anna.actor, activity_id)


def test_who_is_stopped_does_not_come_and_their_children_do(stage: EnrolStage) -> None:
    date = stage.date(places=2)
    stage.enrol(stage.cast.anna, date, f"p{stage.cast.anna.id}", f"d{stage.ettore}")
    stage.enrol(stage.cast.chiara, date)
    with stage.database.writing() as session:
        actions.end_of_stopped(session, stage.cast.maker.actor, stage.cast.anna.id, [])
    assert sorted(stage.states(date)) == ["held", "lost", "offered"]


def test_an_offer_ends_when_the_date_it_is_for_begins(stage: EnrolStage) -> None:
    date = stage.date(places=1)
    stage.enrol(stage.cast.chiara, date)
    stage.enrol(stage.cast.anna, date)
    stage.do(actions.cannot_come, stage.cast.chiara, date)
    request = stage.requests(date)[-1]
    with stage.database.writing() as session:  # it was moved to the same day, an hour from now
        one = session.get_one(ActivitySession, date)
        one.starts_at, one.ends_at = clock.now() + timedelta(hours=1), clock.now() + timedelta(hours=3)
        session.add(one)
    with clock.at(clock.now() + timedelta(hours=2)), pytest.raises(NotNow):
        stage.do(actions.accept_offer, stage.cast.anna, request.id)
