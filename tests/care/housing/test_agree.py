"""What two who know each other agree upon: the sheet, euro, an ordinary agreement; and how it ends."""

from datetime import timedelta

import pytest
from sqlmodel import select

from care.housing import actions
from care.housing.jobs import look
from care.housing.queries.cases import own_view, view_at_desk
from care.housing.queries.desk import number_for_person, to_follow
from care.housing.queries.matches import together, view_of_match
from care.housing.rules.cases import NotNow
from exchanges.agreements.rules import Terms
from exchanges.agreements.tables import Agreement
from exchanges.posts.tables import Post
from foundation import clock
from foundation.errors import Invalid, Missing
from tests.care.housing.stage import FEBRUARY, MAY, MONDAY, HousingStage

TERMS = {"conditions": "Bollette a metà", "need_does": "Tiene pulito", "offer_does": "Dà le chiavi"}


def write(stage: HousingStage, who: str, match: int, seen: int) -> int:
    member = stage.cast.members[who]
    return stage.do(actions.write_sheet, member, match, TERMS, from_on=FEBRUARY, to_on=MAY, seen=seen)


def test_both_see_the_same_sheet_and_both_say_yes(stage: HousingStage) -> None:
    match = stage.introduced(*stage.pair())
    before = {who: stage.told(who) for who in ("anna", "bashir")}
    assert write(stage, "anna", match, 0) == 1
    assert [stage.told(who) - before[who] for who in ("anna", "bashir")] == [0, 1]
    seen = [stage.read(together, stage.cast.members[who], match).sheets[0].terms for who in ("anna", "bashir")]
    assert seen == [TERMS, TERMS]
    assert stage.do(actions.say_yes, stage.cast.bashir, match, 1) is True
    row = stage.read(together, stage.cast.anna, match).sheets[0].row
    assert row.need_yes_at is not None
    assert row.offer_yes_at is not None


def test_a_sheet_waits_for_who_has_not_said_yes(stage: HousingStage) -> None:
    match = stage.introduced(*stage.pair())

    def waits() -> dict[str, int]:
        with stage.database.reading() as session:
            return {
                who: session.scalar(select(number_for_person(stage.cast.members[who].actor)))
                for who in ("anna", "bashir", "lodger")
            }

    assert waits() == {"anna": 0, "bashir": 0, "lodger": 0}
    write(stage, "anna", match, 0)
    assert waits() == {"anna": 0, "bashir": 1, "lodger": 0}
    write(stage, "bashir", match, 1)
    assert waits() == {"anna": 1, "bashir": 0, "lodger": 0}
    stage.do(actions.say_yes, stage.cast.anna, match, 2)
    assert waits() == {"anna": 0, "bashir": 0, "lodger": 0}


def test_a_new_version_asks_both_anew_and_an_old_form_is_refused(stage: HousingStage) -> None:
    match = stage.introduced(*stage.pair())
    write(stage, "anna", match, 0)
    stage.do(actions.say_yes, stage.cast.bashir, match, 1)
    assert write(stage, "maker", match, 1) == 2
    row = stage.read(together, stage.cast.anna, match).sheets[0].row
    assert (row.need_yes_at, row.offer_yes_at) == (None, None)
    with pytest.raises(NotNow):
        write(stage, "bashir", match, 1)
    with pytest.raises(NotNow):
        stage.do(actions.say_yes, stage.cast.anna, match, 1)
    for who in ("lodger", "chiara", "other_maker"):
        with pytest.raises(Missing):
            write(stage, who, match, 2)


def test_before_they_know_each_other_there_is_no_sheet(stage: HousingStage) -> None:
    match = stage.heard(*stage.pair())
    with pytest.raises(Missing):
        write(stage, "anna", match, 0)
    with pytest.raises(NotNow):
        write(stage, "maker", match, 0)


def test_euro_are_written_down_in_cents_and_never_become_hours(stage: HousingStage) -> None:
    match = stage.introduced(*stage.pair("deposit"))
    today = MONDAY.date()
    row = stage.do(actions.promise, stage.cast.maker, match, 60000, today)
    with pytest.raises(NotNow):
        stage.do(actions.note_returned, stage.cast.maker, row.id, today)
    for act in (actions.note_given, actions.note_returned):
        with pytest.raises(Missing):
            stage.do(act, stage.cast.anna, row.id, today)
    with stage.later(days=5):
        with pytest.raises(Invalid):
            stage.do(actions.note_given, stage.cast.maker, row.id, today - timedelta(days=1))
        stage.do(actions.note_given, stage.cast.second, row.id, today + timedelta(days=2))
        with pytest.raises(Invalid):
            stage.do(actions.note_returned, stage.cast.maker, row.id, today + timedelta(days=1))
        stage.do(actions.note_returned, stage.cast.maker, row.id, None)
    [kept] = stage.read(together, stage.cast.bashir, match).money
    assert (kept.amount_cents, kept.given_on) == (60000, today + timedelta(days=2))
    with pytest.raises(Missing):
        stage.do(actions.promise, stage.cast.anna, match, 1, None)
    with stage.database.reading() as session:
        assert session.exec(select(Agreement)).all() == []


def test_no_euro_before_they_know_each_other(stage: HousingStage) -> None:
    match = stage.heard(*stage.pair("deposit"))
    with pytest.raises(NotNow):
        stage.do(actions.promise, stage.cast.maker, match, 60000, None)


def test_a_hand_becomes_an_ordinary_agreement_that_says_nothing_of_where_it_began(stage: HousingStage) -> None:
    match = stage.introduced(*stage.pair())
    category = stage.cast.categories["repairs"].id
    terms = Terms(starts_at=clock.now() + timedelta(days=2), minutes=60)
    number = stage.do(actions.ask_for_a_hand, stage.cast.anna, match, "Una mensola", category, terms)
    with stage.database.reading() as session:
        made = session.get_one(Agreement, number)
        assert (made.giver_id, made.receiver_id) == (stage.cast.bashir.party.id, stage.cast.anna.party.id)
        assert (made.title, made.post_id) == ("Una mensola", None)
        assert session.exec(select(Post)).all() == []
    with pytest.raises(Missing):
        stage.do(actions.ask_for_a_hand, stage.cast.lodger, match, "x", category, terms)


def test_how_it_ended_and_asking_how_it_goes(stage: HousingStage) -> None:
    need, offer = stage.pair()
    match = stage.introduced(need, offer)
    day = MONDAY.date() + timedelta(days=30)
    stage.do(actions.help_case, stage.cast.maker, need, "stay", until_on=MAY, follow_on=day, words="Bene così")
    assert (stage.case(need).state, stage.case(offer).state) == ("helped", "helped")
    met = stage.read(together, stage.cast.anna, match)
    assert met.other is not None
    assert not met.shows_contacts, "contacts disappear afterwards"
    before = stage.told("anna")
    with stage.later(days=29), stage.database.writing() as session:
        actions.ask_how(session, need)
    assert stage.told("anna") == before
    with stage.later(days=30, hours=1):
        with stage.database.writing() as session:
            look(session, {})
            actions.ask_how(session, need)
            actions.ask_how(session, need)
        assert stage.told("anna") == before + 1
        assert [one.id for one in stage.read(to_follow, stage.cast.second, day)] == [need]
        stage.do(actions.say_to_desk, stage.cast.anna, need, "Va bene, grazie")
        assert [one.words for one in stage.read(own_view, stage.cast.anna, need).notes] == ["Va bene, grazie"]
        assert {one.words for one in stage.read(view_at_desk, stage.cast.maker, need).notes} == {
            "Va bene, grazie", "Bene così",
        }  # fmt: skip
        stage.do(actions.note_followed, stage.cast.second, need, "Sentita", None)
        assert stage.read(to_follow, stage.cast.maker, day) == []


def test_who_helps_with_a_move_can_help_again(stage: HousingStage) -> None:
    need, offer = stage.pair("moving")
    stage.introduced(need, offer)
    stage.do(actions.help_case, stage.cast.maker, need, "moved")
    assert (stage.case(need).state, stage.case(offer).state) == ("helped", "open")


@pytest.mark.parametrize("who", ["anna", "bashir"])
def test_withdrawing_ends_what_was_being_made(stage: HousingStage, who: str) -> None:
    need, offer = stage.pair()
    match = stage.introduced(need, offer)
    mine, other = (need, offer) if who == "anna" else (offer, need)
    stage.do(actions.withdraw, stage.cast.members[who], mine)
    assert (stage.case(mine).state, stage.case(other).state) == ("withdrawn", "open")
    assert stage.match(match).state == "ended"
    with pytest.raises(NotNow):
        stage.do(actions.withdraw, stage.cast.members[who], mine)


def test_a_maker_closes_what_nothing_comes_of(stage: HousingStage) -> None:
    need, _offer = stage.pair()
    with pytest.raises(Invalid):
        stage.do(actions.close_case, stage.cast.maker, need, " ")
    before = stage.told("anna")
    stage.do(actions.close_case, stage.cast.maker, need, "Ha trovato altrove")
    assert (stage.case(need).state, stage.told("anna")) == ("ended", before + 1)
    for who in ("other_maker", "anna", "lodger"):
        with pytest.raises(Missing):
            stage.do(actions.close_case, stage.cast.members[who], need, "x")


def test_an_end_that_makes_no_sense(stage: HousingStage) -> None:
    need, offer = stage.pair()
    yesterday = MONDAY.date() - timedelta(days=1)
    for more in (
        {"outcome": "castle"},
        {"outcome": "home", "until_on": yesterday},
        {"outcome": "home", "follow_on": yesterday},
    ):
        with pytest.raises(Invalid):
            stage.do(actions.help_case, stage.cast.maker, need, **more)
    with pytest.raises(Invalid):
        stage.do(actions.help_case, stage.cast.maker, offer, "home")


def test_upon_which_conditions_a_deposit_is_given(stage: HousingStage) -> None:
    """Makers read it at once; who asks once each knows how the other is reached, and never before."""
    need, offer = stage.pair("deposit")
    said = "Torna in sei rate da marzo"
    stage.step("bashir", offer, "terms", conditions=said)
    with pytest.raises(Missing):
        stage.step("anna", need, "terms", conditions="Subito")
    match = stage.heard(need, offer)
    assert stage.read(view_of_match, stage.cast.maker, match).conditions == said
    for who in ("anna", "bashir"):
        stage.says(who, match, "names")
    assert stage.read(together, stage.cast.anna, match).conditions == ""
    for who in ("anna", "bashir"):
        stage.says(who, match, "contacts")
    assert stage.read(together, stage.cast.anna, match).conditions == said
    stage.do(actions.help_case, stage.cast.maker, need, "money")
    assert stage.read(together, stage.cast.anna, match).conditions == ""


def test_what_matters_of_a_home_is_told_by_the_makers_alone(stage: HousingStage) -> None:
    need, offer = stage.pair("stay")
    stage.step("bashir", offer, "terms", conditions="Terzo piano")
    match = stage.introduced(need, offer)
    assert stage.read(together, stage.cast.anna, match).conditions == ""
