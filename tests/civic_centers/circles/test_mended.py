"""What goes on when somebody leaves in the middle, what a form keeps, and coming in from the page of a lab."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlmodel import select

from civic_centers.circles import actions
from civic_centers.circles.queries.due import circles_to_roll
from civic_centers.circles.queries.in_labs import circles_of_lab
from civic_centers.circles.queries.waiting import waiting_for
from civic_centers.circles.rules import About, NotNow
from civic_centers.circles.tables import CareCircle, CircleFamily
from civic_centers.labs import actions as labs
from civic_centers.labs.rules import About as LabAbout
from civic_centers.labs.tables import Lab
from community.moderation.actions import block
from community.moderation.actions.blocking import keep_apart_too
from community.moderation.policies import Blocked
from community.notifications.tables import Notification
from community.parties.tables import Party, PartyMember
from foundation import clock
from foundation.database import Database
from foundation.errors import Invalid, Missing, Stale
from tests.cast import Cast
from tests.civic_centers.circles.stage import MONDAY, CircleStage
from tests.client import Browser, on_sqlite

Opening = Callable[..., Browser]


def lab_of(circle: CircleStage, *people: str) -> int:
    """An open lab of the zone with these people in it."""
    about = LabAbout(
        name="Pomeriggi", need="Le ore dopo la scuola", zone_id=circle.cast.zones["centro"].id, kind="care",
        entry="open",
    )  # fmt: skip
    lab_id = circle.do(labs.make_lab, "maker", about, None).id
    for name in people:
        circle.do(labs.join_lab, name, lab_id)
    return lab_id


def about_of(circle: CircleStage, **more: object) -> About:
    said = {"name": "Il girotondo", "zone_id": circle.cast.zones["centro"].id, **more}
    return About(**said)


def put_into(circle: CircleStage, lab_id: int | None, who: str = "maker") -> None:
    version = circle.circle().version
    circle.do(actions.edit_circle, who, circle.circle_id, about_of(circle, lab_id=lab_id), version=version)


# ---------------------------------------------------------------- in the middle of a turn


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


def test_what_fell_out_is_not_taken_on_a_day_of_a_pause(circle: CircleStage) -> None:
    circle.rota()
    for name in ("bashir", "chiara", "dario", "elisa"):
        circle.do(actions.answer_adult, name, circle.circle_id, yes=False)
    turn = circle.turn_of("anna", 1)
    circle.do(actions.give_up, "anna", turn.id)
    assert circle.turn(turn.id).off_why == "nobody"
    circle.do(actions.pause, "maker", circle.circle_id, turn.day, turn.day)
    with pytest.raises(NotNow):
        circle.do(actions.take, "anna", turn.id)
    assert circle.turn(turn.id).off_why == "pause"


# ---------------------------------------------------------------- hours that were agreed


def agreed(circle: CircleStage) -> int:
    counting = circle.do(actions.propose_counting, "anna", circle.circle_id)
    for name in circle.families:
        circle.do(actions.vote, name, circle.circle_id, counting.id, yes=True)
    return counting.id


@pytest.mark.parametrize("how", ["no", "leaves", "ends"])
def test_a_turn_that_began_while_all_agreed_still_moves_hours(circle: CircleStage, how: str) -> None:
    circle.rota()
    counting_id = agreed(circle)
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


# ---------------------------------------------------------------- what a form keeps


def test_a_lab_that_is_not_there(circle: CircleStage) -> None:
    with pytest.raises(Invalid) as refused:
        put_into(circle, 999999)
    assert refused.value.field == "lab_id"


def test_only_who_is_in_a_lab_says_that_a_circle_is_of_it(circle: CircleStage) -> None:
    lab_id = lab_of(circle, "anna")
    with circle.database.writing() as session:
        session.get_one(CareCircle, circle.circle_id).keeper_id = circle.cast.bashir.id
    with pytest.raises(Invalid):
        put_into(circle, lab_id, "bashir")
    circle.do(labs.join_lab, "bashir", lab_id)
    put_into(circle, lab_id, "bashir")
    with circle.database.writing() as session:
        session.get_one(Lab, lab_id).is_public = False
    circle.do(labs.leave_lab, "bashir", lab_id)
    put_into(circle, lab_id, "bashir")
    assert circle.circle().lab_id == lab_id


# ---------------------------------------------------------------- by itself


def test_a_circle_whose_turns_stand_is_not_laid_out_again(circle: CircleStage) -> None:
    with circle.database.reading() as session:
        assert circles_to_roll(session) == []
    with clock.at(MONDAY + timedelta(days=1)), circle.database.reading() as session:
        assert [number for number, _day in circles_to_roll(session)] == [circle.circle_id]


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


def test_the_other_adult_of_a_family_hears_of_it(database: Database, cast: Cast) -> None:
    with clock.at(MONDAY):
        circle = CircleStage(database, cast, running=False)
        with database.writing() as session:
            other = cast.dario.id
            session.add(PartyMember(party_id=cast.anna.party.id, person_id=other))
        circle.join("anna")
        assert (other, "circles:ours_in") in [(one, notice) for one, notice in _letters(circle)]
        circle.do(actions.leave, "anna", circle.circle_id)
        assert (other, "circles:ours_left") in [(one, notice) for one, notice in _letters(circle)]


def _letters(circle: CircleStage) -> list[tuple[int, str]]:
    with circle.database.reading() as session:
        return [(one.person_id, one.notice) for one in session.exec(select(Notification))]


# ---------------------------------------------------------------- from the page of a lab


@pytest.fixture
def small(database: Database, cast: Cast) -> Iterator[CircleStage]:
    """A circle that is being put together, of Anna and Bashir."""
    with clock.at(MONDAY):
        stage = CircleStage(database, cast, running=False)
        stage.join("anna")
        stage.join("bashir")
        yield stage


def test_who_is_in_the_lab_asks_to_come_in(small: CircleStage) -> None:
    with pytest.raises(Missing):
        small.do(actions.ask_in, "chiara", small.circle_id)
    lab_id = lab_of(small, "chiara", "dario")
    with pytest.raises(Missing):
        small.do(actions.ask_in, "chiara", small.circle_id)
    put_into(small, lab_id)
    small.forget_letters()
    family = small.do(actions.ask_in, "chiara", small.circle_id)
    assert small.do(actions.ask_in, "chiara", small.circle_id).id == family.id
    assert family.state == "asked"
    assert ("maker", "circles:asked") in small.letters()
    with pytest.raises(Missing):
        small.do(actions.join, "chiara", small.circle_id, agreed=True)
    with pytest.raises(Missing):
        small.do(actions.ask_in, "elisa", small.circle_id)
    small.do(actions.answer_asked, "maker", small.circle_id, family.id, yes=True)
    assert small.do(actions.join, "chiara", small.circle_id, agreed=True).state == "in"


def test_no_is_told_and_asking_is_taken_back(small: CircleStage) -> None:
    put_into(small, lab_of(small, "chiara", "dario"))
    family = small.do(actions.ask_in, "chiara", small.circle_id)
    small.do(actions.answer_asked, "maker", small.circle_id, family.id, yes=False)
    assert ("chiara", "circles:not_this_time") in small.letters()
    small.do(actions.ask_in, "dario", small.circle_id)
    small.do(actions.ask_no_more, "dario", small.circle_id)
    with pytest.raises(Missing):
        small.do(actions.ask_no_more, "dario", small.circle_id)
    with small.database.reading() as session:
        left = session.exec(select(CircleFamily).where(CircleFamily.state == "left")).all()
    assert len(left) == 2


def test_a_block_keeps_apart_without_a_word(small: CircleStage) -> None:
    lab_id = lab_of(small, "chiara")
    put_into(small, lab_id)
    small.do(block, "bashir", small.cast.chiara.party.id, {})
    with small.database.reading() as session:
        assert circles_of_lab(session, small.cast.chiara.actor, lab_id) == ([], [])
    with pytest.raises(Blocked):
        small.do(actions.ask_in, "chiara", small.circle_id)


def test_a_block_that_comes_with_a_household_takes_it_out(small: CircleStage) -> None:
    chiara, anna = small.cast.chiara.party.id, small.cast.anna.party.id
    small.do(block, "chiara", small.cast.bashir.party.id, {})
    with small.database.writing() as session:
        keep_apart_too(session, chiara, anna)
        actions.household_joined(session, chiara, anna)
    assert (small.family("anna").state, small.family("bashir").state) == ("left", "in")
    assert ("anna", "circles:ours_left") in small.letters()


def test_two_adults_of_a_household_who_ask_at_once_ask_once(small: CircleStage) -> None:
    put_into(small, lab_of(small, "chiara"))
    together, found, moment = Barrier(2), [], clock.now()

    def ask() -> None:
        together.wait()
        with clock.at(moment):
            found.append(small.do(actions.ask_in, "chiara", small.circle_id).id)

    threads = [Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 2
    assert found[0] == found[1]


def test_only_a_household_asks(small: CircleStage) -> None:
    put_into(small, lab_of(small, "chiara"))
    with small.database.writing() as session:
        session.get_one(Party, small.cast.chiara.party.id).kind = "organisation"
        with pytest.raises(Missing):
            actions.ask_in(session, replace(small.cast.chiara.actor), small.circle_id)
        session.rollback()


@on_sqlite
def test_the_page_of_the_lab(small: CircleStage, client_for: Opening) -> None:
    lab_id = lab_of(small, "chiara", "anna")
    put_into(small, lab_id)
    with small.database.reading() as session:
        place = f"/c/cremona/labs/{session.get_one(Lab, lab_id).slug}"
    assert f"/circles/{small.circle_id}" in client_for(small.cast.anna).look(place).html
    assert not client_for(small.cast.dario).look(place).says("Il girotondo")
    chiara = client_for(small.cast.chiara)
    page = chiara.submit(chiara.look(place), "Chiedi di entrare")
    assert page.says("Il girotondo")
    assert not page.says("Bashir")
    assert page.says("Chiesto")
    assert chiara.submit(page, "Ritira").says("Chiedi di entrare")


@on_sqlite
def test_pages_that_tell_the_truth(circle: CircleStage, client_for: Opening) -> None:
    maker = client_for(circle.cast.maker)
    edit = maker.look(f"/c/cremona/circles/{circle.circle_id}/edit")
    assert edit.form("Salva").find(attrs={"name": "zone_id"}) is None
    circle.do(actions.hide_words, "maker", circle.circle_id)
    circle.do(actions.show_words_again, "maker", circle.circle_id)
    circle.rota()
    for name in ("bashir", "chiara", "dario", "elisa"):
        circle.do(actions.answer_adult, name, circle.circle_id, yes=False)
    anna = client_for(circle.cast.anna)
    turn = circle.turn_of("anna", 1)
    page = anna.submit(anna.look(f"/c/cremona/circles/turns/{turn.id}"), "Non posso")
    assert circle.turn(turn.id).state == "off"
    assert not page.says("altri vengono")
    circle.do(actions.end_circle, "maker", circle.circle_id, "Finito")
    assert maker.look(f"/c/cremona/circles/{circle.circle_id}/keep").says("Finito")


def test_what_is_hidden_is_shown_again(circle: CircleStage) -> None:
    circle.do(
        actions.edit_circle, "maker", circle.circle_id, about_of(circle, about="Merenda"),
        version=circle.circle().version,
    )  # fmt: skip
    circle.do(actions.hide_words, "maker", circle.circle_id)
    assert circle.circle().said == ""
    circle.do(actions.show_words_again, "maker", circle.circle_id)
    assert circle.circle().said == "Merenda"
