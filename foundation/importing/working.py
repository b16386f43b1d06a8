"""The work on imports, done by the worker: looking at every line, taking them in, taking them away again.

Taking in is one transaction, so that a process killed half-way leaves nothing behind. How far it has come is told
beside it: on PostgreSQL through a connection of its own; on SQLite, where nobody else can write meanwhile, in the
memory of this process.
"""

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from foundation import audit, clock, outbox
from foundation.access import Actor
from foundation.database import Database, Session
from foundation.errors import N_, DomainError, Missing
from foundation.feature import registry
from foundation.importing.actions import Import, take_rows
from foundation.importing.kinds import ImportKind, kind_for
from foundation.importing.reading import Fault, Progress, Sheet, part_of, read_table
from foundation.importing.runs import (
    CHECK,
    LONGEST_WORK,
    MOST_BYTES,
    TAKE,
    UNDO,
    forget_files,
    let_go,
    note_progress,
    remember_made,
    this_process,
)
from foundation.importing.showing import fault_as_json, shown_rows
from foundation.importing.tables import ImportFile, ImportMade, ImportRun
from foundation.jobs import Job

log = logging.getLogger(__name__)

TELL_EVERY = 0.5
"""Seconds."""
BREATHE_EVERY, BREATH = 0.2, 0.002
"""Seconds: in one process nobody else is answered but in these pauses. They are long enough to take up what was sent
meanwhile, and far enough apart that the work goes on however many ask.
"""
MOST_OBSTACLES = 50
_READING = 0.1
"""How much of the work is done once the file is read."""
NO_LONGER_ALLOWED = N_("You may not take in files of this kind any more.")
BROKE = N_("Something went wrong here: start it again, or tell whoever runs the site.")
_ONE_AT_A_TIME = 7_236_763  # any number: one half of the name of the lock PostgreSQL holds while a community imports

_far: dict[tuple[int, int], tuple[int, int]] = {}
"""How far the imports at work in this process have come, by run and attempt."""


class Overtaken(Exception):
    """This start of the work counts no more: it was started again, or given up."""


class _Undo(Exception):
    """Leaves the transaction without keeping it."""


@dataclass(frozen=True)
class Work:
    """What one start of the work has to know."""

    database: Database
    run_id: int
    attempt: int
    state: str
    kind: ImportKind
    actor: Actor
    places: Mapping[str, int]
    content: bytes

    @property
    def asked(self) -> Import:
        with self.database.reading() as session:
            if self.kind.of_run is not None:
                return self.kind.of_run(session, self.actor, self.run_id)
            return self.kind.prepare(session, self.actor)

    def read(self, asked: Import, progress: Progress | None) -> Sheet:
        return read_table(
            self.content, asked.columns, places=self.places, progress=progress, max_bytes=MOST_BYTES, band=asked.band
        )

    def progress(self, *, quietly: bool = False) -> Progress:
        """Tell how far it is, now and then. `quietly`: a transaction is open that must not be written past."""
        told = breathed = time.monotonic()

        def tell(done: int, total: int) -> None:
            nonlocal told, breathed
            _far[self.run_id, self.attempt] = (done, total)
            if time.monotonic() - breathed >= BREATHE_EVERY:
                time.sleep(BREATH)
                breathed = time.monotonic()
            if time.monotonic() - told < TELL_EVERY:
                return
            told = time.monotonic()
            if self.database.dialect == "postgresql":
                _tell_beside(self, done, total)
            elif not quietly:
                with self.database.writing() as session:
                    note_progress(session, self.run_id, self.attempt, done, total)

        return tell

    def run_in(self, session: Session) -> ImportRun:
        """The run, held to be changed at the end of the work. Raises Overtaken."""
        statement = select(ImportRun).where(
            col(ImportRun.id) == self.run_id,
            col(ImportRun.attempt) == self.attempt,
            col(ImportRun.state) == self.state,
        )
        run = session.exec(statement.with_for_update().execution_options(populate_existing=True)).one_or_none()
        if run is None:
            raise Overtaken
        return run


def how_far(run: ImportRun) -> tuple[int, int]:
    """How many lines of how many have been looked at or taken in; (0, 0) where nobody can say."""
    return max(_far.get((run.id or 0, run.attempt), (0, 0)), (run.done, run.total))


# ---------------------------------------------------------------- the three kinds of work


def check(work: Work) -> None:
    """Look at every line, and say what would become of it. Nothing is written but that."""
    asked = work.asked
    progress = work.progress()
    sheet = work.read(asked, part_of(progress, 0, _READING))
    tell = part_of(progress, _READING, 1) or progress
    intake = asked.intake(sheet.rows)
    look = intake.look or intake.take_row
    new = 0
    with work.database.reading() as session:
        for count, row in enumerate(sheet.rows, start=1):
            try:
                new += look(session, row)
            except DomainError as error:
                sheet.add_fault(Fault.of(error, row.line))
            if count % 50 == 0:
                tell(count, len(sheet.rows))
        beside = intake.beside(session) if intake.beside is not None else 0
        own = intake.preview(session) if intake.preview is not None else None
    preview = shown_rows(sheet.rows, asked.columns, work.places) if own is None else own
    with work.database.writing() as session:
        run = work.run_in(session)
        run.preview = preview
        _note_result(run, sheet, new, beside)
        run.state = "checked"


def take(work: Work) -> None:
    """Take every line in: all of them or none. A file that two people took in at once is taken in once."""
    asked = work.asked
    sheet = work.read(asked, part_of(work.progress(), 0, _READING))
    tell = part_of(work.progress(quietly=True), _READING, 1)
    intake = asked.intake(sheet.rows)
    try:
        with work.database.writing() as session, outbox.muted():
            _one_at_a_time(session, work.actor.community_id)
            new = take_rows(session, sheet, intake.take_row, finish=intake.finish, progress=tell)
            if sheet.fault_count:
                raise _Undo
            beside = intake.beside(session) if intake.beside is not None else 0
            run = work.run_in(session)
            _note_result(run, sheet, new, beside)
            let_go(session, run, "taken")
            run.ended_at = clock.now()
            remember_made(session, work.run_id, intake.made)
            audit.record(session, work.actor, "took in", "import", work.run_id, of=run.kind, new=new)
    except _Undo:
        with work.database.writing() as session:
            run = work.run_in(session)
            _note_result(run, sheet, 0)
            run.state = "checked"


def undo(work: Work) -> None:
    """Take away again what an import made, or say what was built on it."""
    with work.database.writing() as session, outbox.muted():
        _one_at_a_time(session, work.actor.community_id)
        found = work.kind.obstacles(session, work.actor, work.run_id)
        if not found:
            work.kind.undo(session, work.actor, made_by(session, work.run_id), work.progress(quietly=True))
            audit.record(session, work.actor, "undid", "import", work.run_id, of=work.kind.kind)
        # Held only now: how far it is was written into the same row, beside this transaction.
        run = work.run_in(session)
        if not found:
            run.undone_at = clock.now()
        run.obstacles = [{"message": each.message, "params": dict(each.params)} for each in found[:MOST_OBSTACLES]]
        run.state = "taken" if found else "undone"
        run.changed_at = clock.now()


def made_by(session: Session, run_id: int) -> Mapping[str, Sequence[int]]:
    """What an import made: ids by kind of thing."""
    made: dict[str, list[int]] = defaultdict(list)
    statement = select(ImportMade.kind, ImportMade.object_id).where(col(ImportMade.run_id) == run_id)
    for kind, object_id in session.exec(statement.order_by(col(ImportMade.object_id))):
        made[kind].append(object_id)
    return made


def _note_result(run: ImportRun, sheet: Sheet, new: int, beside: int = 0) -> None:
    run.lines = len(sheet.rows)
    run.new, run.unchanged = new + beside, len(sheet.rows) - new
    run.fault_count = sheet.fault_count
    run.faults = [fault_as_json(fault) for fault in sorted(sheet.faults, key=lambda fault: fault.line)]
    run.changed_at = clock.now()


def _one_at_a_time(session: Session, community_id: int) -> None:
    """Two imports of one community follow each other; on SQLite the turn to write sees to that."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(
            text("SELECT pg_advisory_xact_lock(:name, :community)"), {"name": _ONE_AT_A_TIME, "community": community_id}
        )


def _tell_beside(work: Work, done: int, total: int) -> None:
    statement = update(ImportRun).where(col(ImportRun.id) == work.run_id, col(ImportRun.attempt) == work.attempt)
    with work.database.writing_engine.begin() as connection:
        connection.execute(statement.values(done=done, total=total))


# ---------------------------------------------------------------- how the worker calls them


def _job(state: str, do: Callable[[Work], None]) -> Callable[[Database, Mapping[str, Any]], None]:
    def run(database: Database, payload: Mapping[str, Any]) -> None:
        run_id, attempt = int(payload["run_id"]), int(payload["attempt"])
        try:
            work = _begin(database, run_id, attempt, state)
            try:
                do(work)
            except IntegrityError:
                # Somebody else wrote the same thing a moment before: now it is there already.
                do(work)
        except Overtaken:
            log.info("import %s, start %s: overtaken", run_id, attempt)
        except Missing:
            _stop(database, run_id, attempt, NO_LONGER_ALLOWED)
        except Exception:  # what broke is told on the page of the import, where it can be started again
            log.exception("import %s, start %s: %s broke", run_id, attempt, state)
            _stop(database, run_id, attempt, BROKE)
        finally:
            _far.pop((run_id, attempt), None)

    return run


def _begin(database: Database, run_id: int, attempt: int, state: str) -> Work:
    """Say that this process is at it. Raises Overtaken, and Missing for somebody who may do it no more."""
    with database.writing() as session:
        run = session.get(ImportRun, run_id)
        if run is None or run.attempt != attempt or run.state != state:
            raise Overtaken
        run.runner, run.started_at = this_process(), clock.now()
        content = session.scalar(select(ImportFile.content).where(col(ImportFile.run_id) == run_id)) or b""
        who = run.undone_by_id if state == "undoing" else run.by_id
        actor = registry.hooks("load_actor")[0](session, who, run.community_id)
        kind = kind_for(actor, run.kind)
        return Work(database, run_id, attempt, state, kind, actor, dict(run.places), content)


def _stop(database: Database, run_id: int, attempt: int, words: str) -> None:
    with database.writing() as session:
        session.exec(
            update(ImportRun)
            .where(col(ImportRun.id) == run_id, col(ImportRun.attempt) == attempt)
            .values(problem=words[:500], changed_at=clock.now())
            .execution_options(synchronize_session=False)
        )


def _forget(session: Session, _payload: Mapping[str, Any]) -> None:
    forget_files(session)


JOBS = (
    Job(CHECK, run_batches=_job("checking", check), lease=LONGEST_WORK, words="Looks at every line of a file."),
    Job(TAKE, run_batches=_job("taking", take), lease=LONGEST_WORK, words="Takes a file in, all of it or nothing."),
    Job(UNDO, run_batches=_job("undoing", undo), lease=LONGEST_WORK, words="Takes away what an import made."),
    Job("importing.forget_files", _forget, timedelta(days=1), "Lets go of files that nobody took in for a week."),
)
