"""What every scene of the demo needs: who acts, which post, and when by the clock on the wall."""

from collections.abc import Generator, Iterable
from datetime import datetime, timedelta
from heapq import heappop, heappush

from sqlmodel import col, select

from community.importing.queries import categories_by_name
from demo.people import People
from exchanges.posts.tables import Post
from foundation import clock
from foundation.access import Actor
from foundation.database import Session

SAMIRA, GIORGIO, LUISA, ELENA, NADIA = "F001-1", "F002-1", "F003-1", "F005-1", "F006-1"
MONDAY, TUESDAY, WEDNESDAY, THURSDAY = range(4)


Steps = Generator[datetime, None, None]
"""A scene gives the moment of each of its steps; what follows is done when its turn has come."""


def play_in_order(scenes: Iterable[Steps]) -> None:
    """Let scenes happen beside each other, by the clock: what is listed by its number stands in the order of time."""
    waiting: list[tuple[datetime, int, Steps]] = []
    for number, scene in enumerate(scenes):
        _wait(waiting, number, scene)
    while waiting:
        moment, number, scene = heappop(waiting)
        with clock.at(moment):
            _wait(waiting, number, scene)


def _wait(waiting: list[tuple[datetime, int, Steps]], number: int, scene: Steps) -> None:
    """Do one step of a scene, and note when the next is to come."""
    moment = next(scene, None)
    if moment is not None:
        heappush(waiting, (moment, number, scene))


class Scene:
    """Something that is going on when the demo is loaded. Codes are those of the demo's files."""

    def __init__(self, session: Session, people: People) -> None:
        self.session = session
        self.people = people
        self.now = clock.now()
        self.categories = categories_by_name(session, people.community_id)

    def who(self, code: str) -> Actor:
        """Who acts under a code."""
        return self.people.actor(code)

    def post(self, code: str) -> int:
        """The id of a post of the demo."""
        found = select(Post.id).where(col(Post.community_id) == self.people.community_id, col(Post.import_key) == code)
        return self.session.exec(found).one() or 0

    def last(self, weekday: int, *, hour: int) -> datetime:
        """The last such day of the week that is over."""
        today = clock.today(self.people.community.time_zone)
        return self.local(days=-((today.weekday() - weekday - 1) % 7 + 1), hour=hour)

    def next(self, weekday: int, *, hour: int, minute: int = 0) -> datetime:
        """The next such day of the week, tomorrow excepted."""
        today = clock.today(self.people.community.time_zone)
        return self.local(days=(weekday - today.weekday() - 2) % 7 + 2, hour=hour, minute=minute)

    def local(self, *, days: int, hour: int, minute: int = 0) -> datetime:
        """A moment of the wall clock, so many days from today."""
        zone = self.people.community.time_zone
        wall = clock.local(self.now, zone).replace(tzinfo=None, hour=hour, minute=minute, second=0, microsecond=0)
        return clock.from_local(wall + timedelta(days=days), zone)
