"""What of a circle stands elsewhere: one's calendar, the bell, the child's own view, the conversation."""

from datetime import timedelta

from flask import Flask
from sqlmodel import select

from civic_centers.circles import actions
from civic_centers.circles.actions.writing import standing
from civic_centers.circles.pages.calendar import feed_entries
from civic_centers.circles.queries.listing import coming_up, concerned
from civic_centers.circles.queries.waiting import number_waiting, waiting_for
from civic_centers.circles.tables import CareCircle
from foundation import clock
from foundation.calendar import CANCELLED, CONFIRMED, Entry
from tests.civic_centers.circles.stage import MONDAY, CircleStage
from tests.client import on_sqlite

pytestmark = on_sqlite


def test_a_turn_given_up_and_taken_back_is_one_entry(app: Flask, circle: CircleStage) -> None:
    circle.rota()
    turn = circle.turn_of("bashir", 2)

    def read() -> Entry:
        with app.test_request_context("/c/cremona/"), clock.at(MONDAY), circle.database.reading() as session:
            app.preprocess_request()
            entries = feed_entries(session, circle.cast.bashir.actor, MONDAY)
            return next(one for one in entries if one.starts_at == turn.starts_at)

    seen = [read()]
    circle.do(actions.give_up, "bashir", turn.id)
    seen.append(read())
    circle.do(actions.take, "bashir", turn.id)
    seen.append(read())
    assert [one.status for one in seen] == [CONFIRMED, CANCELLED, CONFIRMED]
    assert len({one.uid for one in seen}) == 1
    assert [one.version for one in seen] == sorted({one.version for one in seen})
    assert "Via" not in f"{seen[0].place}{seen[0].words}{seen[0].title}"


def waits(circle: CircleStage, name: str) -> list[str]:
    actor = circle.cast.members[name].actor
    with circle.database.reading() as session:
        found = [one.name for one in waiting_for(session, actor)]
        assert session.scalar(select(number_waiting(actor))) == len(found)
    return found


def test_what_waits_for_whom(circle: CircleStage) -> None:
    with circle.database.writing() as session:
        row = session.get_one(CareCircle, circle.circle_id)
        row.keeper_id = circle.cast.elisa.id
        session.add(row)
    assert waits(circle, "elisa") == ["keep"]
    circle.rota()
    assert waits(circle, "elisa") == []
    turn, later = circle.turn_of("anna"), circle.turn_of("elisa")
    circle.do(actions.propose_swap, "elisa", later.id, circle.turn_of("dario").id)
    assert waits(circle, "dario") == ["swap"]
    counting = circle.do(actions.propose_counting, "anna", circle.circle_id)
    circle.do(actions.vote, "bashir", circle.circle_id, counting.id, yes=True)
    assert (waits(circle, "bashir"), waits(circle, "chiara")) == ([], ["vote"])
    with clock.at(turn.starts_at):
        for name in ("bashir", "chiara"):
            circle.do(actions.note_came, "anna", turn.id, circle.child_row(name).id)
    with clock.at(turn.ends_at):
        assert "tell" in waits(circle, "anna")
        for name in ("bashir", "chiara"):
            circle.do(actions.note_left, "anna", turn.id, circle.child_row(name).id, circle.cast.members[name].name)
        circle.do(actions.tell_minutes, "anna", turn.id, 120)
        assert "confirm" in waits(circle, "bashir")
        assert "confirm" not in waits(circle, "anna")
    with clock.at(later.starts_at - timedelta(hours=30)):
        circle.do(actions.give_up, "elisa", later.id)
        assert any("asked" in waits(circle, name) for name in circle.asked(later.id))


def test_the_child_and_the_household_see_where(circle: CircleStage) -> None:
    circle.rota()
    with circle.database.reading() as session:
        found = concerned(session, circle.children["bashir"])
        assert [one[0] for one in found] == ["Il girotondo"] * 5
        assert found[0][2] == "Anna"
        mine = coming_up(session, circle.cast.anna.actor, [circle.cast.anna.party.id])
    assert len(mine) == 3


def test_one_conversation_of_all_families(circle: CircleStage) -> None:
    circle.do(actions.write_words, "anna", circle.circle_id, "Porto io la merenda")
    assert {name for name, notice in circle.letters() if notice == "circles:new_words"} == {
        "bashir", "chiara", "dario", "elisa",
    }  # fmt: skip
    thread = circle.circle().thread_id
    with circle.database.reading() as session:
        assert standing(session, circle.cast.bashir.actor, thread) is not None
        assert standing(session, circle.cast.maker.actor, thread) is None
        assert standing(session, circle.cast.administrator.actor, thread) is None


def test_what_can_be_told_no_more_waits_no_more(circle: CircleStage) -> None:
    circle.rota()
    turn = circle.turn_of("anna")

    def waits() -> bool:
        with circle.database.reading() as session:
            return any(one.turn_id == turn.id for one in waiting_for(session, circle.cast.anna.actor))

    with clock.at(turn.ends_at + timedelta(days=29)):
        assert waits()
    with clock.at(turn.ends_at + timedelta(days=31)):
        assert not waits()


def test_what_one_cannot_answer_any_more_waits_no_more(circle: CircleStage) -> None:
    """Asked for a turn and for a swap, and then their family leaves."""
    circle.rota()
    turn, later = circle.turn_of("anna", 1), circle.turn_of("dario", 1)
    for one in (turn, later):
        circle.do(actions.give_up, circle.who_has(one.id), one.id)
    circle.do(actions.look_for_substitute, "anna", turn.id)
    assert circle.asked(turn.id) == ["bashir", "chiara"]
    assert (waits(circle, "bashir"), waits(circle, "chiara")) == (["asked"], ["asked"])
    circle.do(actions.leave, "bashir", circle.circle_id)
    circle.do(actions.answer_adult, "chiara", circle.circle_id, yes=False)
    assert (waits(circle, "bashir"), waits(circle, "chiara")) == ([], [])
    circle.do(actions.propose_swap, "elisa", later.id, circle.turn_of("elisa").id)
    assert waits(circle, "dario") == ["swap"]
    circle.do(actions.leave, "dario", circle.circle_id)
    assert waits(circle, "dario") == []


def test_whoever_cannot_answer_any_more_is_not_waited_for(circle: CircleStage) -> None:
    circle.rota()
    turn = circle.turn_of("anna", 1)
    with clock.at(turn.starts_at - timedelta(hours=30)):
        circle.do(actions.give_up, "anna", turn.id)
        circle.do(actions.leave, "bashir", circle.circle_id)
        assert circle.asked(turn.id) == ["bashir", "chiara"]
        circle.do(actions.say_no, "chiara", turn.id)
        assert circle.asked(turn.id) == ["bashir", "chiara", "dario", "elisa"]
