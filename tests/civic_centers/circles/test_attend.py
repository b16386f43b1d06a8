"""Taking children in and handing them over, whatever becomes of a family meanwhile."""

from datetime import timedelta

import pytest
from sqlmodel import select

from civic_centers.circles import actions
from civic_centers.circles.rules import NotNow
from civic_centers.enrolling.rules import NotAllowed
from community.categories.tables import Category
from community.dependants.actions import withdraw_consent
from community.dependants.rules import NotInOrder
from community.safeguarding.rules import NoSecondAdult, NotVerified
from community.safeguarding.tables import CareRequirement
from foundation import clock
from foundation.errors import Missing, Refused
from tests.civic_centers.circles.stage import CircleStage


def test_who_has_the_children_goes_on_though_their_family_leaves(circle: CircleStage) -> None:
    circle.rota()
    turn = circle.turn_of("anna")
    bimbo = circle.child_row("bashir").id
    circle.do(actions.write_notes, "bashir", bimbo, "Allergia alle noci")
    with clock.at(turn.starts_at):
        circle.do(actions.note_came, "anna", turn.id, bimbo)
        circle.do(actions.leave, "anna", circle.circle_id)
        circle.do(actions.note_left, "anna", turn.id, bimbo, circle.cast.bashir.name)
    with clock.at(turn.ends_at):
        circle.do(actions.tell_minutes, "anna", turn.id, 120)
    assert circle.turn(turn.id).state == "told"
    with clock.at(turn.ends_at + timedelta(days=40)), pytest.raises(Missing):
        circle.do(actions.tell_minutes, "anna", turn.id, 100)


def demand_a_second_adult(circle: CircleStage) -> None:
    with circle.database.writing() as session:
        category = session.exec(select(Category).where(Category.fields == "childcare")).first()
        demands = {"identity": True, "references_needed": 2, "second_adult": True}
        session.add(CareRequirement(category_id=category.id, community_id=circle.cast.community.id, **demands))


def test_a_second_adult_where_the_community_asks_for_one(circle: CircleStage) -> None:
    circle.rota()
    demand_a_second_adult(circle)
    turn, bimbo = circle.turn_of("anna"), circle.child_row("bashir").id
    with clock.at(turn.starts_at):
        with pytest.raises(NoSecondAdult):
            circle.do(actions.note_came, "anna", turn.id, bimbo)
        circle.do(actions.come_too, "chiara", turn.id)
        circle.do(actions.note_came, "anna", turn.id, bimbo)
        circle.take_check_back("chiara")
        with pytest.raises(NotVerified):
            circle.do(actions.note_came, "anna", turn.id, circle.child_row("dario").id)


def test_only_its_parents_say_whether_a_child_comes(circle: CircleStage) -> None:
    turn, bimbo = circle.turns()[0], circle.child_row("bashir").id
    for name in ("anna", "maker"):
        with pytest.raises(Missing):
            circle.do(actions.say_comes, name, turn.id, bimbo, comes=False)
    assert "bashir" in circle.coming(turn.id)


def test_the_yes_of_everybody_is_asked_again_at_the_door(circle: CircleStage) -> None:
    circle.rota()
    turn = circle.turn_of("anna")
    circle.do(withdraw_consent, "bashir", circle.children["bashir"])
    with clock.at(turn.starts_at), pytest.raises(NotInOrder):
        circle.do(actions.note_came, "anna", turn.id, circle.child_row("bashir").id)


def test_children_are_taken_in_from_half_an_hour_before(circle: CircleStage) -> None:
    circle.rota()
    turn, bimbo = circle.turn_of("anna"), circle.child_row("bashir").id
    circle.do(actions.say_comes, "chiara", turn.id, circle.child_row("chiara").id, comes=False)
    with clock.at(turn.starts_at), pytest.raises(NotNow):
        circle.do(actions.note_came, "anna", turn.id, circle.child_row("chiara").id)
    with clock.at(turn.starts_at - timedelta(minutes=31)), pytest.raises(NotNow):
        circle.do(actions.note_came, "anna", turn.id, bimbo)
    with clock.at(turn.ends_at + timedelta(minutes=1)), pytest.raises(NotNow):
        circle.do(actions.note_came, "anna", turn.id, bimbo)
    with clock.at(turn.starts_at - timedelta(minutes=29)):
        with pytest.raises(Missing):
            circle.do(actions.note_came, "chiara", turn.id, bimbo)
        circle.do(actions.note_came, "anna", turn.id, bimbo)
        with pytest.raises(NotNow):
            circle.do(actions.say_comes, "bashir", turn.id, bimbo, comes=False)


def test_only_who_may_fetch_a_child_takes_it_home(circle: CircleStage) -> None:
    circle.rota()
    turn, bimbo = circle.turn_of("anna"), circle.child_row("bashir").id
    with clock.at(turn.starts_at):
        with pytest.raises(NotNow):
            circle.do(actions.note_left, "anna", turn.id, bimbo, circle.cast.bashir.name)
        circle.do(actions.note_came, "anna", turn.id, bimbo)
        for stranger in (circle.cast.chiara.name, "", "Qualcuno"):
            with pytest.raises(NotAllowed):
                circle.do(actions.note_left, "anna", turn.id, bimbo, stranger)
        circle.do(actions.note_left, "anna", turn.id, bimbo, circle.cast.bashir.name)
        with pytest.raises(NotNow):
            circle.do(actions.note_not_come, "anna", turn.id, bimbo)


def test_nothing_is_swapped_once_a_child_is_there(circle: CircleStage) -> None:
    circle.rota()
    turn, other = circle.turn_of("anna"), circle.turn_of("bashir")
    swap = circle.do(actions.propose_swap, "anna", turn.id, other.id)
    with clock.at(turn.starts_at - timedelta(minutes=10)):
        circle.do(actions.note_came, "anna", turn.id, circle.child_row("chiara").id)
        with pytest.raises(NotNow):
            circle.do(actions.answer_swap, "bashir", swap, yes=True)
    assert circle.who_has(turn.id) == "anna"


def test_only_who_said_that_they_take_turns_takes_one(circle: CircleStage) -> None:
    turn = circle.turns()[0]
    circle.do(actions.answer_adult, "anna", circle.circle_id, yes=False)
    for act in (actions.take, actions.come_too):
        with pytest.raises(Refused):
            circle.do(act, "anna", turn.id)
    circle.do(actions.answer_adult, "anna", circle.circle_id, yes=True)
    circle.do(actions.take, "anna", turn.id)


def test_no_minutes_before_every_child_went_home(circle: CircleStage) -> None:
    circle.rota()
    turn, bimbo = circle.turn_of("anna"), circle.child_row("bashir").id
    with clock.at(turn.starts_at):
        circle.do(actions.note_came, "anna", turn.id, bimbo)
    with clock.at(turn.ends_at):
        with pytest.raises(Refused):
            circle.do(actions.tell_minutes, "anna", turn.id, 120)
        circle.do(actions.note_left, "anna", turn.id, bimbo, circle.cast.bashir.name)
        circle.do(actions.tell_minutes, "anna", turn.id, 120)
