"""A center in the zone "centro" that Bashir keeps, open on weekday afternoons, with two rooms."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import select

from civic_centers.centers import actions as centers
from civic_centers.centers.actions import About
from civic_centers.centers.rules import Span
from civic_centers.centers.tables import Center
from civic_centers.rooms import actions as rooms
from civic_centers.rooms.actions import AboutRoom, Wish
from civic_centers.rooms.tables import Booking, Room
from civic_centers.wall import actions as wall
from civic_centers.wall.tables import WallNeed
from community.notifications.tables import Notification
from foundation.database import Database
from tests.cast import Cast, Member

MONDAY = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
ROME = "Europe/Rome"
AFTERNOON = Span(15 * 60, 19 * 60)


def at(day: int, hour: int, minute: int = 0, *, month: int = 1, year: int = 2027) -> datetime:
    """A moment on the wall in Rome."""
    return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo(ROME)).astimezone(UTC)


class CenterStage:
    """Every call is a transaction of its own."""

    def __init__(self, database: Database, cast: Cast) -> None:
        self.database, self.cast = database, cast
        about = About("Civic Center di prova", cast.zones["centro"].id, "Via della Scuola 1", province="CR")
        center = self.do(centers.open_center, cast.maker, about, opened_on=date(2026, 1, 1))
        self.center_id, self.slug = center.id, center.slug
        self.do(centers.add_keeper, cast.maker, self.center_id, cast.bashir.id)
        self.do(centers.set_hours, cast.bashir, self.center_id, {day: [AFTERNOON] for day in range(1, 6)})
        self.room = self.add_room("Sala grande", places=20, changeover_minutes=15, step_free=True)
        self.other_room = self.add_room("Biblioteca", places=8)
        with database.writing() as session:
            for letter in session.exec(select(Notification)):
                session.delete(letter)

    def do(self, act: Callable[..., Any], who: Member, *arguments: Any, **more: Any) -> Any:
        with self.database.writing() as session:
            return act(session, who.actor, *arguments, **more)

    def add_room(self, name: str, **more: Any) -> int:
        return self.do(rooms.add_room, self.cast.bashir, self.center_id, AboutRoom(name, **more)).id

    def book(self, starts_at: datetime, ends_at: datetime, *, who: str = "bashir", room: int | None = None) -> int:
        return self.do(rooms.book_room, self.cast.members[who], room or self.room, starts_at, ends_at, "Compiti")

    def ask(self, starts_at: datetime, ends_at: datetime, *, who: str = "anna", room: int | None = None) -> int:
        wish = Wish(room or self.room, starts_at, ends_at, "Compleanno", people=12)
        return self.do(rooms.request_room, self.cast.members[who], wish)

    def need(self, words: str = "Un posto caldo dove studiare", *, who: str = "anna") -> int:
        return self.do(wall.write_need, self.cast.members[who], self.center_id, words).id

    def booking(self, booking_id: int) -> Booking:
        with self.database.reading() as session:
            return session.get(Booking, booking_id)

    def need_row(self, need_id: int) -> WallNeed:
        with self.database.reading() as session:
            return session.get(WallNeed, need_id)

    def center(self) -> Center:
        with self.database.reading() as session:
            return session.get(Center, self.center_id)

    def room_row(self) -> Room:
        with self.database.reading() as session:
            return session.get(Room, self.room)

    def letters(self) -> list[tuple[str, str]]:
        """Who was told what, by first name."""
        names = {member.id: name for name, member in self.cast.members.items()}
        with self.database.reading() as session:
            found = session.exec(select(Notification).order_by(Notification.id)).all()
        return [(names[one.person_id], one.notice) for one in found]

    def in_place_of(self, member: Member) -> Any:
        """The maker at the keyboard, in somebody's place."""
        return replace(member.actor, recorded_by_id=self.cast.maker.id)
