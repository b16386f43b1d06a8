"""What to know in an emergency: who reads it, until when, and when it is gone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import select

from civic_centers.circles import actions
from civic_centers.circles.queries.due import notes_to_erase
from civic_centers.circles.queries.single import child_of
from civic_centers.circles.rules import NotNow
from community.safeguarding.tables import CareCheck
from foundation import audit, clock
from foundation.errors import Missing, Stale
from tests.civic_centers.circles.stage import CircleStage
from tests.client import Browser, on_sqlite

Opening = Callable[..., Browser]
WORDS = "Allergia alle noci"


def reads(circle: CircleStage, name: str, whose: str, *, in_place: bool = False) -> str:
    member = circle.in_place_of(name) if in_place else circle.cast.members[name]
    with circle.database.reading() as session:
        child, family, _dependant = child_of(session, member.actor, circle.child_row(whose).id, gone=True)
        return actions.may_read_notes(session, member.actor, child, family)


def written(circle: CircleStage, *names: str) -> None:
    for name in names:
        circle.do(actions.write_notes, name, circle.child_row(name).id, WORDS)


def test_only_who_has_the_turn_and_the_own_family(circle: CircleStage) -> None:
    circle.rota()
    written(circle, "chiara")
    turn = circle.turn_of("anna")
    circle.do(actions.come_too, "bashir", turn.id)
    assert reads(circle, "chiara", "chiara") == "own"
    assert [reads(circle, name, "chiara") for name in ("anna", "bashir", "dario", "maker")] == [""] * 4
    with clock.at(turn.starts_at - timedelta(minutes=59)):
        assert [reads(circle, name, "chiara") for name in ("anna", "bashir", "dario", "maker")] == [
            "turn", "turn", "", "",
        ]  # fmt: skip
        assert reads(circle, "anna", "chiara", in_place=True) == ""
    circle.do(actions.say_comes, "chiara", turn.id, circle.child_row("chiara").id, comes=False)
    with clock.at(turn.starts_at):
        assert reads(circle, "anna", "chiara") == ""
    with clock.at(turn.ends_at):
        assert reads(circle, "anna", "dario") == ""


def test_a_second_adult_alone_reads_nothing(circle: CircleStage) -> None:
    """Before somebody has the turn no child comes to it."""
    circle.rota()
    written(circle, "chiara")
    turn = circle.turn_of("anna", 1)
    circle.do(actions.come_too, "bashir", turn.id)
    with clock.at(turn.starts_at - timedelta(minutes=55)):
        assert reads(circle, "bashir", "chiara") == "turn"
        circle.do(actions.give_up, "anna", turn.id)
        assert circle.turn(turn.id).state == "open"
        assert reads(circle, "bashir", "chiara") == ""


def test_it_stays_for_a_child_taken_in_before_the_hour(circle: CircleStage) -> None:
    circle.rota()
    written(circle, "chiara", "dario")
    turn = circle.turn_of("anna")
    with clock.at(turn.starts_at - timedelta(minutes=20)):
        circle.do(actions.note_came, "anna", turn.id, circle.child_row("chiara").id)
        for name in ("chiara", "dario"):
            circle.do(actions.leave, name, circle.circle_id)
    assert [circle.child_row(name).first_aid for name in ("chiara", "dario")] == [WORDS, None]


def test_it_is_sealed_and_looks_are_seen(circle: CircleStage) -> None:
    written(circle, "chiara")
    child = circle.child_row("chiara").id
    with circle.database.reading() as session:
        kept = session.execute(text("SELECT first_aid FROM circle_child WHERE first_aid IS NOT NULL")).scalar_one()
        assert "noci" not in kept
    audit.looked(circle.database, circle.cast.anna.actor, "circle_child", child)
    with circle.database.reading() as session:
        [look] = audit.looks_at(session, "circle_child", child)
    assert look.actor_person_id == circle.cast.anna.id


def test_it_stays_while_a_turn_runs_and_is_gone_then(circle: CircleStage) -> None:
    circle.rota()
    written(circle, "chiara", "dario", "elisa")
    turn = circle.turn_of("anna")
    with clock.at(turn.starts_at + timedelta(minutes=30)):
        circle.do(actions.leave, "chiara", circle.circle_id)
        circle.do(actions.take_child_out, "dario", circle.circle_id, circle.child_row("dario").id)
        assert reads(circle, "dario", "dario") == ""
        assert reads(circle, "anna", "dario") == "turn"
        circle.do(actions.end_circle, "maker", circle.circle_id, "Finita la scuola")
        for name in ("chiara", "dario", "elisa"):
            assert circle.child_row(name).first_aid == WORDS
            assert not circle.run(actions.erase_when_over, circle.child_row(name).id)
        assert circle.turn(turn.id).state == "held"
    with clock.at(turn.ends_at + timedelta(minutes=1)):
        with circle.database.reading() as session:
            due = [number for number, _moment in notes_to_erase(session)]
        assert len(due) == 3
        for number in due:
            circle.run(actions.erase_when_over, number)
    assert [circle.child_row(name).first_aid for name in ("chiara", "dario", "elisa")] == [None] * 3


@on_sqlite
def test_what_to_know_is_read_while_the_turn_runs_though_the_family_left(
    circle: CircleStage, client_for: Opening
) -> None:
    circle.rota()
    turn = circle.turn_of("anna")
    bimbo = circle.child_row("bashir").id
    circle.do(actions.write_notes, "bashir", bimbo, "Allergia alle noci")
    notes = f"/c/cremona/circles/children/{bimbo}/notes"
    with clock.at(turn.starts_at + timedelta(minutes=1)):
        circle.do(actions.note_came, "anna", turn.id, bimbo)
        circle.do(actions.leave, "bashir", circle.circle_id)
        anna = client_for(circle.cast.anna)
        assert anna.look(notes).says("Allergia alle noci")
        page = anna.look(f"/c/cremona/circles/turns/{turn.id}")
        assert notes in page.html
        client_for(circle.cast.bashir).look(notes, status=404)
    with clock.at(turn.ends_at):
        circle.run(actions.erase_when_over, bimbo)
        assert circle.child_row("bashir").first_aid is None
        client_for(circle.cast.anna).look(notes, status=404)


def test_nothing_is_written_for_an_emergency_of_an_ended_circle(circle: CircleStage) -> None:
    circle.do(actions.end_circle, "maker", circle.circle_id, "L’anno è finito")
    with pytest.raises(NotNow):
        circle.do(actions.write_notes, "bashir", circle.child_row("bashir").id, "Noci")


def test_what_another_adult_wrote_meanwhile_is_not_lost(circle: CircleStage) -> None:
    bimbo = circle.child_row("bashir").id
    circle.do(actions.write_notes, "bashir", bimbo, "Noci", "")
    with pytest.raises(Stale):
        circle.do(actions.write_notes, "bashir", bimbo, "Niente", "")
    assert circle.child_row("bashir").first_aid == "Noci"
    circle.do(actions.write_notes, "bashir", bimbo, "Noci, uova", actions.as_seen(circle.child_row("bashir")))


def test_who_lost_the_gate_of_care_meanwhile_reads_nothing(circle: CircleStage) -> None:
    circle.rota()
    written(circle, "chiara")
    turn = circle.turn_of("anna")
    with clock.at(turn.starts_at):
        assert reads(circle, "anna", "chiara") == "turn"
        with circle.database.writing() as session:
            for row in session.exec(select(CareCheck).where(CareCheck.person_id == circle.cast.anna.id)).all():
                row.withdrawn_at = clock.now()
                session.add(row)
        assert reads(circle, "anna", "chiara") == ""


def test_nobody_else_writes_them(circle: CircleStage) -> None:
    bimbo = circle.child_row("chiara").id
    for who in ("anna", "maker", circle.in_place_of("chiara")):
        with pytest.raises(Missing):
            circle.do(actions.write_notes, who, bimbo, WORDS)
    assert circle.child_row("chiara").first_aid is None
