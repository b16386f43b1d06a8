"""At the door: who came, who did not, and with whom a child goes home."""

from datetime import date as day
from datetime import timedelta

import pytest

from civic_centers.enrolling import actions
from civic_centers.enrolling.queries import has_qualification
from civic_centers.enrolling.queries.fetching import allowed_for, readable_by, said_of
from civic_centers.enrolling.queries.listing import NoSuchCode, expected_of, holder_of, list_of
from civic_centers.enrolling.rules import NotAllowed, NotNow, fingerprint, valid_until
from community.members.tables import Person
from foundation import clock
from foundation.errors import Invalid, Missing, Refused
from tests.civic_centers.enrolling.stage import TUESDAY, EnrolStage


def test_scanning_twice_changes_nothing(stage: EnrolStage) -> None:
    date = stage.date(places=None)
    stage.enrol(stage.cast.anna, date, *stage.kids())
    ids = [row.id for row in stage.all()]
    with pytest.raises(Refused):
        stage.do(actions.note_came, stage.cast.bashir, date, ids)
    with clock.at(TUESDAY):
        with pytest.raises(Missing):
            stage.do(actions.note_came, stage.cast.anna, date, ids)
        assert len(stage.do(actions.note_came, stage.cast.bashir, date, ids[:1], way="code").now) == 1
    with clock.at(TUESDAY + timedelta(minutes=5)):
        again = stage.do(actions.note_came, stage.cast.bashir, date, ids, way="code")
        assert again.now == (ids[1],)
        assert again.before == ((ids[0], TUESDAY),)
        assert stage.do(actions.close_list, stage.cast.bashir, date) == 0


def test_who_did_not_come_is_noted_for_keepers_and_themselves_alone(stage: EnrolStage) -> None:
    date = stage.date(places=2)
    stage.enrol(stage.cast.anna, date)
    stage.enrol(stage.cast.chiara, date)
    with pytest.raises(Refused):
        stage.do(actions.close_list, stage.cast.bashir, date)
    with clock.at(TUESDAY + timedelta(hours=2)):
        stage.do(actions.note_came, stage.cast.bashir, date, [stage.all()[0].id])
        assert stage.do(actions.close_list, stage.cast.bashir, date) == 1
        assert [row.absent_at is not None for row in stage.all()] == [False, True]
        stage.do(actions.note_came, stage.cast.bashir, date, [stage.all()[1].id])
        assert stage.all()[1].absent_at is None
        with pytest.raises(Missing), stage.database.reading() as session:
            list_of(session, stage.cast.chiara.actor, date)


def test_somebody_elses_code_shows_nothing(stage: EnrolStage) -> None:
    date = stage.date(places=None)
    stage.enrol(stage.cast.anna, date, *stage.kids())
    code = stage.do(actions.own_code, stage.cast.anna)
    assert stage.do(actions.own_code, stage.cast.anna) == code
    with clock.at(TUESDAY), stage.database.reading() as session:
        person_id = holder_of(session, stage.cast.bashir.actor, code.lower())
        assert person_id == stage.cast.anna.id
        [expected] = expected_of(session, stage.cast.bashir.actor, person_id)
        assert [name for _row, name in expected.people] == ["Ettore", "Mina"]
        assert expected_of(session, stage.cast.bashir.actor, stage.cast.chiara.id) == []
        assert expected_of(session, stage.cast.other_maker.actor, person_id) == []
        with pytest.raises(NoSuchCode):
            holder_of(session, stage.cast.administrator.actor, code + "X")
        with pytest.raises(Missing):
            holder_of(session, stage.cast.zoe.actor, code)
    stage.do(actions.renew_code, stage.cast.anna)
    with stage.database.reading() as session, pytest.raises(NoSuchCode):
        holder_of(session, stage.cast.bashir.actor, code)
    assert fingerprint("ab-12") == fingerprint("AB12")


def test_an_excluded_parent_is_never_shown_as_allowed(stage: EnrolStage) -> None:
    elio = stage.second_adult(stage.cast.anna, "elio")
    stage.do(actions.say_pick_up, elio, stage.ettore, "allowed", name="Elio Prova")
    stage.do(actions.say_pick_up, stage.cast.anna, stage.ettore, "allowed", name="Nonna Rosa")
    stage.do(actions.say_pick_up, stage.cast.anna, stage.ettore, "excluded", name="elio prova")
    stage.do(actions.say_pick_up, elio, stage.ettore, "allowed", name="Prova, Elio")
    stage.do(actions.say_pick_up, elio, stage.ettore, "allowed", name="Èlio M. Prova")
    with stage.database.reading() as session:
        assert allowed_for(session, [stage.ettore])[stage.ettore] == ["Anna Prova", "Nonna Rosa"]
        rows = said_of(session, [stage.ettore])[stage.ettore]
        assert "excluded" not in {row.kind for row in readable_by(session.get_one(Person, elio.id), rows)}
        line = next(row for row in rows if row.kind == "excluded")
        assert line in readable_by(session.get_one(Person, stage.cast.anna.id), rows)
    with pytest.raises(Missing):
        stage.do(actions.take_back_pick_up, elio, stage.ettore, line.id)
    with pytest.raises(Missing):
        stage.do(actions.say_pick_up, stage.cast.chiara, stage.ettore, "allowed", name="Chiara Prova")


def test_a_child_goes_home_with_who_may(stage: EnrolStage) -> None:
    date = stage.date(places=None, left_alone=True)
    stage.enrol(stage.cast.anna, date, *stage.kids())
    first, second = stage.all()
    with clock.at(TUESDAY):
        with pytest.raises(NotNow):
            stage.do(actions.note_left, stage.cast.bashir, date, first.id, "Anna Prova")
        stage.do(actions.note_came, stage.cast.bashir, date, [first.id, second.id])
        for name in ("", "Chiara Prova", "alone"):
            with pytest.raises(NotAllowed):
                stage.do(actions.note_left, stage.cast.bashir, date, first.id, name)
        stage.do(actions.note_left, stage.cast.bashir, date, first.id, "Anna Prova")
        assert stage.all()[0].left_with == "Anna Prova"
        with pytest.raises(NotNow):
            stage.do(actions.note_not_come, stage.cast.bashir, date, first.id)
    with pytest.raises(Invalid):
        stage.do(actions.say_pick_up, stage.cast.anna, stage.mina, "alone")


def test_a_training_gives_what_ends(stage: EnrolStage) -> None:
    date = stage.date(places=None, kind="training", qualification="Primo soccorso", valid_months=24)
    stage.enrol(stage.cast.anna, date)
    stage.enrol(stage.cast.chiara, date)
    anna, chiara = stage.all()
    with clock.at(TUESDAY):
        stage.do(actions.note_came, stage.cast.bashir, date, [anna.id])
        with pytest.raises(Invalid):
            stage.do(actions.give_qualification, stage.cast.bashir, date, [chiara.id])
        with pytest.raises(Missing):
            stage.do(actions.give_qualification, stage.cast.anna, date, [anna.id])
        assert stage.do(actions.give_qualification, stage.cast.bashir, date, [anna.id]) == 1
        assert stage.do(actions.give_qualification, stage.cast.bashir, date, [anna.id]) == 0
    with stage.database.reading() as session:
        assert has_qualification(
            session, stage.cast.community.id, stage.cast.anna.id, "primo SOCCORSO", day(2029, 1, 11)
        )
        assert not has_qualification(
            session, stage.cast.community.id, stage.cast.anna.id, "Primo soccorso", day(2029, 1, 12)
        )
        assert not has_qualification(
            session, stage.cast.community.id, stage.cast.anna.id, "Primo soccorso", day(2027, 1, 11)
        )
        assert not has_qualification(
            session, stage.cast.community.id, stage.cast.chiara.id, "Primo soccorso", day(2027, 6, 1)
        )
    with clock.at(TUESDAY + timedelta(days=710)):
        for expected in (1, 0):
            with stage.database.writing() as session:
                assert actions.remind_ending(session) == expected


def test_months_end_on_days_that_exist() -> None:
    assert valid_until(day(2028, 2, 29), 12) == day(2029, 2, 27)
    assert valid_until(day(2027, 1, 31), 1) == day(2027, 2, 27)
    assert valid_until(day(2027, 3, 1), 12) == day(2028, 2, 29)
    assert valid_until(day(2027, 3, 1), None) is None
