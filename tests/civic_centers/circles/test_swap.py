"""Who proposes a swap, what stands in its way when it is proposed and when it is answered, and who hears of it."""

from datetime import date, time

import pytest

from civic_centers.circles import actions
from civic_centers.circles.rules import About, Beat, NotNow
from community.safeguarding.rules import NotVerified
from foundation import clock
from foundation.errors import Missing
from tests.civic_centers.circles.stage import CircleStage


def test_only_who_has_one_of_the_two_turns_proposes(circle: CircleStage) -> None:
    circle.rota()
    hers, his = circle.turn_of("anna"), circle.turn_of("bashir")
    for name in ("chiara", "maker"):
        with pytest.raises(Missing):
            circle.do(actions.propose_swap, name, hers.id, his.id)


def test_turns_of_two_circles_are_not_swapped(circle: CircleStage) -> None:
    """Though both take turns in both: each family gave its word to the others of one circle."""
    circle.rota()
    hers = circle.turn_of("anna")
    about, beat = (
        About("Un altro girotondo", circle.cast.zones["centro"].id),
        Beat((2,), time(9), 60, date(2027, 1, 12)),
    )
    circle.circle_id = circle.do(actions.propose_circle, "maker", about, beat).id
    for name in ("anna", "bashir"):
        circle.join(name)
    circle.do(actions.start_circle, "maker", circle.circle_id)
    circle.rota()
    with pytest.raises(NotNow):
        circle.do(actions.propose_swap, "anna", hers.id, circle.turn_of("bashir").id)


def test_what_has_begun_is_not_swapped(circle: CircleStage) -> None:
    circle.rota()
    first, later = circle.turn_of("anna"), circle.turn_of("bashir")
    with clock.at(first.starts_at):
        for one, other in ((first, later), (later, first)):
            with pytest.raises(NotNow):
                circle.do(actions.propose_swap, "anna", one.id, other.id)


def test_the_gate_is_asked_of_both_when_it_is_proposed(circle: CircleStage) -> None:
    circle.rota()
    hers, his = circle.turn_of("anna"), circle.turn_of("bashir")
    circle.take_check_back("bashir")
    for name in ("anna", "bashir"):
        with pytest.raises(NotVerified):
            circle.do(actions.propose_swap, name, hers.id, his.id)
    assert circle.told("swap") == []


@pytest.mark.parametrize(("by", "told"), [("anna", "bashir"), ("bashir", "anna")])
def test_the_other_hears_which_turn_they_would_have_for_which(circle: CircleStage, by: str, told: str) -> None:
    circle.rota()
    turns = {"anna": circle.turn_of("anna"), "bashir": circle.turn_of("bashir")}
    circle.do(actions.propose_swap, by, turns["anna"].id, turns["bashir"].id)
    [(name, letter)] = circle.told("swap")
    assert (name, letter.place) == (told, {"turn_id": turns[by].id})
    assert letter.params["starts_at"] == turns[by].starts_at.isoformat()
    assert letter.params["other_at"] == turns[told].starts_at.isoformat()


def test_a_no_is_told_and_who_said_it_may_propose_it_themselves(circle: CircleStage) -> None:
    circle.rota()
    hers, his = circle.turn_of("anna"), circle.turn_of("bashir")
    swap = circle.do(actions.propose_swap, "anna", hers.id, his.id)
    circle.do(actions.answer_swap, "bashir", swap, yes=False)
    assert [name for name, _letter in circle.told("swap_no")] == ["anna"]
    assert circle.do(actions.propose_swap, "bashir", hers.id, his.id) != swap
    assert [name for name, _letter in circle.told("swap")] == ["bashir", "anna"]


def test_two_turns_at_the_same_hour_are_swapped(circle: CircleStage) -> None:
    circle.rota()
    hers = circle.turn_of("anna")
    his = circle.twin(hers.id)
    circle.do(actions.take, "bashir", his)
    swap = circle.do(actions.propose_swap, "anna", hers.id, his)
    circle.do(actions.answer_swap, "bashir", swap, yes=True)
    assert (circle.who_has(hers.id), circle.who_has(his)) == ("bashir", "anna")


def test_a_swap_is_told_other_proposals_lapse_and_nobody_is_their_own_second(circle: CircleStage) -> None:
    circle.rota()
    hers, his, third = circle.turn_of("anna"), circle.turn_of("bashir"), circle.turn_of("chiara")
    circle.do(actions.come_too, "bashir", hers.id)
    other = circle.do(actions.propose_swap, "chiara", hers.id, third.id)
    late = circle.do(actions.propose_swap, "chiara", his.id, third.id)
    swap = circle.do(actions.propose_swap, "anna", hers.id, his.id)
    circle.do(actions.answer_swap, "bashir", swap, yes=True)
    [(name, letter)] = circle.told("swapped")
    assert (name, letter.place) == ("anna", {"turn_id": his.id})
    others = {(name, letter.place["turn_id"]) for name, letter in circle.told("other_adult")}
    assert others == {(name, one.id) for name in ("chiara", "dario", "elisa") for one in (hers, his)}
    assert (circle.turn(hers.id).second_id, circle.turn(hers.id).second_family_id) == (None, None)
    for name, number in (("anna", other), ("bashir", late)):
        with pytest.raises(NotNow):
            circle.do(actions.answer_swap, name, number, yes=False)


def test_what_somebody_takes_is_swapped_no_more_and_a_second_who_takes_it_is_the_first(circle: CircleStage) -> None:
    circle.rota()
    hers, his = circle.turn_of("anna"), circle.turn_of("bashir")
    circle.do(actions.come_too, "chiara", hers.id)
    circle.do(actions.give_up, "anna", hers.id)
    swap = circle.do(actions.propose_swap, "bashir", hers.id, his.id)
    circle.do(actions.take, "chiara", hers.id)
    assert (circle.who_has(hers.id), circle.turn(hers.id).second_id) == ("chiara", None)
    with pytest.raises(NotNow):
        circle.do(actions.answer_swap, "anna", swap, yes=False)
