"""What a job is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from foundation.database import Database, Session

LONGEST_PERIOD = timedelta(days=7)
"""Done rows are kept longer than this, since the row of a period is what keeps it from being queued again."""

_START = datetime(2024, 1, 1, tzinfo=UTC)

Run = Callable[[Session, Mapping[str, Any]], None]
RunBatches = Callable[[Database, Mapping[str, Any]], None]


def of_one(do: Callable[[Session, int], object], name: str) -> Run:
    """The work of a job that is about one row, whose number stands in the payload by this name."""

    def run(session: Session, payload: Mapping[str, Any]) -> None:
        do(session, payload[name])

    return run


@dataclass(frozen=True)
class Job:
    """A kind of work. Either `run`, in one transaction together with the note that it is done: its effect
    happens exactly once; or `run_batches`, which opens short transactions of its own and must stand being
    begun again.

    `every` makes it periodic: once in each period however many processes there are; periods missed while
    nothing ran are not made up for, so it must look at how things stand and not count on each run. `lease` is
    how long one run may take; `words` says what it does, for the page that lists jobs.
    """

    kind: str
    run: Run | None = None
    every: timedelta | None = None
    words: str = ""
    run_batches: RunBatches | None = None
    lease: timedelta = timedelta(minutes=5)

    def __post_init__(self) -> None:
        if (self.run is None) == (self.run_batches is None):
            raise ValueError(f"job {self.kind}: give either run or run_batches")
        if self.every is not None and not timedelta(seconds=1) <= self.every <= LONGEST_PERIOD:
            raise ValueError(f"job {self.kind}: a period lasts from a second to seven days")


def period_key(every: timedelta, now: datetime) -> str:
    """The name of the period that `now` falls in, the same for every process."""
    return f"every {every}: {(now - _START) // every}"
