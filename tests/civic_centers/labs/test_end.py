"""The end of a lab with what came of it, opening it again, and a center that closes."""

from datetime import date, time

import pytest

from civic_centers.activities import actions as activities
from civic_centers.activities.rules import Beat
from civic_centers.centers import actions as centers
from civic_centers.centers.rules import Overtaken
from civic_centers.labs import actions
from civic_centers.labs.feature import center_closes
from civic_centers.labs.queries import labs_of, next_dates
from civic_centers.labs.queries.inside import lab_of_activity
from civic_centers.labs.queries.single import lab_visible_to
from civic_centers.labs.rules import NotNow, Outcome
from community.conversations.queries import standing_in
from foundation.errors import Invalid, Missing, Refused
from foundation.feature import Feature, registry
from tests.civic_centers.labs.stage import TODAY, LabStage

CAME = Outcome("Sei famiglie si aiutano ancora", 6, 14)


def end(stage: LabStage, **more: object) -> None:
    stage.do(actions.end_lab, stage.cast.bashir, stage.lab_id, CAME, **{"version": stage.lab().version, **more})


def test_its_people_are_told_tasks_close_and_the_page_stays(stage: LabStage) -> None:
    cast, task = stage.cast, stage.task(owner="anna")
    stage.do(actions.invite_person, cast.bashir, stage.lab_id, cast.chiara.id)
    stage.forget_letters()
    heard: list[int] = []
    before = registry.features
    registry.register([*before, Feature("listening", hooks={"lab_ends": lambda _s, _a, lab: heard.append(lab.id)})])
    try:
        end(stage)
    finally:
        registry.register(before)
    lab = stage.lab()
    assert (lab.state, lab.outcome, lab.families, lab.people) == ("ended", CAME.words, 6, 14)
    assert (heard, stage.task_row(task).state, stage.state("chiara")) == ([stage.lab_id], "closed", "left")
    assert sorted(stage.letters()) == [("anna", "labs:ended"), ("chiara", "labs:ended"), ("maker", "labs:ended")]
    with stage.database.reading() as session:
        assert [one.id for one in labs_of(session, cast.dario.actor, state="ended")[0]] == [stage.lab_id]
    with pytest.raises(NotNow):
        stage.do(actions.join_lab, cast.chiara, stage.lab_id)
    with pytest.raises(NotNow):
        stage.do(actions.write_entry, cast.anna, stage.lab_id, "x", TODAY, public=False)


def test_it_says_what_came_of_it(stage: LabStage) -> None:
    for wrong in (Outcome(" "), Outcome("x", -1), Outcome("x", None, 100_001)):
        with pytest.raises(Invalid):
            stage.do(actions.end_lab, stage.cast.bashir, stage.lab_id, wrong, version=stage.lab().version)
    with pytest.raises(Overtaken):
        end(stage, version=99)
    with pytest.raises(Missing):
        stage.do(actions.end_lab, stage.cast.anna, stage.lab_id, CAME, version=1)


def test_a_maker_opens_it_again(stage: LabStage) -> None:
    end(stage)
    stage.forget_letters()
    with pytest.raises(Missing):
        stage.do(actions.reopen_lab, stage.cast.bashir, stage.lab_id)
    for _twice in range(2):
        stage.do(actions.reopen_lab, stage.cast.maker, stage.lab_id)
    assert stage.lab().state == "open"
    assert sorted(stage.letters()) == [("anna", "labs:reopened"), ("bashir", "labs:reopened")]


def test_meetings_are_activities_of_its_center(stage: LabStage) -> None:
    cast = stage.cast
    with pytest.raises(Missing):
        stage.do(actions.begin_meeting, cast.anna, stage.lab_id, "Incontro", "assembly")
    number = stage.do(actions.begin_meeting, cast.bashir, stage.lab_id, "Incontro", "assembly")
    week = Beat((3,), time(16), 60, date(2027, 1, 13), date(2027, 1, 30))
    stage.do(activities.add_rhythm, cast.bashir, number, week, None)
    with stage.database.reading() as session:
        assert next_dates(session, stage.lab_id) == []  # a draft is nobody's business
    stage.do(activities.publish_activity, cast.bashir, number)
    with stage.database.reading() as session:
        assert len(next_dates(session, stage.lab_id)) == 3
        assert lab_of_activity(session, number).id == stage.lab_id
    with pytest.raises(Missing):
        stage.do(actions.unlink_meeting, cast.maker, stage.make(name="Altro"), number)
    for _twice in range(2):
        stage.do(actions.unlink_meeting, cast.bashir, stage.lab_id, number)
    for _twice in range(2):
        stage.do(actions.link_meeting, cast.bashir, stage.lab_id, number)
    with pytest.raises(Invalid):
        stage.do(actions.link_meeting, cast.maker, stage.make(name="Ancora"), number)


def test_without_a_center_or_who_keeps_it_no_meeting_begins(stage: LabStage) -> None:
    cast = stage.cast
    nowhere = stage.make(name="Senza luogo", center_id=None)
    with pytest.raises(Refused):
        stage.do(actions.begin_meeting, cast.maker, nowhere, "Incontro", "assembly")
    stage.do(actions.set_keeper, cast.maker, stage.lab_id, stage.row("anna").id, keeper=True)
    with pytest.raises(Missing):
        stage.do(actions.begin_meeting, cast.anna, stage.lab_id, "Incontro", "assembly")


def test_a_center_that_closes_leaves_its_labs_without_a_place(stage: LabStage) -> None:
    before = registry.features
    registry.register([Feature("labs", hooks={"center_closes": center_closes})])
    try:
        stage.do(centers.close_center, stage.cast.maker, stage.center_id, last_day=TODAY, words="Si chiude")
    finally:
        registry.register(before)
    assert (stage.lab().center_id, stage.lab().state) == (None, "open")
    assert stage.letters() == [("bashir", "labs:center_gone")]


def test_who_is_in_it_writes_to_all_and_hears_once(stage: LabStage) -> None:
    cast = stage.cast
    for _twice in range(2):
        stage.do(actions.write_words, cast.anna, stage.lab_id, "Ciao a tutti")
    assert sorted(stage.letters()) == [("bashir", "labs:new_words"), ("maker", "labs:new_words")]
    with pytest.raises(Missing):
        stage.do(actions.write_words, cast.chiara, stage.lab_id, "E io?")
    with stage.database.reading() as session:
        thread = stage.lab().thread_id
        assert actions.standing(session, cast.anna.actor, thread).may_write
        assert actions.standing(session, cast.administrator.actor, thread) is None
        assert thread in session.scalars(actions.my_threads(cast.anna.actor)).all()
        assert actions.talks_of(session, cast.anna.actor, [thread])[thread].name == "Pomeriggi insieme"
        assert actions.talks_of(session, cast.chiara.actor, [thread]) == {}
        with pytest.raises(Missing):
            standing_in(session, cast.chiara.actor, thread)
    end(stage)
    with pytest.raises(Refused):
        stage.do(actions.write_words, cast.anna, stage.lab_id, "Ancora")


def test_who_asked_is_told_and_waits_no_more(stage: LabStage) -> None:
    cast, lab_id = stage.cast, stage.make(name="Su richiesta", entry="request")
    stage.do(actions.join_lab, cast.chiara, lab_id)
    stage.do(actions.invite_person, cast.maker, lab_id, cast.dario.id)
    stage.forget_letters()
    stage.do(actions.end_lab, cast.maker, lab_id, CAME, version=stage.lab(lab_id).version)
    assert sorted(stage.letters()) == [("chiara", "labs:ended"), ("dario", "labs:ended")]
    assert [stage.state(who, lab_id) for who in ("chiara", "dario", "maker")] == ["left", "left", "in"]


def test_what_no_maker_opened_is_not_opened_again(stage: LabStage) -> None:
    lab_id = stage.make(who="chiara", name="Una cosa")
    stage.do(actions.withdraw_lab, stage.cast.chiara, lab_id)
    with pytest.raises(NotNow):
        with stage.database.reading() as session:
            assert lab_visible_to(session, stage.cast.maker.actor, lab_id).state == "ended"
        stage.do(actions.reopen_lab, stage.cast.maker, lab_id)
    draft = stage.make(who="chiara", name="Un’altra")
    with pytest.raises(NotNow):
        stage.do(actions.reopen_lab, stage.cast.maker, draft)
