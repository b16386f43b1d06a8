"""Coming in: at once, by asking, by invitation; a no that holds; and blocks between households."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from civic_centers.labs import actions
from civic_centers.labs.actions import joining
from civic_centers.labs.queries.waiting import number_for_members, number_for_who_runs
from civic_centers.labs.rules import ASKED_AGAIN, MAY_ASK_AGAIN, CannotCome, CannotInvite, NotNow
from community.members.tables import Membership
from community.moderation.actions import block, deciding, reporting
from community.moderation.policies import Limited
from community.moderation.rules import Ruling
from foundation import clock
from foundation.errors import Invalid, Missing, Refused
from tests.civic_centers.labs.stage import LabStage
from tests.civic_centers.stage import MONDAY


def by_request(stage: LabStage) -> int:
    lab_id = stage.make(name="Su richiesta", entry="request")
    stage.forget_letters()
    return lab_id


def test_an_open_one_is_entered_at_once_and_once(stage: LabStage) -> None:
    for _twice in range(2):
        assert stage.do(actions.join_lab, stage.cast.chiara, stage.lab_id, part="Guido") == "in"
    assert stage.row("chiara").part == "Guido"
    assert sorted(stage.letters()) == [("bashir", "labs:came"), ("maker", "labs:came")]
    with pytest.raises(Missing):
        stage.do(actions.join_lab, stage.cast.zoe, stage.lab_id)


def test_a_request_waits_for_an_answer_with_a_reason(stage: LabStage) -> None:
    cast, lab_id = stage.cast, by_request(stage)
    assert stage.do(actions.join_lab, cast.chiara, lab_id, words="Vorrei esserci") == "asked"
    with stage.database.reading() as session:
        assert session.scalar(select(number_for_who_runs(cast.maker.actor))) == 1
    row = stage.row("chiara", lab_id)
    with pytest.raises(Missing):
        stage.do(actions.decide, cast.anna, lab_id, row.id, yes=True)
    with pytest.raises(Invalid):
        stage.do(actions.decide, cast.maker, lab_id, row.id, yes=False, reason=" ")
    stage.do(actions.decide, cast.maker, lab_id, row.id, yes=False, reason="Siamo al completo")
    assert (stage.state("chiara", lab_id), stage.row("chiara", lab_id).reason) == ("refused", "Siamo al completo")
    with pytest.raises(NotNow):
        stage.do(actions.decide, cast.maker, lab_id, row.id, yes=True)
    with pytest.raises(Refused):
        stage.do(actions.join_lab, cast.chiara, lab_id)
    with clock.at(MONDAY + MAY_ASK_AGAIN):
        assert stage.do(actions.join_lab, cast.chiara, lab_id) == "asked"
        stage.do(actions.decide, cast.maker, lab_id, row.id, yes=True)
    assert stage.state("chiara", lab_id) == "in"
    assert [notice for who, notice in stage.letters() if who == "chiara"] == ["labs:not_let_in", "labs:let_in"]


def test_nobody_lets_themselves_in(stage: LabStage) -> None:
    lab_id = by_request(stage)
    stage.do(actions.join_lab, stage.cast.administrator, lab_id)
    row = stage.row("administrator", lab_id)
    with pytest.raises(Refused):
        stage.do(actions.decide, stage.cast.administrator, lab_id, row.id, yes=True)


def test_by_invitation_only_who_is_invited_comes_in(stage: LabStage) -> None:
    cast, lab_id = stage.cast, stage.make(name="Su invito", entry="invitation")
    with pytest.raises(Missing):
        stage.do(actions.join_lab, cast.chiara, lab_id)
    with pytest.raises(Missing):
        stage.do(actions.invite_person, cast.chiara, lab_id, cast.dario.id)
    for _twice in range(2):
        stage.do(actions.invite_person, cast.maker, lab_id, cast.chiara.id)
    assert stage.letters() == [("chiara", "labs:invited")]
    with stage.database.reading() as session:
        assert session.scalar(select(number_for_members(cast.chiara.actor))) == 1
    assert stage.do(actions.join_lab, cast.chiara, lab_id) == "in"
    assert stage.do(actions.invite_person, cast.maker, lab_id, cast.chiara.id).state == "in"


def test_after_a_no_nobody_asks_again_for_three_months(stage: LabStage) -> None:
    cast, lab_id = stage.cast, stage.make(name="Su invito", entry="invitation")
    stage.do(actions.invite_person, cast.maker, lab_id, cast.chiara.id)
    for _twice in range(2):
        stage.do(actions.say_no, cast.chiara, lab_id)
    assert stage.letters()[-1] == ("maker", "labs:said_no")
    with clock.at(MONDAY + ASKED_AGAIN - timedelta(minutes=1)), pytest.raises(CannotInvite):
        stage.do(actions.invite_person, cast.maker, lab_id, cast.chiara.id)
    with clock.at(MONDAY + ASKED_AGAIN):
        stage.do(actions.invite_person, cast.maker, lab_id, cast.chiara.id)
    assert stage.state("chiara", lab_id) == "invited"
    with pytest.raises(Missing):
        stage.do(actions.say_no, cast.anna, lab_id)


@pytest.mark.parametrize("blocker", ["anna", "chiara"])
def test_a_blocked_pair_is_not_put_together_and_nobody_is_told_why(stage: LabStage, blocker: str) -> None:
    cast = stage.cast
    other = "chiara" if blocker == "anna" else "anna"
    stage.do(block, cast.members[blocker], cast.members[other].party.id)
    with pytest.raises(CannotCome) as told:
        stage.do(actions.join_lab, cast.chiara, stage.lab_id)
    assert "Anna" not in str(told.value)
    with pytest.raises(CannotInvite) as kept:
        stage.do(actions.invite_person, cast.bashir, stage.lab_id, cast.chiara.id)
    with pytest.raises(CannotInvite) as never:
        stage.do(actions.invite_person, cast.bashir, stage.lab_id, cast.zoe.id)
    assert str(kept.value) == str(never.value)
    assert stage.state("chiara") == ""


def test_a_block_that_came_meanwhile_stops_the_yes(stage: LabStage) -> None:
    cast, lab_id = stage.cast, by_request(stage)
    for who in (cast.anna, cast.chiara):
        stage.do(actions.join_lab, who, lab_id)
    stage.do(actions.decide, cast.maker, lab_id, stage.row("anna", lab_id).id, yes=True)
    stage.do(block, cast.anna, cast.chiara.party.id)
    with pytest.raises(CannotInvite):
        stage.do(actions.decide, cast.maker, lab_id, stage.row("chiara", lab_id).id, yes=True)
    stage.do(actions.invite_person, cast.maker, stage.make(name="Altro"), cast.chiara.id)


def test_who_is_there_for_an_organisation_brings_their_household_too(stage: LabStage) -> None:
    """A block against the household of a person holds where they come for the bakery."""
    cast = stage.cast
    stage.do(block, cast.anna, cast.chiara.party.id)
    parties = (cast.bakery.party.id, cast.chiara.party.id)
    as_bakery = replace(cast.chiara.actor, party_id=parties[0], party_ids=parties)
    with stage.database.writing() as session, pytest.raises(CannotCome):
        actions.join_lab(session, as_bakery, stage.lab_id)


def test_who_blocks_somebody_in_the_same_lab_goes_out_or_they_do(stage: LabStage) -> None:
    cast = stage.cast
    stage.do(actions.join_lab, cast.chiara, stage.lab_id)
    task = stage.task(owner="chiara")
    stage.forget_letters()
    stage.do(block, cast.chiara, cast.anna.party.id)
    assert (stage.state("chiara"), stage.state("anna")) == ("left", "in")
    assert stage.task_row(task).owner_id is None
    stage.do(block, cast.bashir, cast.anna.party.id)
    assert (stage.state("bashir"), stage.state("anna")) == ("in", "left")
    assert ("anna", "labs:went") in stage.letters()


def test_in_somebodys_place_one_comes_in_but_runs_nothing(stage: LabStage) -> None:
    cast = stage.cast
    with stage.database.writing() as session:
        assert actions.join_lab(session, stage.in_place_of(cast.chiara), stage.lab_id) == "in"
    with stage.database.writing() as session, pytest.raises(Missing):
        actions.invite_person(session, stage.in_place_of(cast.bashir), stage.lab_id, cast.dario.id)


def test_who_was_sent_away_asks_again_and_is_not_in_at_once(stage: LabStage) -> None:
    cast = stage.cast
    stage.do(actions.remove_member, cast.maker, stage.lab_id, stage.row("anna").id, "Non viene mai")
    with clock.at(MONDAY + MAY_ASK_AGAIN):
        assert stage.do(actions.join_lab, cast.anna, stage.lab_id) == "asked"
        assert stage.do(actions.join_lab, cast.chiara, stage.lab_id) == "in"


def test_nobody_is_invited_who_is_paused_or_no_member_any_more(stage: LabStage) -> None:
    cast = stage.cast
    stage.do(actions.join_lab, cast.chiara, stage.lab_id, part="Comando io")
    number = stage.row("chiara").id
    stage.do(reporting.report, cast.anna, actions.MEMBER, number, reason="insult", words="")
    stage.do(deciding.decide, cast.maker, 1, Ruling("pause", "Offende", days=7))
    other = stage.make(name="Un altro")
    with pytest.raises(CannotInvite):
        stage.do(actions.invite_person, cast.maker, other, cast.chiara.id)
    with stage.database.writing() as session:
        row = session.exec(select(Membership).where(Membership.person_id == cast.anna.id)).one()
        row.state = "left"
        session.add(row)
    with pytest.raises(CannotInvite):
        stage.do(actions.invite_person, cast.maker, other, cast.anna.id)


def test_asked_again_the_reason_of_the_no_is_gone_and_nobody_is_named(stage: LabStage) -> None:
    cast, lab_id = stage.cast, by_request(stage)
    for _twice in range(2):
        stage.do(actions.join_lab, cast.chiara, lab_id, part="Guardo")
    assert stage.letters() == [("maker", "labs:asks")]
    row = stage.row("chiara", lab_id).id
    stage.do(actions.decide, cast.maker, lab_id, row, yes=False, reason="Siamo al completo")
    with clock.at(MONDAY + MAY_ASK_AGAIN):
        stage.do(actions.join_lab, cast.chiara, lab_id, words="Vorrei esserci")
    there = stage.row("chiara", lab_id)
    assert (there.part, there.words, there.reason, there.named) == ("Guardo", "Vorrei esserci", "", False)
    stage.do(actions.decide, cast.maker, lab_id, row, yes=True, reason="Benvenuta")
    assert stage.row("chiara", lab_id).reason == ""


def test_a_request_is_decided_in_its_own_lab_while_it_waits(stage: LabStage) -> None:
    cast, lab_id = stage.cast, by_request(stage)
    stage.do(actions.join_lab, cast.chiara, lab_id)
    row = stage.row("chiara", lab_id).id
    with pytest.raises(Missing):
        stage.do(actions.decide, cast.maker, stage.lab_id, row, yes=True)
    with pytest.raises(NotNow):
        stage.do(actions.invite_person, cast.maker, lab_id, cast.chiara.id)
    stage.do(actions.leave_lab, cast.chiara, lab_id)
    with pytest.raises(NotNow):
        stage.do(actions.decide, cast.maker, lab_id, row, yes=True)
    assert (stage.state("chiara"), stage.state("chiara", lab_id)) == ("", "left")


def test_who_was_sent_away_does_not_ask_at_once(stage: LabStage) -> None:
    stage.do(actions.remove_member, stage.cast.maker, stage.lab_id, stage.row("anna").id, "Non viene mai")
    with pytest.raises(Refused):
        stage.do(actions.join_lab, stage.cast.anna, stage.lab_id)


def test_nobody_is_asked_beyond_what_fits(stage: LabStage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "MOST_MEMBERS", 3)
    with pytest.raises(Refused):
        stage.do(actions.join_lab, stage.cast.chiara, stage.lab_id)
    with pytest.raises(Refused):
        stage.do(actions.invite_person, stage.cast.bashir, stage.lab_id, stage.cast.chiara.id)
    stage.do(actions.leave_lab, stage.cast.anna, stage.lab_id)
    stage.do(actions.join_lab, stage.cast.chiara, stage.lab_id)


def test_who_is_kept_apart_from_them_invites_nobody_from_outside(stage: LabStage) -> None:
    """The administrator runs it without being in it."""
    cast = stage.cast
    stage.do(block, cast.chiara, cast.administrator.party.id)
    with pytest.raises(CannotInvite):
        stage.do(actions.invite_person, cast.administrator, stage.lab_id, cast.chiara.id)
    stage.do(actions.invite_person, cast.bashir, stage.lab_id, cast.chiara.id)


def test_who_may_propose_nothing_comes_into_none(stage: LabStage) -> None:
    cast = stage.cast
    stage.do(actions.set_part, cast.anna, stage.lab_id, "Offendo", named=False)
    stage.do(reporting.report, cast.bashir, actions.MEMBER, stage.row("anna").id, reason="insult", words="")
    stage.do(deciding.decide, cast.maker, 1, Ruling("limit", "Offende", what=("proposing",), days=7))
    other = stage.make(name="Un altro", entry="open")
    with pytest.raises(Limited):
        stage.do(actions.join_lab, cast.anna, other)
    stage.do(actions.leave_lab, cast.anna, stage.lab_id)


def test_an_organisation_that_comes_again_is_named_only_when_it_agrees_again(stage: LabStage) -> None:
    cast = stage.cast
    stage.do(actions.join_lab, cast.bakery, stage.lab_id)
    stage.do(actions.set_part, cast.bakery, stage.lab_id, "Il pane", named=True)
    stage.do(actions.leave_lab, cast.bakery, stage.lab_id)
    stage.do(actions.join_lab, cast.bakery, stage.lab_id)
    assert (stage.row("bakery").part, stage.row("bakery").named) == ("Il pane", False)


def test_who_is_no_member_comes_into_none(stage: LabStage) -> None:
    """Its page they may read, for everybody does."""
    nobody = replace(stage.cast.chiara.actor, grants=())
    with stage.database.writing() as session, pytest.raises(Missing):
        actions.join_lab(session, nobody, stage.lab_id)
    assert stage.state("chiara") == ""
