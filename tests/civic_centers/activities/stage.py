"""Activities in the center that Bashir keeps."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import select

from civic_centers.activities.tables import Activity, ActivitySession
from tests.civic_centers.stage import CenterStage, at

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
