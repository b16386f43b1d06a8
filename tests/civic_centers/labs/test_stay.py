"""What one does in a lab, who runs it, and all the ways out."""

import pytest

from civic_centers.labs import actions
from civic_centers.labs.policies import may_run
from civic_centers.labs.queries import members_of, organisations_named
from civic_centers.labs.rules import NotNow
from civic_centers.labs.tables import LabComment, LabEntry, LabGoal, LabMember
from community.leaving.rules import Going
from community.moderation.tables import Block
from foundation.errors import Invalid, Missing
from tests.civic_centers.labs.stage import TODAY, LabStage


def going(stage: LabStage, who: str) -> Going:
    member = stage.cast.members[who]
    return Going(stage.cast.community.id, member.id, (member.party.id,), (), ("Anna",), "Qualcuno")


def runs(stage: LabStage, who: str) -> bool:
    with stage.database.reading() as session:
        return may_run(session, stage.cast.members[who].actor, stage.lab())


def test_an_organisation_is_named_only_where_it_agreed(stage: LabStage) -> None:
    cast = stage.cast
    stage.do(actions.join_lab, cast.bakery, stage.lab_id)
    with stage.database.reading() as session:
        assert organisations_named(session, stage.lab_id) == []
    stage.do(actions.set_part, cast.bakery, stage.lab_id, "Il pane", named=True)
    stage.do(actions.set_part, cast.anna, stage.lab_id, "Le merende", named=True)
    with stage.database.reading() as session:
        assert organisations_named(session, stage.lab_id) == ["Bakery e famiglia"]
        parts = {one.name: one.row.part for one in members_of(session, stage.lab_id, "in")}
    assert parts["Anna Prova"] == "Le merende"
    stage.do(actions.leave_lab, cast.bakery, stage.lab_id)
    with stage.database.reading() as session:
        assert organisations_named(session, stage.lab_id) == []
    with pytest.raises(Missing):
        stage.do(actions.set_part, cast.chiara, stage.lab_id, "x", named=False)


def test_who_leaves_frees_their_tasks_and_who_runs_it_is_told(stage: LabStage) -> None:
    task = stage.task(owner="anna")
    stage.forget_letters()
    for _twice in range(2):
        stage.do(actions.leave_lab, stage.cast.anna, stage.lab_id)
    assert (stage.state("anna"), stage.task_row(task).owner_id) == ("left", None)
    assert sorted(stage.letters()) == [("bashir", "labs:tasks_free"), ("maker", "labs:tasks_free")]
    assert stage.do(actions.join_lab, stage.cast.anna, stage.lab_id) == "in"


def test_sending_away_needs_a_reason_and_a_keeper_is_sent_away_by_makers_alone(stage: LabStage) -> None:
    cast = stage.cast
    anna, bashir, maker = (stage.row(who).id for who in ("anna", "bashir", "maker"))
    with pytest.raises(Invalid):
        stage.do(actions.remove_member, cast.bashir, stage.lab_id, anna, "")
    with pytest.raises(Missing):
        stage.do(actions.remove_member, cast.bashir, stage.lab_id, maker, "Così")
    with pytest.raises(Missing):
        stage.do(actions.remove_member, cast.anna, stage.lab_id, bashir, "Così")
    stage.do(actions.remove_member, cast.bashir, stage.lab_id, anna, "Non viene mai")
    assert stage.letters() == [("anna", "labs:removed")]
    with pytest.raises(NotNow):
        stage.do(actions.remove_member, cast.bashir, stage.lab_id, anna, "Di nuovo")
    stage.do(actions.remove_member, cast.maker, stage.lab_id, bashir, "Basta")
    assert not runs(stage, "bashir")


def test_an_invitation_is_taken_back_quietly(stage: LabStage) -> None:
    row = stage.do(actions.invite_person, stage.cast.bashir, stage.lab_id, stage.cast.chiara.id)
    stage.forget_letters()
    stage.do(actions.remove_member, stage.cast.bashir, stage.lab_id, row.id, "Errore")
    assert (stage.state("chiara"), stage.letters()) == ("left", [])
    assert stage.do(actions.join_lab, stage.cast.chiara, stage.lab_id) == "in"


def test_keepers_are_made_by_keepers_and_ended_by_makers_or_themselves(stage: LabStage) -> None:
    cast, anna = stage.cast, stage.row("anna").id
    with pytest.raises(Missing):
        stage.do(actions.set_keeper, cast.anna, stage.lab_id, anna, keeper=True)
    for _twice in range(2):
        stage.do(actions.set_keeper, cast.bashir, stage.lab_id, anna, keeper=True)
    assert (runs(stage, "anna"), stage.letters()) == (True, [("anna", "labs:keeper_given")])
    with pytest.raises(Missing):
        stage.do(actions.set_keeper, cast.bashir, stage.lab_id, anna, keeper=False)
    stage.do(actions.set_keeper, cast.anna, stage.lab_id, anna, keeper=False)
    assert not runs(stage, "anna")


def test_makers_hear_when_the_last_keeper_goes(stage: LabStage) -> None:
    cast = stage.cast
    stage.do(actions.leave_lab, cast.maker, stage.lab_id)
    assert stage.letters() == []
    stage.do(actions.leave_lab, cast.bashir, stage.lab_id)
    assert stage.letters() == [("maker", "labs:no_keeper")]
    assert runs(stage, "maker")
    assert not runs(stage, "other_maker")


def test_makers_hear_when_the_last_keeper_stays_without_running_it(stage: LabStage) -> None:
    cast = stage.cast
    stage.do(actions.leave_lab, cast.maker, stage.lab_id)
    stage.do(actions.set_keeper, cast.bashir, stage.lab_id, stage.row("bashir").id, keeper=False)
    assert (stage.state("bashir"), stage.letters()) == ("in", [("maker", "labs:no_keeper")])


def test_who_is_stopped_or_leaves_the_community_is_in_no_lab(stage: LabStage) -> None:
    cast, task = stage.cast, stage.task(owner="anna")
    with stage.database.writing() as session:
        actions.end_for_stopped(session, cast.maker.actor, cast.bashir.id, [])
        actions.leave_with(session, going(stage, "anna"))
    assert (stage.state("bashir"), stage.state("anna"), stage.task_row(task).owner_id) == ("left", "left", None)


def test_of_who_is_forgotten_the_work_stays_without_the_name(stage: LabStage) -> None:
    cast = stage.cast
    goal = stage.do(actions.add_goal, cast.bashir, stage.lab_id, "Anna porta il pane", None).id
    entry = stage.do(actions.write_entry, cast.anna, stage.lab_id, "Sono Anna", TODAY, public=False).id
    other = stage.do(actions.write_entry, cast.bashir, stage.lab_id, "C’era Anna", TODAY, public=False).id
    comment = stage.do(actions.write_comment, cast.anna, other, "Ci sono io").id
    row = stage.row("anna").id
    with stage.database.writing() as session:
        actions.leave_with(session, going(stage, "anna"))
        actions.forget_in_labs(session, going(stage, "anna"))
    with stage.database.reading() as session:
        assert session.get(LabGoal, goal).words == "Qualcuno porta il pane"
        mine = session.get(LabEntry, entry)
        assert (mine.words, mine.author_id, mine.withdrawn_at is not None) == ("…", None, True)
        assert session.get(LabEntry, other).words == "C’era Qualcuno"
        assert session.get(LabComment, comment).words == "…"
        assert (session.get(LabMember, row).person_id, session.get(LabMember, row).party_id) == (None, None)


def test_who_was_there_for_an_organisation_that_is_gone_stays_for_themselves(stage: LabStage) -> None:
    cast = stage.cast
    with stage.database.writing() as session:
        row = session.get_one(LabMember, stage.row("anna").id)
        row.party_id, row.named = cast.bakery.party.id, True
        session.add(row)
    with stage.database.writing() as session:
        actions.forget_in_labs(session, going(stage, "bakery"))
    row = stage.row("anna")
    assert (row.state, row.party_id, row.named) == ("in", None, False)


def test_a_household_that_joins_another_brings_its_places_but_no_blocked_pair(stage: LabStage) -> None:
    cast = stage.cast
    stage.do(actions.join_lab, cast.chiara, stage.lab_id)
    with stage.database.writing() as session:
        actions.move_to_party(session, cast.anna.party.id, cast.dario.party.id)
    assert (stage.row("anna").party_id, stage.state("anna")) == (cast.dario.party.id, "in")
    with stage.database.writing() as session:
        session.add(
            Block(party_id=cast.bashir.party.id, blocked_party_id=cast.dario.party.id, blocked_by_id=cast.bashir.id)
        )
        session.flush()
        actions.move_to_party(session, cast.chiara.party.id, cast.dario.party.id)
    assert (stage.state("chiara"), stage.state("bashir")) == ("left", "in")
