"""Two keepers with the same form open: the second is told, and keeps what was typed."""

from collections.abc import Callable, Iterator

import pytest

from civic_centers.activities import actions as activities
from civic_centers.activities.queries.planning import Change
from civic_centers.centers import actions as centers
from civic_centers.centers.rules import Overtaken, Span
from civic_centers.centers.tables import Center
from civic_centers.rooms import actions as rooms
from civic_centers.rooms.actions import AboutRoom
from civic_centers.rooms.tables import Room
from foundation import clock
from foundation.database import Database
from tests.cast import Cast
from tests.civic_centers.enrolling.stage import EnrolStage
from tests.civic_centers.stage import MONDAY
from tests.client import Browser, on_sqlite


@pytest.fixture
def stage(database: Database, cast: Cast) -> Iterator[EnrolStage]:
    with clock.at(MONDAY):
        yield EnrolStage(database, cast)


def test_each_is_saved_as_it_was_looked_at_or_not_at_all(stage: EnrolStage) -> None:
    keeper, (activity, one) = stage.cast.bashir, date(stage)
    with stage.database.reading() as session:
        version = session.get_one(Center, stage.center_id).version
    stage.do(centers.set_hours, keeper, stage.center_id, {1: [Span(600, 720)]}, version=version)
    with pytest.raises(Overtaken):
        stage.do(centers.set_hours, keeper, stage.center_id, {}, version=version)
    stage.do(rooms.change_room, keeper, stage.room, AboutRoom("Sala blu"), version=1)
    with pytest.raises(Overtaken):
        stage.do(rooms.change_room, keeper, stage.room, AboutRoom("Sala verde"), version=1)
    with stage.database.reading() as session:
        assert (session.get_one(Room, stage.room).name, session.get_one(Room, stage.room).version) == ("Sala blu", 2)
    was = stage.sessions(activity)[0]
    change = Change(was.starts_at, was.ends_at, was.room_id, "Portate i colori", was.places)
    stage.do(activities.change_session, keeper, activity, one, change, version=was.version)
    for scope in ((), ("all",)):
        act = activities.change_dates if scope else activities.change_session
        with pytest.raises(Overtaken):
            stage.do(act, keeper, activity, one, change, *scope, version=was.version)
    assert stage.sessions(activity)[0].words == "Portate i colori"


@on_sqlite
@pytest.mark.parametrize(
    ("which", "field", "typed"),
    [("hours", "opens_1_1", ("09:00", "10:00")), ("room", "equipment", ("Sedie", "Tavoli")),
     ("date", "words", ("Portate i colori", "Portate i libri"))],
)  # fmt: skip
def test_the_second_is_told_and_loses_nothing(
    stage: EnrolStage, client_for: Callable[..., Browser], which: str, field: str, typed: tuple[str, str]
) -> None:
    activity, one = date(stage)
    address = {
        "hours": f"/centers/{stage.slug}/hours",
        "room": f"/rooms/{stage.room}/edit",
        "date": f"/activities/{activity}/sessions/{one}/edit",
    }[which]
    keeper, maker = client_for(stage.cast.bashir), client_for(stage.cast.maker)
    button = {"hours": "/hours", "room": "/edit", "date": "/edit"}[which]
    first, second = keeper.look(f"/c/cremona{address}"), maker.look(f"/c/cremona{address}")
    keeper.submit(first, button, **{field: typed[0]})
    told = maker.submit(second, button, status=409, **{field: typed[1]})
    assert told.says("nel frattempo")
    assert told.soup.find(attrs={"name": field})["value"] == typed[1]
    maker.submit(told, button, **{field: typed[1]})
    after = keeper.look(f"/c/cremona{address}")
    assert after.soup.find(attrs={"name": field})["value"] == typed[1]


def date(stage: EnrolStage) -> tuple[int, int]:
    """An activity with dates, and the first of them."""
    activity = stage.make(places=4)
    stage.rhythm(activity, room=stage.room)
    stage.open(activity)
    return activity, stage.sessions(activity)[0].id or 0
