"""Taking a file in: as `flask import` does, without the command line; and as the pages do, without a browser."""

from collections.abc import Callable
from dataclasses import dataclass

from foundation.access import Actor
from foundation.database import Database, Session
from foundation.importing import Import, Report, read_table, take_in
from foundation.importing.kinds import kind_for
from foundation.importing.peeking import peek
from foundation.importing.runs import MOST_BYTES, choose_places, start_run, take_run, undo_run, work_again
from foundation.importing.tables import ImportRun
from foundation.importing.working import JOBS
from foundation.jobs import run_due


def take_file(
    database: Database,
    prepare: Callable[[Session, str], Import],
    content: str | bytes,
    *,
    slug: str = "cremona",
    dry_run: bool = False,
) -> Report:
    """Read the content and take it in, into the cast's community."""
    data = content.encode() if isinstance(content, str) else content
    with database.reading() as session:
        asked = prepare(session, slug)
    sheet = read_table(data, asked.columns)
    intake = asked.intake(sheet.rows)
    return take_in(database, sheet, intake.take_row, finish=intake.finish, dry_run=dry_run)


def said(report: Report) -> list[str]:
    """Every fault as an operator reads it in English."""
    return [str(fault) for fault in report.faults]


@dataclass(frozen=True)
class Desk:
    """What an administrator (or maker) does on the pages of an import; the worker's jobs run at once."""

    database: Database
    actor: Actor

    def upload(self, kind: str, content: str | bytes, name: str = "file.csv") -> int:
        """Choose a file, and leave the columns as they are guessed."""
        data = content.encode() if isinstance(content, str) else content
        chosen = kind_for(self.actor, kind)
        with self.database.reading() as session:
            columns = chosen.prepare(session, self.actor).columns
        guess = {one.guess: one.place for one in peek(data, columns, max_bytes=MOST_BYTES) if one.guess}
        with self.database.writing() as session:
            return start_run(session, self.actor, chosen, name=name, content=data, guess=guess)

    def check(self, run_id: int, places: dict[str, int] | None = None) -> ImportRun:
        """Have every line looked at."""
        with self.database.writing() as session:
            choose_places(session, self.actor, run_id, places or self.run(run_id).places)
        self.work()
        return self.run(run_id)

    def take(self, run_id: int) -> ImportRun:
        """Have the lines taken in."""
        with self.database.writing() as session:
            take_run(session, self.actor, run_id)
        self.work()
        return self.run(run_id)

    def bring(self, kind: str, content: str | bytes) -> int:
        """All three steps."""
        run_id = self.upload(kind, content)
        self.check(run_id)
        assert self.take(run_id).state == "taken"
        return run_id

    def undo(self, run_id: int) -> ImportRun:
        """Have it undone, or be told why not."""
        with self.database.writing() as session:
            undo_run(session, self.actor, run_id)
        self.work()
        return self.run(run_id)

    def again(self, run_id: int) -> ImportRun:
        """Start work again that stopped."""
        with self.database.writing() as session:
            work_again(session, self.actor, run_id)
        self.work()
        return self.run(run_id)

    def work(self) -> None:
        """What the worker does."""
        run_due(self.database, {job.kind: job for job in JOBS if job.every is None})

    def run(self, run_id: int) -> ImportRun:
        """How it stands."""
        with self.database.reading() as session:
            found = session.get(ImportRun, run_id)
            assert found is not None
            return found
