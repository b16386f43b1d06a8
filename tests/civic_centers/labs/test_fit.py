"""What fits into a lab and what does not: names of every script, people, goals, and words of who is limited."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from civic_centers.labs import actions
from civic_centers.labs.actions import goals, joining
from civic_centers.labs.feature import reported
from civic_centers.labs.queries import members_of, number_of_parts
from civic_centers.labs.rules import Outcome
from community.moderation.actions import deciding, reporting
from community.moderation.policies import Limited
from community.moderation.rules import Ruling
from community.parties.tables import PartyMember
from foundation import clock
from foundation.errors import Refused
from foundation.feature import Feature, registry
from tests.civic_centers.labs.stage import LabStage
from tests.client import Browser, on_sqlite


@pytest.mark.parametrize("name", ["ورشة الحي", "Спільна кухня", "社区", "🎉🎉"])
def test_a_name_in_any_script_has_an_address(stage: LabStage, name: str) -> None:
    made = [stage.lab(stage.make(name=name)) for _twice in range(2)]
    assert [lab.name for lab in made] == [name] * 2
    assert [lab.slug for lab in made] == ["lab", "lab-2"]


def test_who_asks_is_let_in_while_there_is_room(stage: LabStage, monkeypatch: pytest.MonkeyPatch) -> None:
    lab_id = stage.make(name="Su richiesta")
    stage.do(actions.join_lab, stage.cast.chiara, lab_id)
    row = stage.row("chiara", lab_id).id
    monkeypatch.setattr(joining, "MOST_MEMBERS", 1)
    with pytest.raises(Refused):
        stage.do(actions.decide, stage.cast.maker, lab_id, row, yes=True)
    monkeypatch.setattr(joining, "MOST_MEMBERS", 2)
    stage.do(actions.decide, stage.cast.maker, lab_id, row, yes=True)
    assert stage.state("chiara", lab_id) == "in"


def test_a_goal_that_is_dropped_makes_room(stage: LabStage, monkeypatch: pytest.MonkeyPatch) -> None:
    bashir = stage.cast.bashir
    goal = stage.do(actions.add_goal, bashir, stage.lab_id, "Una cena", None).id
    monkeypatch.setattr(goals, "MOST_GOALS", 1)
    with pytest.raises(Refused):
        stage.do(actions.add_goal, bashir, stage.lab_id, "Due cene", None)
    stage.do(actions.end_goal, bashir, stage.lab_id, goal, "dropped", "Piove", version=1)
    stage.do(actions.add_goal, bashir, stage.lab_id, "Due cene", None)


def test_who_is_limited_puts_no_words_before_others(stage: LabStage) -> None:
    cast, lab_id = stage.cast, stage.lab_id
    goal = stage.do(actions.add_goal, cast.bashir, lab_id, "Una cena", None).id
    task = stage.task()
    stage.do(actions.set_part, cast.bashir, lab_id, "Offendo", named=False)
    stage.do(reporting.report, cast.anna, actions.MEMBER, stage.row("bashir").id, reason="insult", words="")
    stage.do(deciding.decide, cast.maker, 1, Ruling("limit", "Offende", what=("posting", "messages"), days=7))
    wrote: list[tuple[Any, ...]] = [
        (actions.add_goal, "Altro", None),
        (actions.ask_for, "thing", "Sedie", "sedie", 4),
        (actions.add_task, "Altro", None, None),
    ]
    for act, *said in wrote:
        with pytest.raises(Limited):
            stage.do(act, cast.bashir, lab_id, *said)
    with pytest.raises(Limited):
        stage.do(actions.change_goal, cast.bashir, lab_id, goal, "Altro", None, version=1)
    with pytest.raises(Limited):
        stage.do(actions.end_goal, cast.bashir, lab_id, goal, "dropped", "Altro", version=1)
    with pytest.raises(Limited):
        stage.do(actions.change_task, cast.bashir, lab_id, task, "Altro", None, None, version=1)
    with pytest.raises(Limited):
        stage.do(actions.change_lab, cast.bashir, lab_id, stage.about(entry="open"), version=stage.lab().version)
    with pytest.raises(Limited):
        stage.do(actions.end_lab, cast.bashir, lab_id, Outcome("Altro"), version=stage.lab().version)
    stage.do(actions.take_task, cast.bashir, lab_id, task)


def test_a_report_shows_who_is_outside_no_more_than_the_page(stage: LabStage) -> None:
    cast = stage.cast
    kept = [
        stage.do(actions.add_goal, cast.bashir, stage.lab_id, words, None).id for words in ("Raggiunto", "Lasciato")
    ]
    stage.do(actions.end_goal, cast.bashir, stage.lab_id, kept[0], "reached", "La prova", version=1)
    stage.do(actions.end_goal, cast.bashir, stage.lab_id, kept[1], "dropped", "Il perché", version=1)
    stage.task("Parlare con Rosa")

    def reads(who: str) -> str:
        with stage.database.reading() as session:
            return reported(session, stage.cast.members[who].actor, stage.lab_id)[0]

    for secret in ("La prova", "Lasciato", "Il perché", "Parlare con Rosa"):
        assert secret not in reads("chiara")
        assert all(secret in reads(who) for who in ("anna", "maker"))
    assert "Raggiunto" in reads("chiara")


def test_who_acts_for_a_body_no_more_is_there_for_themselves(stage: LabStage) -> None:
    cast = stage.cast
    stage.do(actions.join_lab, cast.bakery, stage.lab_id)

    def bodies() -> tuple[list[str], int]:
        with stage.database.reading() as session:
            people = members_of(session, stage.lab_id, "in")
            return [one.organisation for one in people if one.organisation], number_of_parts(session, stage.lab_id)[1]

    assert bodies() == (["Bakery e famiglia"], 1)
    with stage.database.writing() as session:
        acts = session.exec(select(PartyMember).where(PartyMember.party_id == cast.bakery.party.id)).one()
        acts.until = clock.now()
        session.add(acts)
    assert bodies() == ([], 0)


def test_others_hear_of_a_move_and_of_nothing_else(stage: LabStage) -> None:
    before, heard = registry.features, []
    registry.register(
        [*before, Feature("listening", hooks={"lab_moved": lambda _s, _a, lab: heard.append(lab.zone_id)})]
    )
    po, version = stage.cast.zones["po"].id, stage.lab().version
    try:
        stage.do(actions.change_lab, stage.cast.maker, stage.lab_id, stage.about(need="Altro"), version=version)
        assert heard == []
        there = stage.about(zone_id=po, ends_on=date(2027, 6, 1))
        stage.do(actions.change_lab, stage.cast.maker, stage.lab_id, there, version=version + 1)
    finally:
        registry.register(before)
    assert heard == [po]


@on_sqlite
def test_only_what_everybody_reads_is_hung_up(stage: LabStage, visitor: Browser, client_for: Any) -> None:
    labs, anna = "/c/cremona/labs", client_for(stage.cast.anna)
    place = f"{labs}/{stage.slug_of_lab}"
    assert visitor.look(f"{place}/poster").says("Pomeriggi insieme")
    closed = stage.lab(stage.make(name="Tra noi"))
    assert not anna.look(f"{labs}/{closed.slug}").says("Locandina")
    anna.look(f"{labs}/{closed.slug}/poster", status=404)
    for act in (actions.hide_lab, actions.show_lab_again):
        stage.do(act, stage.cast.maker, stage.lab_id)
        anna.look(f"{place}/poster", status=404 if act is actions.hide_lab else 200)
    stage.do(actions.end_lab, stage.cast.maker, stage.lab_id, Outcome("Fatto"), version=stage.lab().version)
    assert not visitor.look(place).says("Locandina")
    visitor.look(f"{place}/poster", status=404)
