"""Activities in the center that Bashir keeps."""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlmodel import select

from civic_centers.activities import actions
from civic_centers.activities.queries.foreseeing import Span
from civic_centers.activities.rules import About, Beat
from civic_centers.activities.tables import Activity, ActivityRhythm, ActivitySession
from civic_centers.rooms.tables import Booking
from foundation import clock
from tests.civic_centers.stage import ROME, CenterStage, at

HOUR = timedelta(hours=1)


class ActivityStage(CenterStage):
    """Every call is a transaction of its own."""

    def activity(self, title: str = "Compiti insieme", **more: Any) -> int:
        """An activity that is open, as a row."""
        more = {"kind": "homework", "state": "open", "published_at": at(1, 12), **more}
        row = Activity(community_id=self.cast.community.id, center_id=self.center_id, title=title, **more)
        with self.database.writing() as session:
            session.add(row)
            session.flush()
            return row.id or 0

    def session_row(self, activity_id: int, starts_at: datetime, **more: Any) -> int:
        """One date of it, as a row."""
        row = ActivitySession(
            community_id=self.cast.community.id,
            activity_id=activity_id,
            center_id=self.center_id,
            day=date(starts_at.year, starts_at.month, starts_at.day),
            starts_at=starts_at,
            ends_at=starts_at + more.pop("lasts", 2 * HOUR),
            **more,
        )
        with self.database.writing() as session:
            session.add(row)
            session.flush()
            return row.id or 0

    def one(self, session_id: int) -> ActivitySession:
        with self.database.reading() as session:
            return session.get_one(ActivitySession, session_id)

    def row(self, activity_id: int) -> Activity:
        with self.database.reading() as session:
            return session.get_one(Activity, activity_id)

    def sessions(self, activity_id: int) -> list[ActivitySession]:
        """All its dates, in order."""
        there = select(ActivitySession).where(ActivitySession.activity_id == activity_id)
        with self.database.reading() as session:
            return list(session.exec(there.order_by(ActivitySession.starts_at, ActivitySession.id)))

    def make(self, title: str = "Compiti insieme", kind: str = "homework", *, who: str = "bashir", **more: Any) -> int:
        """A draft, as a keeper makes it."""
        about = About(title, kind, **more)
        return self.do(actions.make_activity, self.cast.members[who], self.center_id, about).id

    def dates(self, activity_id: int, *moments: datetime, room: int | None = None, **more: Any) -> list[int]:
        """Dates of two hours each."""
        spans = [Span(clock.local(moment, ROME).date(), moment, moment + 2 * HOUR) for moment in moments]
        laid = self.do(actions.add_dates, self.cast.bashir, activity_id, spans, room, **more)
        return [one.id for one in laid.made]

    def make_with_date(self, starts_at: datetime, ends_at: datetime) -> int:
        """A draft with one date."""
        activity_id = self.make()
        self.do(actions.add_dates, self.cast.bashir, activity_id, [Span(starts_at.date(), starts_at, ends_at)], None)
        return activity_id

    def rhythm(self, activity_id: int, *weekdays: int, hour: int = 16, room: int | None = None, **more: Any) -> int:
        """A rhythm that begins on 12 January, a Tuesday, two hours each; its number."""
        clashing = more.pop("clashing", actions.WITHOUT)
        beat = Beat(
            weekdays or (2,), time(hour), more.pop("minutes", 120), more.pop("first_on", date(2027, 1, 12)), **more
        )
        self.do(actions.add_rhythm, self.cast.bashir, activity_id, beat, room, clashing=clashing)
        return self.rhythms(activity_id)[-1].id or 0

    def open(self, activity_id: int) -> int:
        self.do(actions.publish_activity, self.cast.bashir, activity_id)
        return activity_id

    def rhythms(self, activity_id: int) -> list[ActivityRhythm]:
        there = select(ActivityRhythm).where(ActivityRhythm.activity_id == activity_id)
        with self.database.reading() as session:
            return list(session.exec(there.order_by(ActivityRhythm.id)))

    def held(self, room: int) -> list[datetime]:
        """When a room is held for dates, in order."""
        there = select(Booking).where(Booking.room_id == room, Booking.state == "held")
        with self.database.reading() as session:
            return [one.starts_at for one in session.exec(there.order_by(Booking.starts_at))]

    def days(self, activity_id: int, state: str = "planned") -> list[date]:
        """The days of its dates, on the wall."""
        return [clock.local(one.starts_at, ROME).date() for one in self.sessions(activity_id) if one.state == state]
