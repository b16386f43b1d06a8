"""Where a booking is just over, or somebody else's: each condition of rooms by itself."""

from datetime import date

import pytest

from civic_centers.centers import actions as centers
from civic_centers.centers.actions import About
from civic_centers.rooms import actions
from civic_centers.rooms.actions import AboutRoom, Wish
from civic_centers.rooms.rules import NotNow
from community.leaving.rules import Going
from foundation import clock
from foundation.errors import Invalid, Missing
from tests.civic_centers.stage import CenterStage, at


def test_nobody_asks_for_a_household_of_others(stage: CenterStage) -> None:
    wish = Wish(stage.room, at(13, 16), at(13, 17), "Compleanno", party_id=stage.cast.chiara.party.id)
    with pytest.raises(Missing):
        stage.do(actions.request_room, stage.cast.anna, wish)


def test_a_request_whose_time_is_over_is_not_answered_with_yes(stage: CenterStage) -> None:
    asked = stage.ask(at(13, 16), at(13, 17))
    with clock.at(at(13, 16, 1)), pytest.raises(Invalid):
        stage.do(actions.accept_request, stage.cast.bashir, asked)
    assert stage.booking(asked).state == "requested"


def test_a_booking_stays_in_its_center(stage: CenterStage) -> None:
    cast = stage.cast
    about = About("Altro centro", cast.zones["centro"].id, "Via Po 2", province="CR")
    other = stage.do(centers.open_center, cast.maker, about, opened_on=date(2026, 1, 1))
    elsewhere = stage.do(actions.add_room, cast.maker, other.id, AboutRoom("Sala"))
    booked = stage.book(at(13, 16), at(13, 17))
    with pytest.raises(Invalid):
        stage.do(actions.move_booking, cast.maker, booked, at(13, 16), at(13, 17), room_id=elsewhere.id)


def test_what_is_over_is_not_given_up(stage: CenterStage) -> None:
    booked = stage.book(at(13, 16), at(13, 17))
    with clock.at(at(13, 17)), pytest.raises(NotNow):
        stage.do(actions.cancel_booking, stage.cast.bashir, booked, reason="Febbre")


def test_what_took_place_stays_when_somebody_leaves(stage: CenterStage) -> None:
    cast, asked = stage.cast, stage.ask(at(13, 16), at(13, 17))
    stage.do(actions.accept_request, cast.bashir, asked)
    going = Going(cast.community.id, cast.anna.id, (cast.anna.party.id,), ())
    with clock.at(at(14, 9)), stage.database.writing() as session:
        actions.end_with(session, going)
    assert stage.booking(asked).state == "held"
