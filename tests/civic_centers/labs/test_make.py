"""Proposing a lab, opening it, and what a template gives."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select

from civic_centers.centers import actions as centers
from civic_centers.centers.rules import Overtaken
from civic_centers.labs import actions
from civic_centers.labs.queries import FOUND, among, found_by, lab_visible_to, labs_of
from civic_centers.labs.queries.waiting import lines_for_who_runs, number_for_who_runs
from civic_centers.labs.rules import MOST_PROPOSED, NotNow
from civic_centers.labs.tables import Lab, LabGoal, LabResource, LabTask
from civic_centers.wall import actions as wall
from foundation.access import Actor
from foundation.errors import Invalid, Missing, Refused
from tests.civic_centers.labs.stage import STARTER, TODAY, LabStage
from tests.finding import found


def seen(stage: LabStage, who: Actor) -> set[int]:
    with stage.database.reading() as session:
        return {lab.id for lab in labs_of(session, who)[0]}


def test_a_maker_opens_at_once_and_runs_it(stage: LabStage) -> None:
    made = stage.lab(stage.make(name="Via Po"))
    assert (made.state, stage.row("maker", made.id).is_keeper) == ("open", True)
    assert stage.letters() == []


def test_a_member_proposes_and_a_maker_of_the_zone_opens(stage: LabStage) -> None:
    cast = stage.cast
    lab_id = stage.make(who="chiara", name="La spesa insieme")
    assert stage.lab(lab_id).state == "draft"
    assert stage.letters() == [("maker", "labs:proposed")]
    assert lab_id not in seen(stage, cast.anna.actor)
    with stage.database.reading() as session:
        assert [lab.id for lab, _row, _who in lines_for_who_runs(session, cast.maker.actor)] == [lab_id]
        assert session.scalar(select(number_for_who_runs(cast.maker.actor))) == 1
    with pytest.raises(Missing):
        stage.do(actions.open_lab, cast.other_maker, lab_id)
    with pytest.raises(Missing):
        stage.do(actions.open_lab, cast.chiara, lab_id)
    for _twice in range(2):
        stage.do(actions.open_lab, cast.maker, lab_id)
    assert stage.letters()[1:] == [("chiara", "labs:opened")]
    assert lab_id in seen(stage, cast.anna.actor)


def test_what_is_not_taken_up_says_why_to_who_proposed_it_alone(stage: LabStage) -> None:
    lab_id = stage.make(who="chiara", name="Una cosa")
    with pytest.raises(Invalid):
        stage.do(actions.decline_lab, stage.cast.maker, lab_id, " ")
    stage.do(actions.decline_lab, stage.cast.maker, lab_id, "Esiste già")
    assert stage.letters()[-1] == ("chiara", "labs:not_taken")
    with stage.database.reading() as session:
        ended = [lab.id for lab in labs_of(session, stage.cast.anna.actor, state="ended")[0]]
    assert ended == []
    with pytest.raises(NotNow):
        stage.do(actions.open_lab, stage.cast.maker, lab_id)
    with pytest.raises(NotNow):
        stage.do(actions.reopen_lab, stage.cast.maker, lab_id)


def test_nobody_proposes_for_ever(stage: LabStage) -> None:
    for number in range(MOST_PROPOSED):
        stage.make(who="chiara", name=f"Proposta {number}")
    with pytest.raises(Refused):
        stage.make(who="chiara", name="Una di troppo")


def test_a_template_gives_first_goals_tasks_and_wishes(stage: LabStage) -> None:
    lab_id = stage.make(starter=STARTER, starts_on=date(2027, 2, 1), name="Dal modello")
    with stage.database.reading() as session:
        goals = session.exec(select(LabGoal).where(LabGoal.lab_id == lab_id).order_by(LabGoal.id)).all()
        tasks = session.exec(select(LabTask).where(LabTask.lab_id == lab_id)).all()
        wishes = session.exec(select(LabResource).where(LabResource.lab_id == lab_id)).all()
    assert [goal.due_on for goal in goals] == [date(2027, 3, 3), date(2027, 4, 2)]
    assert [(task.words, task.due_on) for task in tasks] == [("Trovare una sera", date(2027, 2, 8))]
    assert [(one.kind, one.amount) for one in wishes] == [("hours", 600), ("thing", 20)]
    assert not stage.do(actions.start_with, stage.cast.maker, lab_id, "care", STARTER)
    assert stage.do(actions.start_with, stage.cast.bashir, stage.lab_id, "care", STARTER)
    assert stage.lab().kind == "care"


def test_two_of_one_name_have_addresses_of_their_own(stage: LabStage) -> None:
    slugs = {stage.lab(stage.make(name="Pomeriggi insieme")).slug for _twice in range(2)}
    assert slugs == {"pomeriggi-insieme-2", "pomeriggi-insieme-3"}
    assert stage.lab(stage.make(name="New")).slug != "new"


def test_its_page_is_changed_by_who_runs_it(stage: LabStage) -> None:
    cast, version = stage.cast, stage.lab().version
    with pytest.raises(Missing):
        stage.do(actions.change_lab, cast.anna, stage.lab_id, stage.about(), version=version)
    stage.do(actions.change_lab, cast.bashir, stage.lab_id, stage.about(name="Altro nome"), version=version)
    with pytest.raises(Overtaken):
        stage.do(actions.change_lab, cast.bashir, stage.lab_id, stage.about(), version=version)
    elsewhere = stage.about(zone_id=cast.zones["vescovato"].id)
    for who in (cast.bashir, cast.maker):
        with pytest.raises(Invalid):
            stage.do(actions.change_lab, who, stage.lab_id, elsewhere, version=version + 1)
    for wrong in ({"name": " "}, {"need": ""}, {"entry": "x"}, {"kind": "x"}, {"zone_id": 0}, {"center_id": 99},
                  {"starts_on": date(2027, 2, 2), "ends_on": date(2027, 2, 1)}):  # fmt: skip
        with pytest.raises(Invalid):
            stage.do(actions.change_lab, cast.bashir, stage.lab_id, stage.about(**wrong), version=version + 1)
    with pytest.raises(Missing), stage.database.writing() as session:
        actions.make_lab(session, replace(cast.anna.actor, recorded_by_id=cast.maker.id), stage.about())


def test_visitors_see_and_find_what_is_public_alone(stage: LabStage) -> None:
    visitor = Actor.visitor(stage.cast.community.id)
    inner = stage.make(name="Biciclette", need="Una cosa fra noi")
    assert seen(stage, visitor) == {stage.lab_id}
    assert seen(stage, stage.cast.anna.actor) == {stage.lab_id, inner}
    assert seen(stage, stage.cast.zoe.actor) == set()
    with stage.database.reading() as session:
        asked = "Pomeriggi", "biciclette"
        outside = [[lab.id for lab in found(session, visitor, one, among, found_by, FOUND)] for one in asked]
        inside = [lab.id for lab in found(session, stage.cast.anna.actor, asked[1], among, found_by, FOUND)]
    assert (outside, inside) == ([[stage.lab_id], []], [inner])
    stage.do(actions.hide_lab, stage.cast.maker, stage.lab_id)
    assert (seen(stage, visitor), stage.lab_id in seen(stage, stage.cast.chiara.actor)) == (set(), False)
    assert stage.lab_id in seen(stage, stage.cast.anna.actor)
    with stage.database.reading() as session:
        assert found(session, visitor, asked[0], among, found_by, FOUND) == []
    stage.do(actions.show_lab_again, stage.cast.maker, stage.lab_id)
    assert seen(stage, visitor) == {stage.lab_id}


def test_it_is_made_of_a_need_and_those_who_asked_are_told(stage: LabStage) -> None:
    cast, need_id = stage.cast, stage.need()
    stage.do(wall.join_need, cast.chiara, need_id, "me_too")
    lab_id = stage.do(wall.turn_into, cast.bashir, need_id, "lab")
    made = stage.lab(lab_id)
    assert (made.state, made.need_id, made.center_id, made.need) == (
        "draft", need_id, stage.center_id, "Un posto caldo dove studiare",
    )  # fmt: skip
    assert (stage.need_row(need_id).state, stage.letters()) == ("open", [("maker", "labs:proposed")])
    assert stage.do(wall.turn_into, cast.bashir, need_id, "lab") == lab_id
    stage.do(actions.open_lab, cast.maker, lab_id)
    assert stage.need_row(need_id).state == "became"
    told = {("anna", "wall:became"), ("chiara", "wall:became"), ("bashir", "labs:opened")}
    assert set(stage.letters()[1:]) == told


def test_what_no_maker_took_up_leaves_the_need_free(stage: LabStage) -> None:
    need_id = stage.need()
    lab_id = stage.do(wall.turn_into, stage.cast.bashir, need_id, "lab")
    stage.do(actions.decline_lab, stage.cast.maker, lab_id, "Non adesso")
    again = stage.do(wall.turn_into, stage.cast.bashir, need_id, "lab")
    assert again != lab_id
    with stage.database.reading() as session:
        assert session.get(Lab, again).state == "draft"


def test_a_maker_of_another_zone_proposes_like_everybody(stage: LabStage) -> None:
    lab_id = stage.make(who="other_maker", name="Da fuori")
    assert (stage.lab(lab_id).state, stage.letters()) == ("draft", [("maker", "labs:proposed")])


def test_nobody_meets_in_a_center_that_is_closed_for_good(stage: LabStage) -> None:
    stage.do(centers.close_center, stage.cast.maker, stage.center_id, last_day=TODAY, words="Si chiude")
    with pytest.raises(Invalid) as refused:
        stage.make(name="Altrove")
    assert refused.value.field == "center_id"


def test_a_proposal_is_read_by_who_proposed_it_and_the_makers_alone(stage: LabStage) -> None:
    lab_id = stage.make(who="chiara", name="La spesa insieme", is_public=True)
    reads = []
    with stage.database.reading() as session:
        for name in ("chiara", "maker", "administrator", "anna", "other_maker"):
            try:
                lab_visible_to(session, stage.cast.members[name].actor, lab_id)
            except Missing:
                continue
            reads.append(name)
    assert reads == ["chiara", "maker", "administrator"]
