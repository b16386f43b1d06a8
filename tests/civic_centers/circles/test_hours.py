"""Minutes told and confirmed, and hours by the agreement of all."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from civic_centers.circles import actions
from civic_centers.circles.queries.single import counting_of
from civic_centers.circles.rules import NotNow
from civic_centers.circles.tables import CareCircle, CircleCounting
from community.parties.tables import PartyMember
from exchanges.ledger.actions import give_hours
from foundation import clock
from foundation.errors import Invalid, Missing
from tests.cast import Member
from tests.civic_centers.circles.stage import NAMES, CircleStage


def counting(circle: CircleStage) -> CircleCounting | None:
    with circle.database.reading() as session:
        return counting_of(session, circle.circle_id)


def agree(circle: CircleStage) -> int:
    proposed = circle.do(actions.propose_counting, "maker", circle.circle_id)
    for name in [name for name in NAMES if name in circle.families and circle.family(name).state == "in"]:
        circle.do(actions.vote, name, circle.circle_id, proposed.id, yes=True)
    return int(proposed.id)


def test_nobody_confirms_their_own_turn(circle: CircleStage) -> None:
    circle.rota()
    turn = circle.turn_of("anna")
    with clock.at(turn.starts_at), pytest.raises(NotNow):
        circle.do(actions.tell_minutes, "anna", turn.id, 60)
    with clock.at(turn.ends_at):
        with pytest.raises(Missing):
            circle.do(actions.tell_minutes, "bashir", turn.id, 60)
        with pytest.raises(Invalid):
            circle.do(actions.tell_minutes, "anna", turn.id, 0)
        circle.do(actions.tell_minutes, "anna", turn.id, 60)
        circle.do(actions.tell_minutes, "anna", turn.id, 90)
        with pytest.raises(Missing):
            circle.do(actions.confirm, "anna", turn.id)
        circle.do(actions.confirm, "bashir", turn.id)
        circle.do(actions.confirm, "bashir", turn.id)
        with pytest.raises(NotNow):
            circle.do(actions.tell_minutes, "anna", turn.id, 60)
    assert (circle.turn(turn.id).minutes, circle.turn(turn.id).hours) == (90, "")


def test_a_no_leaves_it_by_turns_and_any_change_asks_anew(circle: CircleStage) -> None:
    first = agree(circle)
    assert circle.circle().counting_since is not None
    circle.do(actions.leave, "elisa", circle.circle_id)
    assert circle.circle().counting_since is None
    assert (counting(circle).id, counting(circle).state) == (first, "open")
    for name in ("anna", "bashir", "chiara"):
        assert circle.do(actions.vote, name, circle.circle_id, first, yes=True) == "open"
    assert circle.do(actions.vote, "dario", circle.circle_id, first, yes=False) == "over"
    assert counting(circle) is None
    with pytest.raises(NotNow):
        circle.do(actions.vote, "anna", circle.circle_id, first, yes=True)
    again = agree(circle)
    assert circle.circle().counting_since is not None
    circle.do(actions.vote, "anna", circle.circle_id, again, yes=False)
    assert circle.circle().counting_since is None


def test_what_the_floor_refuses_is_told_and_nothing_is_half_done(circle: CircleStage) -> None:
    agree(circle)
    circle.rota()
    circle.do(give_hours, "bashir", circle.cast.anna.party.id, 590, request_key="poor")
    turn = circle.turn_of("anna")
    circle.hold(turn)
    assert circle.turn(turn.id).hours == "refused"
    assert [circle.balance(name) for name in NAMES] == [590, -590, 0, 0, 0]
    assert ("maker", "circles:hours_refused") in circle.letters()
    with pytest.raises(Missing):
        circle.do(actions.post_again, "anna", turn.id, move=True)
    with clock.at(turn.ends_at):
        assert circle.do(actions.post_again, "maker", turn.id, move=True) == "refused"
        circle.do(give_hours, "anna", circle.cast.bashir.party.id, 300, request_key="help")
        assert circle.do(actions.post_again, "maker", turn.id, move=True) == "moved"
    assert [circle.balance(name) for name in NAMES] == [290 + 120, -290 - 30, -30, -30, -30]
    with pytest.raises(NotNow):
        circle.do(actions.post_again, "maker", turn.id, move=False)


def test_a_correction_is_one_mirror_and_one_new_transfer(circle: CircleStage) -> None:
    agree(circle)
    circle.rota()
    turn = circle.turn_of("anna")
    circle.hold(turn)
    with clock.at(turn.ends_at + timedelta(hours=1)):
        with pytest.raises(Missing):
            circle.do(actions.correct, "bashir", turn.id, 60, "Un’ora sola")
        circle.do(actions.correct, "maker", turn.id, 60, "Un’ora sola")
        circle.do(actions.correct, "maker", turn.id, 60, "Un’ora sola")
    assert [circle.balance(name) for name in NAMES] == [60, -15, -15, -15, -15]
    with circle.database.reading() as session:
        kinds = session.execute(text("SELECT kind FROM transfer ORDER BY id")).scalars().all()
    assert list(kinds) == ["exchange", "reversal", "exchange"]


def test_a_turn_before_all_agreed_moves_nothing(circle: CircleStage) -> None:
    circle.rota()
    turn = circle.turn_of("anna")
    with clock.at(turn.starts_at + timedelta(minutes=1)):
        agree(circle)
    circle.hold(turn)
    assert circle.turn(turn.id).hours == ""
    assert circle.balance("anna") == 0


@pytest.mark.parametrize("how", ["no", "leaves", "ends"])
def test_a_turn_that_began_while_all_agreed_still_moves_hours(circle: CircleStage, how: str) -> None:
    circle.rota()
    counting_id = agree(circle)
    turn = circle.turn_of("anna")
    later = circle.turn_of("bashir")
    with clock.at(turn.starts_at):
        circle.do(actions.note_came, "anna", turn.id, circle.child_row("bashir").id)
    with clock.at(turn.ends_at):
        circle.do(actions.note_left, "anna", turn.id, circle.child_row("bashir").id, circle.cast.bashir.name)
        circle.do(actions.tell_minutes, "anna", turn.id, 120)
        if how == "no":
            circle.do(actions.vote, "bashir", circle.circle_id, counting_id, yes=False)
        elif how == "leaves":
            circle.do(actions.leave, "bashir", circle.circle_id)
        else:
            circle.do(actions.end_circle, "maker", circle.circle_id, "Finito")
        circle.do(actions.confirm, "chiara", turn.id)
        assert circle.turn(turn.id).hours == "moved"
        assert (circle.balance("anna"), circle.balance("bashir")) == (120, -120)
        circle.do(actions.correct, "maker", turn.id, 60, "Un’ora sola")
        assert (circle.balance("anna"), circle.balance("bashir")) == (60, -60)
    if how == "no":
        circle.hold(later)
        assert circle.turn(later.id).hours == ""


def test_who_lives_with_who_had_the_turn_does_not_confirm_it(circle: CircleStage) -> None:
    """Nor a maker who writes something down in that household's place."""
    circle.rota()
    turn = circle.turn_of("anna")
    with circle.database.writing() as session:
        session.add(PartyMember(party_id=circle.cast.anna.party.id, person_id=circle.cast.dario.id))
    at_home = replace(circle.cast.dario.actor, party_ids=(circle.cast.dario.party.id, circle.cast.anna.party.id))
    dario = Member(circle.cast.dario.person, circle.cast.dario.party, at_home)
    with clock.at(turn.ends_at):
        circle.do(actions.tell_minutes, "anna", turn.id, 60)
        with pytest.raises(Missing):
            circle.do(actions.confirm, dario, turn.id)
        circle.do(actions.confirm, "bashir", turn.id)


def test_nor_a_maker_of_that_house_in_somebodys_place(circle: CircleStage) -> None:
    circle.rota()
    turn, chiara = circle.turn_of("anna"), circle.in_place_of("chiara")
    at_home = replace(chiara.actor, recorder_party_ids=(circle.cast.maker.party.id, circle.cast.anna.party.id))
    with clock.at(turn.ends_at):
        circle.do(actions.tell_minutes, "anna", turn.id, 60)
        with pytest.raises(Missing):
            circle.do(actions.confirm, Member(chiara.person, chiara.party, at_home), turn.id)
        circle.do(actions.confirm, chiara, turn.id)


def test_who_keeps_a_circle_does_not_put_their_own_turn_right(circle: CircleStage) -> None:
    circle.rota()
    turn = circle.turn_of("anna")
    with circle.database.writing() as session:
        session.get_one(CareCircle, circle.circle_id).keeper_id = circle.cast.anna.id
    circle.hold(turn)
    with clock.at(turn.ends_at):
        with pytest.raises(Missing):
            circle.do(actions.correct, "anna", turn.id, 150, "Due ore e mezza")
        circle.do(actions.correct, "maker", turn.id, 150, "Due ore e mezza")


def test_what_began_before_all_agreed_is_not_due_once_they_do_not(circle: CircleStage) -> None:
    circle.rota()
    turn = circle.turn_of("anna")
    with clock.at(turn.starts_at + timedelta(minutes=5)):
        standing = agree(circle)
    with clock.at(turn.starts_at + timedelta(minutes=9)):
        circle.do(actions.vote, "bashir", circle.circle_id, standing, yes=False)
    assert circle.turn(turn.id).hours == ""
