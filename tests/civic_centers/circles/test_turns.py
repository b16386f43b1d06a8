"""Taking, "I can't", substitutes by who was asked longest ago, swaps, and the gate of care at every change."""

from datetime import timedelta

import pytest

from civic_centers.circles import actions
from civic_centers.circles.actions.taking import Busy
from civic_centers.circles.rules import NotNow
from civic_centers.circles.tables import CareCircle, CircleTurn
from community.safeguarding.rules import NotVerified
from foundation import clock
from foundation.errors import Missing, Refused, Stale
from tests.civic_centers.circles.stage import NAMES, CircleStage


def test_substitutes_are_asked_a_few_at_a_time_and_never_again_after_a_no(circle: CircleStage) -> None:
    circle.rota()
    turn = circle.turn_of("anna", 1)
    with clock.at(turn.starts_at - timedelta(hours=40)):
        circle.do(actions.give_up, "anna", turn.id)
        circle.do(actions.give_up, "anna", turn.id)
        first = circle.asked(turn.id)
        assert first == ["bashir", "chiara"]
        assert not circle.run(actions.ask_next, turn.id)  # they have their time
        assert circle.asked(turn.id) == first
        for name in first:
            circle.do(actions.say_no, name, turn.id)
        assert circle.asked(turn.id) == ["bashir", "chiara", "dario", "elisa"]
        ends = circle.turn(turn.id).asked_until
    with clock.at(ends + timedelta(minutes=1)):
        circle.run(actions.ask_next, turn.id)
    assert circle.asked(turn.id) == ["bashir", "chiara", "dario", "elisa"]
    assert circle.turn(turn.id).state == "open"  # dario and elisa may still say yes
    with clock.at(turn.starts_at - timedelta(minutes=50)):
        circle.run(actions.ask_next, turn.id)
        assert (circle.turn(turn.id).state, circle.turn(turn.id).off_why) == ("off", "nobody")
        told = {name for name, notice in circle.letters() if notice == "circles:fell_out"}
        assert told == {*NAMES, "maker"}
        circle.do(actions.take, "bashir", turn.id)
    assert circle.who_has(turn.id) == "bashir"
    assert ("elisa", "circles:after_all") in circle.letters()


def test_who_was_asked_longest_ago_is_asked_first(circle: CircleStage) -> None:
    circle.rota()
    one, other = circle.turn_of("anna", 1), circle.turn_of("bashir", 1)
    with clock.at(one.starts_at - timedelta(hours=30)):
        circle.do(actions.give_up, "anna", one.id)
    assert circle.asked(one.id) == ["bashir", "chiara"]
    with clock.at(other.starts_at - timedelta(hours=30)):
        circle.do(actions.give_up, "bashir", other.id)
    assert circle.asked(other.id) == ["anna", "dario"]  # never asked comes before asked
    third = circle.turn_of("chiara", 1)
    with clock.at(third.starts_at - timedelta(hours=30)):
        circle.do(actions.give_up, "chiara", third.id)
    assert circle.asked(third.id) == ["elisa", "bashir"]


def test_far_away_first_those_who_could_swap_are_asked(circle: CircleStage) -> None:
    circle.rota()
    turn = circle.turn_of("anna", 2)
    circle.do(actions.give_up, "anna", turn.id)
    assert circle.asked(turn.id) == []
    assert ("bashir", "circles:could_you_swap") in circle.letters()
    mine = circle.turn_of("bashir", 1)
    swap = circle.do(actions.propose_swap, "bashir", turn.id, mine.id)
    with pytest.raises(Missing):
        circle.do(actions.answer_swap, "bashir", swap, yes=True)
    circle.do(actions.answer_swap, "anna", swap, yes=True)
    assert (circle.who_has(turn.id), circle.who_has(mine.id)) == ("bashir", "anna")
    with pytest.raises(NotNow):
        circle.do(actions.answer_swap, "anna", swap, yes=True)
    again = circle.turn_of("chiara", 1)
    circle.do(actions.give_up, "chiara", again.id)
    circle.do(actions.look_for_substitute, "chiara", again.id)
    assert len(circle.asked(again.id)) == 2


def test_a_swap_that_was_declined_is_not_proposed_again(circle: CircleStage) -> None:
    circle.rota()
    mine, hers = circle.turn_of("anna", 1), circle.turn_of("elisa")
    swap = circle.do(actions.propose_swap, "anna", mine.id, hers.id)
    assert circle.do(actions.propose_swap, "anna", mine.id, hers.id) == swap
    circle.do(actions.answer_swap, "elisa", swap, yes=False)
    with pytest.raises(Refused):
        circle.do(actions.propose_swap, "anna", mine.id, hers.id)
    other = circle.do(actions.propose_swap, "anna", mine.id, circle.turn_of("dario").id)
    circle.do(actions.give_up, "anna", mine.id)
    with pytest.raises(NotNow):
        circle.do(actions.answer_swap, "dario", other, yes=True)


def test_the_gate_is_asked_at_every_change(circle: CircleStage) -> None:
    circle.rota()
    turn, hers = circle.turn_of("anna", 1), circle.turn_of("elisa")
    swap = circle.do(actions.propose_swap, "anna", turn.id, hers.id)
    circle.take_check_back("elisa")
    with pytest.raises(NotVerified):
        circle.do(actions.answer_swap, "elisa", swap, yes=True)
    with pytest.raises(NotVerified):
        circle.do(actions.come_too, "elisa", turn.id)
    with clock.at(turn.starts_at - timedelta(hours=30)):
        circle.do(actions.give_up, "anna", turn.id)
        with pytest.raises(NotVerified):
            circle.do(actions.take, "elisa", turn.id)
    with clock.at(hers.starts_at), pytest.raises(NotVerified):
        circle.do(actions.note_came, "elisa", hers.id, circle.child_row("anna").id)
    with circle.database.writing() as session:
        due = actions.who_may_not_care(session, circle.cast.community.id, None)
        assert {number for number, _moment in due} >= {hers.id}
        for number, _moment in due:
            actions.let_go_of_care(session, number)
    assert circle.turn(hers.id).state == "open"
    assert ("elisa", "circles:not_for_now") in circle.letters()


def test_one_adult_has_one_turn_at_a_time_and_a_second_may_come_too(circle: CircleStage) -> None:
    circle.rota()
    turn = circle.turn_of("anna")
    circle.do(actions.come_too, "bashir", turn.id)
    circle.do(actions.come_too, "bashir", turn.id)
    with pytest.raises(NotNow):
        circle.do(actions.come_too, "chiara", turn.id)
    twin = circle.twin(turn.id)
    with pytest.raises(Busy):
        circle.do(actions.take, "bashir", twin)
    circle.do(actions.come_not_too, "bashir", turn.id)
    circle.do(actions.take, "bashir", twin)
    with pytest.raises(Missing):
        circle.do(actions.give_up, "chiara", twin)


def test_a_rota_is_confirmed_as_it_was_seen(circle: CircleStage) -> None:
    with circle.database.reading() as session:
        seal = actions.plan(session, session.get_one(CareCircle, circle.circle_id)).seal
    circle.do(actions.take, "elisa", circle.turns()[0].id)
    with pytest.raises(Stale):
        circle.do(actions.confirm_rota, "maker", circle.circle_id, seal)
    with pytest.raises(Missing):
        circle.do(actions.confirm_rota, "anna", circle.circle_id, seal)
    assert circle.rota() == 12
    had = [circle.who_has(turn.id) for turn in circle.turns()]
    assert had[:6] == ["elisa", "anna", "bashir", "chiara", "dario", "elisa"]


def test_the_rota_gives_nobody_a_turn_for_which_somebody_is_looked_for(circle: CircleStage) -> None:
    circle.rota()
    turn = circle.turn_of("anna", 2)
    circle.do(actions.give_up, "anna", turn.id)
    assert circle.rota() == 0
    assert circle.turn(turn.id).state == "open"


def test_who_came_later_takes_its_part_of_what_follows(draft: CircleStage) -> None:
    """Three families for six weeks; then two more come, who do not have to catch up."""
    for name in NAMES[:3]:
        draft.join(name)
    draft.do(actions.start_circle, "maker", draft.circle_id)
    draft.rota()
    old = len(draft.turns())
    with clock.at(draft.turns()[-1].ends_at):
        for name in NAMES[3:]:
            draft.join(name)
        draft.run(actions.roll, draft.circle_id)
        draft.rota()
        had = [draft.who_has(turn.id) for turn in draft.turns()[old:]][:9]
    # Anna had five of thirteen, the others four; for who came, a third of thirteen counts.
    assert {name: had.count(name) for name in NAMES} == {**dict.fromkeys(NAMES, 2), "anna": 1}


def test_who_is_back_from_far_away_does_not_catch_up(circle: CircleStage) -> None:
    days = [turn.day for turn in circle.turns()]
    circle.do(actions.pause_family, "elisa", circle.circle_id, days[0], days[-1])
    circle.rota()
    old = len(days)
    with clock.at(circle.turns()[-1].ends_at):
        circle.run(actions.roll, circle.circle_id)
        circle.rota()
        had = [circle.who_has(turn.id) for turn in circle.turns()[old:]][:10]
    # The others had 4, 3, 3 and 3 of thirteen; a fourth of thirteen counts for Elisa.
    assert {name: had.count(name) for name in NAMES} == {"anna": 2, "bashir": 2, "chiara": 2, "dario": 2, "elisa": 2}


def test_a_rota_leaves_out_who_is_away_not_in_order_or_there_already(circle: CircleStage) -> None:
    turns = circle.turns()
    circle.do(actions.pause_family, "anna", circle.circle_id, turns[0].day, turns[4].day)
    circle.do(actions.come_too, "bashir", turns[0].id)
    circle.take_check_back("elisa")
    circle.rota()
    had = [circle.who_has(turn.id) for turn in turns]
    assert "anna" not in had[:5]
    assert "anna" in had[5:]
    assert had[0] == "chiara"
    assert "bashir" in had
    assert "elisa" not in had


def test_when_all_said_no_it_falls_out_at_once(circle: CircleStage) -> None:
    circle.rota()
    turn = circle.turn_of("anna", 1)
    circle.do(actions.come_too, "elisa", turn.id)
    with clock.at(turn.starts_at - timedelta(hours=40)):
        circle.do(actions.give_up, "anna", turn.id)
        for name in ("bashir", "chiara", "dario", "elisa"):
            assert circle.turn(turn.id).state == "open"
            circle.do(actions.say_no, name, turn.id)
    assert (circle.turn(turn.id).state, circle.turn(turn.id).off_why) == ("off", "nobody")
    assert (circle.turn(turn.id).second_id, circle.turn(turn.id).second_family_id) == (None, None)


def test_nobody_waits_for_who_takes_no_turns_any_more(circle: CircleStage) -> None:
    circle.rota()
    turn = circle.turn_of("anna", 1)
    with clock.at(turn.starts_at - timedelta(hours=40)):
        circle.do(actions.give_up, "anna", turn.id)
        circle.do(actions.answer_adult, "bashir", circle.circle_id, yes=False)
        circle.do(actions.say_no, "chiara", turn.id)
    assert circle.asked(turn.id) == ["bashir", "chiara", "dario", "elisa"]


def test_who_has_another_turn_then_is_not_asked(circle: CircleStage) -> None:
    circle.rota()
    turn = circle.turn_of("anna")
    twin = circle.twin(turn.id)
    circle.do(actions.come_too, "chiara", turn.id)
    circle.do(actions.take, "dario", twin)
    circle.do(actions.give_up, "dario", twin)
    assert circle.asked(twin) == ["bashir", "elisa"]


def test_who_is_away_not_in_order_or_said_no_is_not_asked(circle: CircleStage) -> None:
    circle.rota()
    turn = circle.turn_of("anna", 1)
    circle.do(actions.pause_family, "bashir", circle.circle_id, turn.day, turn.day)
    circle.take_check_back("chiara")
    circle.do(actions.answer_adult, "dario", circle.circle_id, yes=False)
    with clock.at(turn.starts_at - timedelta(hours=40)):
        circle.do(actions.give_up, "anna", turn.id)
    assert circle.asked(turn.id) == ["elisa"]


def test_what_has_begun_nobody_takes(circle: CircleStage) -> None:
    turn = circle.turns()[0]
    with clock.at(turn.starts_at), pytest.raises(NotNow):
        circle.do(actions.take, "anna", turn.id)
    assert circle.turn(turn.id).state == "open"


def test_who_has_it_may_press_again_and_the_next_hour_is_another_turn(circle: CircleStage) -> None:
    turn = circle.turns()[0]
    twin = circle.twin(turn.id)
    with circle.database.writing() as session:
        later = session.get_one(CircleTurn, twin)
        later.starts_at, later.ends_at = turn.ends_at, turn.ends_at + timedelta(hours=1)
        session.add(later)
    for number in (twin, turn.id, turn.id):
        circle.do(actions.take, "anna", number)
    assert (circle.who_has(turn.id), circle.who_has(twin)) == ("anna", "anna")
    assert [name for name, _letter in circle.told("other_adult")].count("bashir") == 2


def test_only_who_gave_it_up_hurries_and_only_who_was_asked_says_no(circle: CircleStage) -> None:
    circle.rota()
    turn = circle.turn_of("anna", 2)
    circle.do(actions.give_up, "anna", turn.id)
    with pytest.raises(Missing):
        circle.do(actions.look_for_substitute, "bashir", turn.id)
    assert circle.asked(turn.id) == []
    circle.do(actions.look_for_substitute, "anna", turn.id)
    with pytest.raises(Missing):
        circle.do(actions.say_no, "elisa", turn.id)


def test_nobody_is_their_own_second_nor_one_of_what_is_over_or_goes_on(circle: CircleStage) -> None:
    circle.rota()
    turn = circle.turn_of("anna")
    with pytest.raises(NotNow):
        circle.do(actions.come_too, "anna", turn.id)
    circle.do(actions.come_too, "bashir", turn.id)
    with clock.at(turn.starts_at), pytest.raises(NotNow):
        circle.do(actions.come_not_too, "bashir", turn.id)
    circle.do(actions.come_not_too, "bashir", turn.id)
    with clock.at(turn.ends_at), pytest.raises(NotNow):
        circle.do(actions.come_too, "bashir", turn.id)
