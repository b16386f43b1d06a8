"""What is done with a circle, its families and its turns stands in the record, with who did it."""

from datetime import date, time, timedelta

from sqlmodel import select

from civic_centers.circles import actions
from civic_centers.circles.rules import About, Beat
from civic_centers.circles.tables import CirclePause
from foundation import clock
from tests.civic_centers.circles.stage import CircleStage
from tests.record import Record


def test_of_a_circle_and_its_families(circle: CircleStage) -> None:
    record, number, zone = Record(circle), circle.circle_id, circle.cast.zones["centro"].id
    assert record.of(actions.hide_words, "maker", number) == [("care_circle", "hid")]
    assert record.of(actions.hide_words, "maker", number) == []
    assert record.of(actions.show_words_again, "maker", number) == [("care_circle", "showed_again")]
    about = About("Altro nome", zone)
    edited = record.of(actions.edit_circle, "maker", number, about, version=circle.circle().version)
    assert edited == [("care_circle", "edited")]
    day = circle.turns()[2].day
    paused = record.of(actions.pause, "maker", number, day, day)
    assert paused == [("circle_turn", "called_off"), ("care_circle", "paused")]
    with circle.database.reading() as session:
        pause_id = session.exec(select(CirclePause.id)).one()
    assert record.of(actions.end_pause, "maker", number, pause_id) == [("care_circle", "pause_over")]
    assert record.of(actions.pause_family, "anna", number, day, day) == [("circle_family", "paused")]
    assert record.of(actions.answer_adult, "anna", number, yes=False) == [("circle_family", "adult_no")]
    assert record.of(actions.answer_adult, "anna", number, yes=True) == [("circle_family", "adult_yes")]
    taken_off = record.of(actions.take_adult_off, "anna", number, circle.cast.anna.id)
    assert taken_off == [("circle_family", "adult_off")]
    child = circle.child_row("anna").id
    assert record.of(actions.write_notes, "anna", child, "Allergia alle noci") == [("circle_child", "wrote")]
    assert record.of(actions.take_child_out, "anna", number, child) == [("circle_family", "took_out")]
    assert record.of(actions.bring_child, "anna", number, circle.children["anna"]) == [("circle_family", "brought")]
    counting = circle.do(actions.propose_counting, "anna", number).id
    assert record.fresh() == [("care_circle", "proposed_counting")]
    for name in ("anna", "bashir", "chiara", "dario"):
        assert record.of(actions.vote, name, number, counting, yes=True) == [("care_circle", "yes_counting")]
    assert record.of(actions.vote, "elisa", number, counting, yes=True) == [
        ("care_circle", "yes_counting"), ("care_circle", "agreed_counting by itself"),
    ]  # fmt: skip
    assert record.of(actions.vote, "elisa", number, counting, yes=False) == [("care_circle", "no_counting")]
    assert record.of(actions.leave, "elisa", number) == [("circle_family", "left")]
    party = circle.cast.members["elisa"].party.id
    assert record.of(actions.invite, "maker", number, party) == [("circle_family", "invited")]
    assert record.of(actions.decline, "elisa", number) == [("circle_family", "declined")]
    beat = Beat((2,), time(9), 60, date(2027, 2, 23))
    assert record.of(actions.set_rhythm, "maker", number, beat)[-1] == ("care_circle", "set_rhythm")
    assert record.of(actions.end_circle, "maker", number, "I bambini sono grandi")[-1] == ("care_circle", "ended")


def test_of_a_turn(circle: CircleStage) -> None:
    record = Record(circle)
    circle.rota()
    assert set(record.fresh()) == {("circle_turn", "given"), ("care_circle", "made_rota")}
    hers, his = circle.turn_of("anna", 1), circle.turn_of("bashir", 1)
    swap = circle.do(actions.propose_swap, "anna", hers.id, his.id)
    assert record.fresh() == [("circle_turn", "swap_proposed")]
    assert record.of(actions.answer_swap, "bashir", swap, yes=False) == [("circle_turn", "swap_declined")]
    swap = circle.do(actions.propose_swap, "bashir", hers.id, his.id)
    record.fresh()
    assert record.of(actions.answer_swap, "anna", swap, yes=True) == [("circle_turn", "swapped")]
    assert record.of(actions.come_too, "chiara", hers.id) == [("circle_turn", "comes_too")]
    assert record.of(actions.come_not_too, "chiara", hers.id) == [("circle_turn", "comes_not_too")]
    with clock.at(hers.starts_at - timedelta(hours=40)):
        given_up = record.of(actions.give_up, "bashir", hers.id)
        assert given_up == [("circle_turn", "reopened"), ("circle_turn", "asked by itself")]
        asked = circle.asked(hers.id)
        assert record.of(actions.say_no, asked[0], hers.id) == [("circle_turn", "said_no")]
        assert record.of(actions.take, asked[1], hers.id) == [("circle_turn", "taken")]
        record.of(actions.give_up, asked[1], hers.id)
    with clock.at(hers.starts_at - timedelta(minutes=40)):
        circle.run(actions.ask_next, hers.id)
        assert record.fresh() == [("circle_turn", "fell_out by itself")]


def test_of_a_turn_as_it_goes(circle: CircleStage) -> None:
    record = Record(circle)
    circle.rota()
    turn, child = circle.turn_of("anna"), circle.child_row("bashir").id
    record.fresh()
    for comes, verb in ((False, "comes_not"), (True, "comes")):
        assert record.of(actions.say_comes, "bashir", turn.id, child, comes=comes) == [("circle_turn", verb)]
    with clock.at(turn.starts_at):
        assert record.of(actions.note_came, "anna", turn.id, child) == [("circle_turn", "came")]
        assert record.of(actions.note_not_come, "anna", turn.id, child) == [("circle_turn", "not_come")]
        assert record.of(actions.note_came, "anna", turn.id, child) == [("circle_turn", "came")]
    with clock.at(turn.ends_at):
        fetched = circle.cast.bashir.name
        assert record.of(actions.note_left, "anna", turn.id, child, fetched) == [("circle_turn", "went_home")]
        assert record.of(actions.tell_minutes, "anna", turn.id, 120) == [("circle_turn", "told")]
        assert record.of(actions.confirm, "bashir", turn.id) == [("circle_turn", "confirmed")]
        assert record.of(actions.correct, "maker", turn.id, 110, "Dieci minuti in meno") == [
            ("circle_turn", "corrected")
        ]
