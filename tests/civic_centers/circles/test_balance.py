"""What each family gave and received, by turns and by minutes: over turns that were confirmed."""

from civic_centers.circles import actions
from civic_centers.circles.queries.turns import balances
from foundation import clock
from tests.civic_centers.circles.stage import NAMES, CircleStage

Balances = dict[str, tuple[int, int, int, int]]


def found(circle: CircleStage) -> Balances:
    """By first name: turns given, turns received, minutes given, minutes received."""
    with circle.database.reading() as session:
        by_family = balances(session, circle.circle_id)
    return {
        name: (one.given_turns, one.received_turns, one.given, one.received)
        for name in NAMES
        if (one := by_family.get(circle.families[name])) is not None
    }


def test_nothing_before_a_turn_was_confirmed(circle: CircleStage) -> None:
    circle.rota()
    turn = circle.turn_of("anna")
    with clock.at(turn.starts_at):
        circle.do(actions.note_came, "anna", turn.id, circle.child_row("bashir").id)
    with clock.at(turn.ends_at):
        circle.do(actions.note_left, "anna", turn.id, circle.child_row("bashir").id, circle.cast.bashir.name)
        circle.do(actions.tell_minutes, "anna", turn.id, 120)
    assert found(circle) == {}
    with clock.at(turn.ends_at):
        circle.do(actions.confirm, "bashir", turn.id)
    assert found(circle) == {"anna": (1, 0, 120, 0), "bashir": (0, 1, 0, 120)}


def test_who_has_a_turn_gives_it_and_receives_none_by_their_own_child(circle: CircleStage) -> None:
    circle.rota()
    circle.hold(circle.turn_of("anna"), away=("dario",))
    assert found(circle) == {
        "anna": (1, 0, 120, 0), "bashir": (0, 1, 0, 40), "chiara": (0, 1, 0, 40), "elisa": (0, 1, 0, 40),
    }  # fmt: skip
    circle.hold(circle.turn_of("bashir"), minutes=60, away=("bashir", "chiara", "elisa"))
    assert found(circle) == {
        "anna": (1, 1, 120, 30), "bashir": (1, 1, 60, 40), "chiara": (0, 1, 0, 40), "dario": (0, 1, 0, 30),
        "elisa": (0, 1, 0, 40),
    }  # fmt: skip


def test_a_turn_with_ones_own_child_alone_is_a_turn_without_minutes(circle: CircleStage) -> None:
    circle.rota()
    circle.hold(circle.turn_of("anna"), away=("bashir", "chiara", "dario", "elisa"))
    assert found(circle) == {"anna": (1, 0, 0, 0)}


def test_two_adults_gave_a_turn_each(circle: CircleStage) -> None:
    circle.rota()
    turn = circle.turn_of("anna")
    circle.do(actions.come_too, "bashir", turn.id)
    with clock.at(turn.starts_at):
        for name in ("bashir", "chiara"):
            circle.do(actions.note_came, "anna", turn.id, circle.child_row(name).id)
    with clock.at(turn.ends_at):
        for name in ("bashir", "chiara"):
            fetched = circle.cast.members[name].name
            circle.do(actions.note_left, "anna", turn.id, circle.child_row(name).id, fetched)
        circle.do(actions.tell_minutes, "anna", turn.id, 60)
        circle.do(actions.confirm, "chiara", turn.id)
    # Bashir's child was with Anna, and he was there himself: no turn that he received, but its minutes.
    assert found(circle) == {"anna": (1, 0, 60, 0), "bashir": (1, 0, 60, 30), "chiara": (0, 1, 0, 90)}


def test_several_children_of_a_family_are_one_turn_received(circle: CircleStage) -> None:
    other = circle.child("bashir", nickname="Un altro")
    circle.do(actions.bring_child, "bashir", circle.circle_id, other)
    circle.rota()
    turn = circle.turn_of("anna")
    children = [circle.child_row("bashir").id, circle.child_row("chiara").id]
    circle.children["bashir"] = other
    children.append(circle.child_row("bashir").id)
    with clock.at(turn.starts_at):
        for child_id in children:
            circle.do(actions.note_came, "anna", turn.id, child_id)
    with clock.at(turn.ends_at):
        for child_id, name in zip(children, ("bashir", "chiara", "bashir"), strict=True):
            circle.do(actions.note_left, "anna", turn.id, child_id, circle.cast.members[name].name)
        circle.do(actions.tell_minutes, "anna", turn.id, 90)
        circle.do(actions.confirm, "chiara", turn.id)
    assert found(circle) == {"anna": (1, 0, 90, 0), "bashir": (0, 1, 0, 60), "chiara": (0, 1, 0, 30)}
