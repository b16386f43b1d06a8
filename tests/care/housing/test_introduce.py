"""An introduction walked from both sides: what each is asked, what each may know, and what nobody is told."""

import pytest

from care.housing import actions
from care.housing.jobs import look
from care.housing.queries.cases import case_at_desk
from care.housing.queries.desk import candidates
from care.housing.queries.matches import match_at_desk, question_of_own, together
from care.housing.rules.cases import NotNow
from community.moderation.tables import Block
from community.parties.tables import PartyMember
from foundation.errors import Invalid, Missing, Refused
from tests.care.housing.stage import ABOUT_NEED, ABOUT_OFFER, HousingStage


def knows(stage: HousingStage, who: str, match: int) -> tuple[bool, bool]:
    """Whether somebody sees the other's name, and how they are reached."""
    try:
        met = stage.read(together, stage.cast.members[who], match)
    except Missing:
        return False, False
    return met.other is not None, met.shows_contacts


def test_step_by_step_each_side_sees_what_both_agreed_to(stage: HousingStage) -> None:
    need, offer = stage.pair()
    match = stage.proposed(need, offer)
    assert stage.answers(match) == {("need", "hear"): ""}, "the other side is not asked, and hears nothing"
    assert (stage.told("anna"), stage.told("bashir")) == (1, 0)
    asked = stage.read(question_of_own, stage.cast.anna, stage.question(match, "need", "hear"))
    assert (asked.words, asked.other_name) == (ABOUT_OFFER, "")
    with pytest.raises(NotNow):
        stage.do(actions.ask_second, stage.cast.maker, match, ABOUT_NEED)
    stage.says("anna", match, "hear")
    assert stage.answers(match) == {("need", "hear"): "yes"}
    stage.do(actions.ask_second, stage.cast.second, match, ABOUT_NEED)
    assert stage.read(question_of_own, stage.cast.bashir, stage.question(match, "offer", "hear")).words == ABOUT_NEED
    stage.says("bashir", match, "hear")
    assert knows(stage, "anna", match) == knows(stage, "bashir", match) == (False, False)
    stage.says("anna", match, "names")
    assert knows(stage, "bashir", match) == (False, False), "one yes is not enough"
    stage.says("bashir", match, "names")
    assert knows(stage, "anna", match) == knows(stage, "bashir", match) == (True, False)
    stage.says("bashir", match, "contacts")
    assert knows(stage, "anna", match) == (True, False)
    assert stage.says("anna", match, "contacts") == "introduced"
    assert knows(stage, "anna", match) == knows(stage, "bashir", match) == (True, True)
    assert stage.case(need).state == stage.case(offer).state == "matching"
    for stranger in ("lodger", "chiara", "maker", "dario"):
        assert knows(stage, stranger, match) == (False, False)


@pytest.mark.parametrize("answer", ["no", "not_now"])
def test_of_a_no_the_other_is_told_nothing(stage: HousingStage, answer: str) -> None:
    need, offer = stage.pair()
    match = stage.proposed(need, offer)
    before = stage.told("anna")
    stage.says("anna", match, "hear", answer)
    assert stage.match(match).ended_how == answer
    assert (stage.told("anna"), stage.told("bashir")) == (before, 0)
    assert stage.case(need).state == stage.case(offer).state == "open"
    with pytest.raises(Missing):
        stage.read(question_of_own, stage.cast.bashir, stage.question(match, "need", "hear"))


def test_who_had_said_yes_hears_only_that_it_did_not_go_on(stage: HousingStage) -> None:
    need, offer = stage.pair()
    match = stage.heard(need, offer)
    before = stage.told("anna")
    stage.says("bashir", match, "names", "no")
    assert stage.told("anna") == before + 1
    assert stage.answers(match)["need", "names"] == "dropped"
    assert knows(stage, "anna", match) == (False, False)


@pytest.mark.parametrize("step", ["hear", "names", "contacts"])
def test_a_yes_is_taken_back_at_any_step(stage: HousingStage, step: str) -> None:
    need, offer = stage.pair()
    match = stage.introduced(need, offer)
    stage.do(actions.take_back, stage.cast.bashir, stage.question(match, "offer", step))
    assert stage.match(match).ended_how == "taken_back"
    assert knows(stage, "anna", match) == knows(stage, "bashir", match) == (False, False)
    with pytest.raises(NotNow):
        stage.do(actions.take_back, stage.cast.bashir, stage.question(match, "offer", step))


def test_the_same_answer_twice_is_one_and_another_is_too_late(stage: HousingStage) -> None:
    match = stage.proposed(*stage.pair())
    stage.says("anna", match, "hear")
    assert stage.says("anna", match, "hear") == "asking"
    with pytest.raises(NotNow):
        stage.says("anna", match, "hear", "no")
    with pytest.raises(Invalid):
        stage.says("anna", match, "hear", "perhaps")


def test_nobody_answers_for_somebody_else(stage: HousingStage) -> None:
    match = stage.proposed(*stage.pair())
    question = stage.question(match, "need", "hear")
    for who in ("bashir", "lodger", "maker", "chiara", "administrator"):
        with pytest.raises(Missing):
            stage.do(actions.answer, stage.cast.members[who], question, "yes")


def test_silence_is_no_yes(stage: HousingStage) -> None:
    need, offer = stage.pair()
    match = stage.proposed(need, offer, days=3)
    question = stage.question(match, "need", "hear")
    with stage.later(days=2, hours=23), stage.database.writing() as session:
        actions.expire(session, question)
    assert stage.match(match).state == "asking"
    with stage.later(days=3, minutes=1):
        with pytest.raises(NotNow):
            stage.says("anna", match, "hear")
        with stage.database.writing() as session:
            look(session, {})
            actions.expire(session, question)
            actions.expire(session, question)
    assert (stage.match(match).ended_how, stage.asked(question).answer) == ("expired", "expired")
    assert stage.case(offer).state == "open"


def test_only_a_yes_is_taken_back_and_only_silence_runs_out(stage: HousingStage) -> None:
    match = stage.heard(*stage.pair())
    mine = stage.question(match, "need", "names")
    with pytest.raises(NotNow):
        stage.do(actions.take_back, stage.cast.anna, mine)
    stage.says("anna", match, "names")
    with stage.later(days=8), stage.database.writing() as session:
        actions.expire(session, mine)
    assert (stage.asked(mine).answer, stage.match(match).state) == ("yes", "asking")


def test_two_whom_nothing_came_of_twice_are_not_asked_again(stage: HousingStage) -> None:
    need, offer = stage.pair()
    for _time in range(2):
        stage.says("anna", stage.proposed(need, offer), "hear", "not_now")
    with pytest.raises(Refused) as caught:
        stage.proposed(need, offer)
    assert str(caught.value) == "These two are not for each other. Look for another."
    assert stage.told("anna") == 2
    assert stage.read(candidates, stage.cast.maker, stage.case(need)) == []


def test_a_no_holds_for_good(stage: HousingStage) -> None:
    need, offer = stage.pair()
    stage.says("anna", stage.proposed(need, offer), "hear", "no")
    with pytest.raises(Refused):
        stage.proposed(need, offer)


@pytest.mark.parametrize("who", ["anna", "bashir"])
def test_a_block_is_refused_in_the_same_words(stage: HousingStage, who: str) -> None:
    need, offer = stage.pair()
    assert [one.case.id for one in stage.read(candidates, stage.cast.maker, stage.case(need))] == [offer]
    block(stage, who)
    assert stage.read(candidates, stage.cast.maker, stage.case(need)) == []
    with pytest.raises(Refused) as caught:
        stage.proposed(need, offer)
    assert str(caught.value) == "These two are not for each other. Look for another."


def test_a_block_that_comes_in_between_ends_it_like_anything_else(stage: HousingStage) -> None:
    match = stage.heard(*stage.pair())
    stage.says("anna", match, "names")
    block(stage, "bashir")
    stage.says("bashir", match, "names")
    assert (stage.match(match).state, stage.match(match).ended_how) == ("ended", "apart")
    assert knows(stage, "anna", match) == knows(stage, "bashir", match) == (False, False)


def test_one_household_is_not_brought_together_with_itself(stage: HousingStage) -> None:
    need, offer = stage.sent(), stage.sent("lodger", "offer")
    with pytest.raises(Refused):
        stage.proposed(need, offer)


def test_other_kinds_and_the_same_side_do_not_meet(stage: HousingStage) -> None:
    need, _offer = stage.pair()
    for other in (stage.sent("chiara"), stage.sent("chiara", "offer", "moving")):
        with pytest.raises(Refused):
            stage.proposed(need, other)


def test_who_reads_one_side_alone_mediates_nothing(stage: HousingStage) -> None:
    need, offer = stage.sent(is_wide=True), stage.sent("bashir", "offer")
    match, other = stage.proposed(need, offer), stage.cast.other_maker
    assert stage.read(case_at_desk, other, need).id == need
    with pytest.raises(Missing):
        stage.read(match_at_desk, other, match)
    with pytest.raises(Missing):
        stage.do(actions.call_off, other, match)


def test_the_words_say_no_name_yet(stage: HousingStage) -> None:
    need, offer = stage.pair()
    with pytest.raises(Invalid) as caught:
        stage.do(actions.propose, stage.cast.maker, need, offer, first_side="need", words="È Bashir, ha una stanza.")
    assert caught.value.field == "words"


def test_two_zones_meet_where_the_person_let_them(stage: HousingStage) -> None:
    need, offer = stage.sent(), stage.sent("dario", "offer")
    with pytest.raises(Missing):
        stage.proposed(need, offer)
    stage.step("dario", offer, "readers", is_wide=True, excluded=())
    match = stage.proposed(need, offer)
    with pytest.raises(Missing):
        stage.read(match_at_desk, stage.cast.other_maker, match)
    stage.step("dario", offer, "readers", is_wide=False, excluded=())
    assert stage.match(match).state == "ended", "nobody mediates both any more"


def test_any_maker_of_both_calls_it_off_and_who_was_not_asked_never_hears(stage: HousingStage) -> None:
    match = stage.proposed(*stage.pair())
    stage.do(actions.call_off, stage.cast.second, match)
    assert stage.told("anna") == 2
    assert stage.told("bashir") == 0
    with pytest.raises(NotNow):
        stage.do(actions.call_off, stage.cast.second, match)


def test_a_maker_in_her_place_is_not_the_other_side(stage: HousingStage) -> None:
    need, offer = stage.sent(), stage.sent("maker", "offer")
    match = stage.proposed(need, offer, who="second")
    question = stage.question(match, "need", "hear")
    with stage.database.writing() as session, pytest.raises(Refused):
        actions.answer(session, stage.in_place_of(stage.cast.anna), question, "yes")
    with stage.database.writing() as session:
        actions.answer(session, stage.in_place_of(stage.cast.anna, "second"), question, "yes")
    assert stage.asked(question).answered_by_id == stage.cast.second.id, "who wrote it down stands beside it"


def test_nor_does_a_maker_who_lives_with_the_other_side_answer_in_her_place(stage: HousingStage) -> None:
    match = stage.proposed(*stage.pair())
    question = stage.question(match, "need", "hear")
    with stage.database.writing() as session:
        session.add(PartyMember(party_id=stage.cast.bashir.party.id, person_id=stage.cast.members["second"].id))
    with stage.database.writing() as session, pytest.raises(Refused):
        actions.answer(session, stage.in_place_of(stage.cast.anna, "second"), question, "yes")


def test_who_does_not_want_to_be_written_to_gets_no_letter(stage: HousingStage) -> None:
    need, offer = stage.pair()
    stage.step("anna", need, "reach", reach="call", reach_words="Dopo le nove", language="it")
    stage.proposed(need, offer)
    assert stage.told("anna") == 0


def block(stage: HousingStage, who: str) -> None:
    other = {"anna": "bashir", "bashir": "anna"}[who]
    mine, theirs = stage.cast.members[who], stage.cast.members[other]
    with stage.database.writing() as session:
        session.add(Block(party_id=mine.party.id, blocked_party_id=theirs.party.id, blocked_by_id=mine.id))
