"""Two who are not for each other: after a no, after a block, and where no maker may read both."""

from dataclasses import replace

import pytest

from care.housing import actions
from care.housing.queries.desk import candidates
from care.housing.queries.matches import together
from community.members.tables import Person
from community.moderation.actions.blocking import block
from foundation.errors import Invalid, Missing, Refused
from tests.care.housing.stage import HousingStage


def test_a_clear_no_holds_for_what_is_written_anew(stage: HousingStage) -> None:
    need, offer = stage.pair()
    stage.says("anna", stage.proposed(need, offer), "hear", "no")
    stage.do(actions.withdraw, stage.cast.anna, need)
    again = stage.sent()
    assert stage.read(candidates, stage.cast.maker, stage.case(again)) == []
    with pytest.raises(Refused):
        stage.proposed(again, offer)
    for kind in ("moving", "repairs"):
        with pytest.raises(Refused):
            stage.proposed(*stage.pair(kind))


@pytest.mark.parametrize("who", ["anna", "lodger", "bashir"])
@pytest.mark.parametrize("known", [False, True])
def test_a_block_ends_it_at_once_and_tells_nobody_why(stage: HousingStage, who: str, known: bool) -> None:
    need, offer = stage.pair()
    match = stage.introduced(need, offer) if known else stage.heard(need, offer)
    other = stage.cast.anna if who == "bashir" else stage.cast.bashir
    actor = stage.cast.members[who].actor
    if who == "lodger":
        actor = replace(actor, party_id=stage.cast.anna.party.id)
    before = {name: stage.told(name) for name in ("anna", "bashir")}
    with stage.database.writing() as session:
        block(session, actor, other.party.id)
    assert (stage.match(match).state, stage.match(match).ended_how) == ("ended", "apart")
    assert {stage.case(one).state for one in (need, offer)} == {"open"}
    for name in ("anna", "bashir"):
        with pytest.raises(Missing):
            stage.read(together, stage.cast.members[name], match)
        assert stage.told(name) == before[name] + 1
    with pytest.raises(Refused):
        stage.proposed(need, offer)


def test_a_block_of_somebody_else_ends_nothing(stage: HousingStage) -> None:
    match = stage.heard(*stage.pair())
    with stage.database.writing() as session:
        block(session, stage.cast.anna.actor, stage.cast.chiara.party.id)
        block(session, stage.cast.chiara.actor, stage.cast.bashir.party.id)
    assert stage.match(match).state == "asking"


def test_what_no_maker_may_read_whole_any_more_ends(stage: HousingStage) -> None:
    need, offer = stage.pair()
    match = stage.proposed(need, offer)
    stage.step("anna", need, "readers", is_wide=False, excluded={stage.cast.maker.id})
    assert stage.match(match).state == "asking", "the other maker reads both"
    stage.step("bashir", offer, "readers", is_wide=False, excluded={stage.cast.second.id})
    assert stage.match(match).state == "ended"
    assert {stage.case(one).state for one in (need, offer)} == {"open"}


@pytest.mark.parametrize(
    "words",
    [
        "È Bashir!", "la stanza di «Prova»", "una casa: (bashir)",
        "scrivigli a BASHIR@example.org", "chiama il 333 12-34.567",
    ],
)  # fmt: skip
def test_no_name_slips_through_before_it_may_be_told(stage: HousingStage, words: str) -> None:
    need, offer = stage.pair()
    with stage.database.writing() as session:
        session.get_one(Person, stage.cast.bashir.id).phone = "+39 333 1234567"
    with pytest.raises(Invalid) as caught:
        stage.do(actions.propose, stage.cast.maker, need, offer, first_side="need", words=words)
    assert caught.value.field == "words"
    stage.proposed(need, offer)
