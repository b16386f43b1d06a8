"""Series brought to a state by the real actions, and what can be asked of them."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context, copy_context
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from typing import Any

from sqlmodel import col, select

from community.threads.tables import Message
from exchanges.agreements import actions as agreements
from exchanges.agreements.tables import Agreement
from exchanges.series import actions
from exchanges.series.jobs import JOBS
from exchanges.series.queries.meetings import Meetings, open_meetings
from exchanges.series.queries.single import agreed_terms, events_of
from exchanges.series.rules import Terms
from exchanges.series.tables import Series, SeriesEvent, SeriesTerms
from foundation import clock
from foundation.errors import DomainError
from foundation.jobs import enqueue, run_due
from tests.cast import Member
from tests.client import Page
from tests.exchanges.agreements.stage import Stage

ROME = "Europe/Rome"
MONDAY = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
TUESDAY = date(2027, 1, 12)
SPRING = date(2027, 3, 28)
WEEK = timedelta(days=7)


def weekly(**changes: Any) -> Terms:
    """Every Tuesday at half past four, an hour each time."""
    return Terms(**{"weekdays": (2,), "at": "16:30", "first_day": TUESDAY, "minutes": 60, **changes})


class SeriesStage(Stage):
    """The cast and their series in one database; every call is a transaction of its own."""

    def series_proposed(
        self, owner: Member, proposer: Member, kind: str = "offer", *, category: str = "repairs", **terms: Any
    ) -> int:
        """A weekly proposal on a new post: for an offer the owner gives, for a need the proposer does."""
        post_id = self.post(owner, kind, category=category)
        return self.do(actions.propose, proposer, post_id, weekly(**terms))

    def series_open(self, giver: Member, receiver: Member, **terms: Any) -> int:
        """A series on an offer of `giver`: Tuesdays at half past four, from tomorrow on."""
        series_id = self.series_proposed(giver, receiver, **terms)
        self.do(actions.accept, giver, series_id, None)
        return series_id

    def roll(self, series_id: int, at: datetime | None = None) -> None:
        """The job that brings a series up to the day."""
        with clock.at(at or clock.now()), self.database.writing() as session:
            actions.roll(session, series_id)

    def look(self) -> None:
        """The periodic job at this moment, and all that it queues."""
        with self.database.writing() as session:
            enqueue(session, "series.look", key=f"{clock.now().isoformat()}")
        run_due(self.database, {job.kind: job for job in JOBS})

    def series(self, series_id: int) -> Series:
        with self.database.reading() as session:
            return session.get(Series, series_id)

    def series_state(self, series_id: int) -> str:
        return self.series(series_id).state

    def terms(self, series_id: int) -> list[SeriesTerms]:
        with self.database.reading() as session:
            return agreed_terms(session, series_id)

    def series_verbs(self, series_id: int) -> list[str]:
        return [event.verb for event in self.series_events(series_id)]

    def series_events(self, series_id: int) -> list[SeriesEvent]:
        with self.database.reading() as session:
            return events_of(session, series_id)

    def all_meetings(self, series_id: int) -> list[Agreement]:
        """Every meeting ever laid out, in the order of their days."""
        with self.database.reading() as session:
            found = session.scalars(
                select(Agreement)
                .where(Agreement.series_id == series_id)
                .order_by(col(Agreement.series_day), col(Agreement.id))
            )
            return list(found)

    def meetings(self, series_id: int) -> Meetings:
        with self.database.reading() as session:
            return open_meetings(session, series_id)

    def states(self, series_id: int) -> list[tuple[str, str]]:
        """The day and the state of every meeting, as in `12/01 accepted`."""
        return [(f"{one.series_day:%d/%m}", one.state) for one in self.all_meetings(series_id)]

    def on_the_wall(self, series_id: int) -> list[str]:
        """When the meetings begin, by the clock on the wall."""
        return [f"{clock.local(one.starts_at, ROME):%a %d/%m %H:%M}" for one in self.all_meetings(series_id)]

    def series_said(self, series_id: int) -> list[str]:
        """The words and events of the thread, in order."""
        with self.database.reading() as session:
            thread_id = session.get(Series, series_id).thread_id
            found = session.scalars(select(Message).where(Message.thread_id == thread_id).order_by(col(Message.id)))
            return [message.event or message.words for message in found]

    def write_down(self, series_id: int, giver: Member, at: datetime, minutes: int = 60) -> list[int]:
        """The giver writes down all meetings that have begun by then, together; their ids."""
        with clock.at(at):
            said = [actions.Said(one.id, one.version, minutes) for one in self.meetings(series_id).to_write_down]
            self.do(actions.deliver_together, giver, series_id, said)
        return [one.agreement_id for one in said]

    def to_confirm(self, series_id: int) -> list[actions.Said]:
        """What the receiver sees to confirm."""
        return [actions.Said(one.id, one.version) for one in self.meetings(series_id).to_confirm]


def at_once(_stage: SeriesStage, *deeds: Callable[[], object]) -> list[DomainError | None]:
    """Do all deeds at the same moment, by the clock of the test, and give what each ran into."""
    ready = Barrier(len(deeds))

    def run(context: Context, deed: Callable[[], object]) -> DomainError | None:
        ready.wait()
        try:
            context.run(deed)
        except DomainError as error:
            return error
        return None

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, [copy_context() for _ in deeds], deeds))


def at(series_id: int, more: str = "") -> str:
    """The address of a series."""
    return f"/c/cremona/series/{series_id}{more}"


def spoken(page: Page) -> str:
    """The words of a page with its days written the European way, whichever English it is in."""
    words = re.sub(r"(\w+day), (\w+) (\d+)", r"\1 \3 \2", page.words)
    return re.sub(r"(\w+day), (\d+)", r"\1 \2", words)


__all__ = ["MONDAY", "ROME", "TUESDAY", "WEEK", "SeriesStage", "agreements", "at", "at_once", "spoken", "weekly"]
