"""A care circle of five families through a month: a fair rota, illness, holidays, a swap, cover, and hours."""

from civic_centers.circles import actions
from civic_centers.circles.queries.turns import balances
from foundation import clock
from tests.civic_centers.circles.stage import NAMES, CircleStage, at
from tests.civic_centers.circles.test_worries import asked_of


def test_a_month_of_five_families(circle: CircleStage) -> None:
    assert circle.rota() == len(circle.turns()) == 13  # six weeks and the Monday after them
    had = [circle.who_has(turn.id) for turn in circle.turns()]
    assert had[:5] == list(NAMES)
    assert {name: had.count(name) for name in NAMES} == {
        "anna": 3, "bashir": 3, "chiara": 3, "dario": 2, "elisa": 2,
    }  # fmt: skip

    counting = circle.do(actions.propose_counting, "anna", circle.circle_id)
    for name in NAMES:
        assert circle.circle().counting_since is None
        circle.do(actions.vote, name, circle.circle_id, counting.id, yes=True)
    assert circle.circle().counting_since is not None

    # The first turn: Chiara's child is ill.
    first = circle.turns()[0]
    circle.do(actions.say_comes, "chiara", first.id, circle.child_row("chiara").id, comes=False)
    circle.hold(first, minutes=121)
    assert circle.turn(first.id).hours == "moved"
    assert [circle.balance(name) for name in NAMES] == [121, -41, 0, -40, -40]

    # Bashir cannot: he and Elisa swap.
    his, hers = circle.turn_of("bashir"), circle.turn_of("elisa")
    with clock.at(at(12)):
        swap = circle.do(actions.propose_swap, "bashir", his.id, hers.id)
        circle.do(actions.answer_swap, "elisa", swap, yes=True)
    assert (circle.who_has(his.id), circle.who_has(hers.id)) == ("elisa", "bashir")

    # Dario is ill the same morning: substitutes are asked, whoever was asked longest ago before others.
    ill = circle.turn_of("dario")
    with clock.at(ill.starts_at.replace(hour=6)):
        circle.do(actions.give_up, "dario", ill.id)
        asked = circle.asked(ill.id)
        assert len(asked) == 2
        assert "dario" not in asked
        circle.do(actions.say_no, asked[0], ill.id)
        circle.do(actions.take, asked[1], ill.id)
    assert circle.who_has(ill.id) == asked[1]
    assert ("dario", "circles:covered") in circle.letters()

    # Holidays: the circle pauses for a week, Anna's family is away for another.
    gone = circle.do(actions.pause, "maker", circle.circle_id, at(25).date(), at(31).date())
    assert gone == 2
    circle.do(actions.pause_family, "anna", circle.circle_id, at(1, month=2).date(), at(7, month=2).date())
    for turn in circle.turns():
        if at(1, month=2) < turn.starts_at < at(7, month=2):
            assert circle.who_has(turn.id) != "anna"
            assert "anna" not in circle.coming(turn.id)

    for turn in circle.turns()[1:]:
        if turn.state == "held" and turn.starts_at < at(11, month=2):
            circle.hold(circle.turn(turn.id))
    with circle.database.reading() as session:
        found = balances(session, circle.circle_id)
    for name in NAMES:
        one = found[circle.families[name]]
        assert one.given - one.received == circle.balance(name)
    assert sum(circle.balance(name) for name in NAMES) == 0

    done = [turn for turn in circle.turns() if turn.state == "done"]
    for name in NAMES:
        gave = [turn.id for turn in done if circle.who_has(turn.id) == name]
        came = [turn.id for turn in done if name in circle.coming(turn.id) and turn.id not in gave]
        one = found[circle.families[name]]
        assert (one.given_turns, one.received_turns) == (len(gave), len(came))
        # Each was asked once after every turn in which they had a part, and after none that was called off.
        with clock.at(at(10, month=2)):
            assert asked_of(circle, circle.cast.members[name].actor) == sorted(gave + came)
    assert sum(found[circle.families[name]].given_turns for name in NAMES) == len(done)
