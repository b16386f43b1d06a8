"""Booking, asking, answering, moving, calling off; the database refuses what overlaps."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from civic_centers.rooms import actions
from civic_centers.rooms.actions import AboutRoom
from civic_centers.rooms.queries import free_rooms, taken, warnings_for
from civic_centers.rooms.rules import NotNow, Taken
from civic_centers.rooms.tables import OVERLAP, Booking
from community.leaving.rules import Going
from foundation.errors import Invalid, Missing
from tests.civic_centers.stage import CenterStage, at


def test_a_keeper_books_and_others_ask(stage: CenterStage) -> None:
    with pytest.raises(Missing):
        stage.book(at(12, 16), at(12, 17), who="anna")
    assert stage.booking(stage.book(at(12, 16), at(12, 17))).state == "held"
    asked = stage.ask(at(13, 16), at(13, 17))
    assert stage.booking(asked).state == "requested"
    assert stage.letters() == [("bashir", "rooms:asked")]


def test_what_overlaps_is_refused_with_its_changeover(stage: CenterStage) -> None:
    first = stage.book(at(12, 16), at(12, 17))
    for start, end in (((16, 30), (16, 45)), ((15, 0), (20, 0)), ((17, 14), (18, 0)), ((15, 0), (15, 46))):
        with pytest.raises(Taken) as error:
            stage.book(at(12, *start), at(12, *end))
        assert error.value.title == "Compiti"
    stage.book(at(12, 17, 15), at(12, 18))
    stage.book(at(12, 15), at(12, 15, 45))
    stage.book(at(12, 16), at(12, 17), room=stage.other_room)
    stage.do(actions.cancel_booking, stage.cast.bashir, first, reason="Non serve più")
    stage.book(at(12, 16), at(12, 17))


def test_others_do_not_read_by_what_it_is_taken(stage: CenterStage) -> None:
    stage.book(at(12, 16), at(12, 17))
    with pytest.raises(Taken) as error:
        stage.ask(at(12, 16), at(12, 17))
    assert error.value.title == ""
    with stage.database.reading() as session:
        seen = {
            name: taken(session, stage.cast.members[name].actor, stage.room, at(12, 0), at(13, 0))[0].booking
            for name in ("anna", "bashir", "maker", "other_maker")
        }
    assert {name for name, booking in seen.items() if booking is not None} == {"bashir", "maker"}


def test_the_database_itself_refuses(stage: CenterStage) -> None:
    stage.book(at(12, 16), at(12, 17))
    row = {**stage.booking(stage.ask(at(13, 16), at(13, 17))).model_dump(), "id": None, "state": "held"}
    for change in ({"starts_at": at(12, 16, 30), "ends_at": at(12, 18), "busy_until": at(12, 18)},):
        with pytest.raises(IntegrityError, match=OVERLAP), stage.database.writing() as session:
            session.add(Booking(**{**row, **change}))
            session.flush()
    asked = stage.ask(at(14, 16), at(14, 17))
    moved = {"starts_at": at(12, 15), "ends_at": at(12, 17), "busy_until": at(12, 17), "state": "held"}
    with pytest.raises(IntegrityError, match=OVERLAP), stage.database.writing() as session:
        session.execute(update(Booking).where(col(Booking.id) == asked).values(**moved))


def test_impossible_times(stage: CenterStage) -> None:
    bad = (
        (at(12, 17), at(12, 16), "ends"),
        (at(12, 16), at(12, 16), "ends"),
        (at(10, 16), at(10, 17), "day"),
        (at(12, 16), at(20, 17), "ends"),
        (at(12, 16, year=2030), at(12, 17, year=2030), "day"),
    )
    for starts_at, ends_at, field in bad:
        with pytest.raises(Invalid) as error:
            stage.book(starts_at, ends_at)
        assert error.value.field == field


def test_the_nights_when_clocks_change_and_a_leap_day(stage: CenterStage) -> None:
    doubled = stage.booking(stage.book(at(31, 1, 30, month=10), at(31, 3, month=10)))
    assert doubled.ends_at - doubled.starts_at == timedelta(hours=2, minutes=30)
    second = at(31, 2, 30, month=10) + timedelta(hours=1)
    with pytest.raises(Taken):
        stage.book(second, second + timedelta(minutes=10))
    lost = stage.booking(stage.book(at(28, 1, month=3), at(28, 3, month=3)))
    assert lost.ends_at - lost.starts_at == timedelta(hours=1)
    stage.book(at(29, 16, month=2, year=2028), at(29, 17, month=2, year=2028))


def test_warnings_come_before(stage: CenterStage) -> None:
    with stage.database.reading() as session:
        room = session.get(type(stage.room_row()), stage.other_room)
        kinds = [one.kind for one in warnings_for(session, room, at(16, 16), at(16, 17), people=12, step_free=True)]
    assert kinds == ["hours", "places", "steps"]


def test_a_request_is_answered_once(stage: CenterStage) -> None:
    cast = stage.cast
    first, second = stage.ask(at(13, 16), at(13, 17)), stage.ask(at(13, 16, 30), at(13, 17, 30), who="chiara")
    with pytest.raises(Missing):
        stage.do(actions.accept_request, cast.anna, first)
    for _twice in range(2):
        stage.do(actions.accept_request, cast.bashir, first)
    with pytest.raises(Taken):
        stage.do(actions.accept_request, cast.maker, second)
    with pytest.raises(Invalid):
        stage.do(actions.decline_request, cast.maker, second, reason=" ")
    stage.do(actions.decline_request, cast.maker, second, reason="C’è già un compleanno")
    with pytest.raises(NotNow):
        stage.do(actions.accept_request, cast.bashir, second)
    told = stage.letters()[2:]
    assert told == [("anna", "rooms:accepted"), ("chiara", "rooms:declined")]


def test_both_sides_call_it_off_and_the_other_is_told(stage: CenterStage) -> None:
    cast = stage.cast
    first, second = stage.ask(at(13, 16), at(13, 17)), stage.ask(at(14, 16), at(14, 17))
    with pytest.raises(Missing):
        stage.do(actions.cancel_booking, cast.chiara, first, reason="No")
    stage.do(actions.cancel_booking, cast.anna, first, reason="Febbre")
    stage.do(actions.cancel_booking, cast.bashir, second, reason="Guasto")
    assert stage.letters()[2:] == [("bashir", "rooms:given_up"), ("anna", "rooms:cancelled")]
    with pytest.raises(NotNow):
        stage.do(actions.cancel_booking, cast.anna, first, reason="Febbre")


def test_a_booking_is_moved_and_its_people_told(stage: CenterStage) -> None:
    cast = stage.cast
    asked = stage.ask(at(13, 16), at(13, 17))
    stage.do(actions.accept_request, cast.bashir, asked)
    stage.book(at(14, 16), at(14, 17))
    with pytest.raises(Taken):
        stage.do(actions.move_booking, cast.bashir, asked, at(14, 16), at(14, 17))
    stage.do(actions.move_booking, cast.bashir, asked, at(14, 16), at(14, 17), room_id=stage.other_room)
    assert (stage.booking(asked).room_id, stage.booking(asked).starts_at) == (stage.other_room, at(14, 16))
    stage.do(actions.move_booking, cast.bashir, asked, at(14, 16, 30), at(14, 17, 30))  # into its own time
    assert stage.letters()[-2:] == [("anna", "rooms:moved")] * 2


def test_free_rooms_know_of_changing_over(stage: CenterStage) -> None:
    stage.book(at(12, 16), at(12, 17))
    with stage.database.reading() as session:
        free = {
            minutes: [room.name for room in free_rooms(session, stage.center_id, at(12, 15), at(12, 15, minutes))]
            for minutes in (45, 50)
        }
    assert free == {45: ["Biblioteca", "Sala grande"], 50: ["Biblioteca"]}


def test_a_longer_changeover_holds_from_now_on(stage: CenterStage) -> None:
    stage.book(at(12, 16), at(12, 17))
    about = AboutRoom("Sala grande", places=20, changeover_minutes=60)
    stage.do(actions.change_room, stage.cast.bashir, stage.room, about)
    stage.book(at(12, 17, 15), at(12, 18))
    with pytest.raises(Taken):
        stage.book(at(12, 18, 45), at(12, 19))


def test_a_room_out_of_use_lets_its_people_know(stage: CenterStage) -> None:
    asked = stage.ask(at(13, 16), at(13, 17))
    assert stage.do(actions.retire_room, stage.cast.bashir, stage.room, reason="Lavori") == 1
    assert stage.booking(asked).state == "cancelled"
    assert stage.letters()[-1] == ("anna", "rooms:cancelled")
    with pytest.raises(Missing):
        stage.ask(at(14, 16), at(14, 17))


def test_who_leaves_needs_no_room(stage: CenterStage) -> None:
    cast, asked = stage.cast, stage.ask(at(13, 16), at(13, 17))
    going = Going(cast.community.id, cast.anna.id, (cast.anna.party.id,), ())
    with stage.database.writing() as session:
        actions.end_with(session, going)
        actions.forget_bookings(session, going)
    assert (stage.booking(asked).state, stage.booking(asked).title) == ("cancelled", "…")


def test_a_room_kept_to_itself_is_asked_for_by_nobody(stage: CenterStage) -> None:
    stage.do(actions.change_room, stage.cast.bashir, stage.room, AboutRoom("Sala grande", on_request=False))
    with pytest.raises(Missing):
        stage.ask(at(13, 16), at(13, 17))
