"""Imports from their upload to their undoing: the steps that a person takes, each a change of the run's state."""

import hashlib
import os
import secrets
import socket
from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import PurePath

from sqlalchemy import ColumnElement, insert, or_, update
from sqlmodel import col, delete, select

from foundation import audit, clock
from foundation.access import Actor, Permission
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Stale
from foundation.importing.actions import Import
from foundation.importing.kinds import ImportKind, kind_for, kinds_for
from foundation.importing.tables import ImportFile, ImportMade, ImportRun
from foundation.jobs import enqueue
from foundation.once import first_time, made, number_made, remember

MOST_BYTES = 8 * 1024 * 1024
"""Of a file taken in from the browser; larger ones go through the command line."""
KEPT_FOR = timedelta(days=7)
"""How long a file is held aside that nobody takes in."""
LONGEST_WORK = timedelta(minutes=30)
CHECK, TAKE, UNDO = "importing.check", "importing.take", "importing.undo"
JOB_OF = {"checking": CHECK, "taking": TAKE, "undoing": UNDO}
WORKING = tuple(JOB_OF)
PAGE = 30
_MACHINE = socket.gethostname()[:80]
_LIFE = secrets.token_hex(4)
"""Tells this process from an earlier one that had its number."""

IMPORT = Permission(
    "zone:import:write", ("maker", "administrator"), "Take in members and posts of the zones from a file"
)
IMPORT_ALL = Permission(
    "community:import:write", ("administrator",), "Take in balances from a file; see and undo every import"
)


def start_run(
    session: Session,
    actor: Actor,
    kind: ImportKind,
    *,
    name: str,
    content: bytes,
    guess: Mapping[str, int],
    request_key: str = "",
) -> int:
    """Hold a file aside and give the number of its run; the same one for the same request.

    Raises Missing for who may not take in that kind, Stale for a request that came before with another file.
    """
    kind_for(actor, kind.kind)
    digest = hashlib.sha256(content).hexdigest()
    if not first_time(session, request_key, actor.person_id, content=repr((kind.kind, digest))):
        return number_made(session, request_key, actor.person_id, "import")
    run = ImportRun(
        community_id=actor.community_id,
        kind=kind.kind,
        file_name=_plain_name(name),
        size=len(content),
        digest=digest,
        by_id=actor.must_be_person(),
        places=dict(guess),
    )
    session.add(run)
    session.flush()
    run_id = _kept(run)
    remember(session, request_key, actor.person_id, made("import", run_id))
    session.add(ImportFile(run_id=run_id, content=content))
    audit.record(session, actor, "uploaded", "import", run_id, of=kind.kind, size=run.size)
    return run_id


def choose_places(session: Session, actor: Actor, run_id: int, places: Mapping[str, int]) -> None:
    """Say which of our columns stands where, and have the lines looked at. Raises Missing, Stale."""
    run = run_to_change(session, actor, run_id, "columns", "checked")
    run.places = dict(places)
    _work(session, run, "checking")


def take_run(session: Session, actor: Actor, run_id: int) -> None:
    """Have the lines taken in. Raises Missing, Stale, Invalid where a line is not right."""
    run = run_to_change(session, actor, run_id, "checked")
    if run.fault_count or not run.new:
        raise Invalid(N_("There is nothing here that can be taken in."))
    most = kind_for(actor, run.kind).most_new
    if most and run.new > most:
        raise Invalid(N_("At most %(most)s lines can be taken in at a time: part the file in several."), most=most)
    _work(session, run, "taking")
    audit.record(session, actor, "started", "import", run_id, of=run.kind, new=run.new)


def work_again(session: Session, actor: Actor, run_id: int) -> None:
    """Start work again that stopped half-way: nothing of it was kept. Raises Missing, Stale while it goes on."""
    run = run_to_change(session, actor, run_id, *WORKING)
    if not has_stopped(run):
        raise _moved_on()
    _work(session, run, run.state)


def withdraw_run(session: Session, actor: Actor, run_id: int) -> None:
    """Let go of a file that was not taken in. Raises Missing, Stale."""
    run = run_to_change(session, actor, run_id, "columns", "checked", "checking", "taking")
    if run.state in WORKING and not has_stopped(run):
        raise _moved_on()
    let_go(session, run, "withdrawn")


def undo_run(session: Session, actor: Actor, run_id: int) -> None:
    """Have everything that an import made taken away again. Raises Missing, Stale."""
    run = run_to_change(session, actor, run_id, "taken")
    run.obstacles = []
    run.undone_by_id = actor.must_be_person()
    _work(session, run, "undoing")


def let_go(session: Session, run: ImportRun, state: str) -> None:
    """Remove the file, and what was shown of it."""
    session.exec(delete(ImportFile).where(col(ImportFile.run_id) == run.id))
    run.state, run.preview, run.faults, run.problem, run.changed_at = state, [], [], "", clock.now()
    session.add(run)


def forget_files(session: Session) -> int:
    """Let go of the files that nobody has taken in for a week, and say how many they were."""
    old = col(ImportRun.changed_at) < clock.now() - KEPT_FOR
    held = select(ImportRun).where(old, col(ImportRun.id).in_(select(ImportFile.run_id))).limit(500)
    runs = list(session.exec(held))
    for run in runs:
        let_go(session, run, "withdrawn")
    return len(runs)


def remember_made(session: Session, run_id: int, things: Iterable[tuple[str, int]]) -> None:
    """Note what an import made."""
    rows = [{"run_id": run_id, "kind": kind, "object_id": object_id} for kind, object_id in dict.fromkeys(things)]
    if rows:
        session.execute(insert(ImportMade), rows)


def remember_import(
    session: Session, asked: Import, name: str, content: bytes, lines: int, new: int, things: Iterable[tuple[str, int]]
) -> None:
    """Note an import of the command line beside those of the browser; nothing where it changed nothing."""
    if not asked.kind or not new:
        return
    run = ImportRun(
        community_id=asked.community_id,
        kind=asked.kind,
        file_name=_plain_name(name),
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        state="taken",
        ended_at=clock.now(),
        lines=lines,
        new=new,
        unchanged=lines - new,
    )
    session.add(run)
    session.flush()
    remember_made(session, _kept(run), things)


# ---------------------------------------------------------------- looking


def run_visible_to(session: Session, actor: Actor, run_id: int) -> ImportRun:
    """A run of one's own, or any for who sees every import. Raises Missing."""
    found = session.exec(select(ImportRun).where(col(ImportRun.id) == run_id, _visible(actor))).one_or_none()
    if found is None:
        raise Missing()
    return found


def runs_visible_to(session: Session, actor: Actor, *, before: int | None = None) -> list[ImportRun]:
    """The newest imports, or those before the one with this number: one more than a page, where there are more."""
    statement = select(ImportRun).where(_visible(actor)).order_by(col(ImportRun.id).desc()).limit(PAGE + 1)
    if before is not None:
        statement = statement.where(col(ImportRun.id) < before)
    return list(session.exec(statement))


def same_file_before(session: Session, run: ImportRun) -> ImportRun | None:
    """An earlier run that took in the very same file."""
    statement = select(ImportRun).where(
        col(ImportRun.community_id) == run.community_id,
        col(ImportRun.kind) == run.kind,
        col(ImportRun.digest) == run.digest,
        col(ImportRun.state) == "taken",
        col(ImportRun.id) != run.id,
    )
    return session.exec(statement.order_by(col(ImportRun.id).desc()).limit(1)).first()


def file_of(session: Session, run_id: int) -> bytes | None:
    """The file of a run, while it is held aside."""
    return session.scalar(select(ImportFile.content).where(col(ImportFile.run_id) == run_id))


def has_stopped(run: ImportRun) -> bool:
    """Whether the work on a run ended without an end: its process is gone, it met a problem, or it takes too long."""
    if run.state not in WORKING:
        return False
    if run.problem:
        return True
    if run.runner and _process_is_gone(run.runner):
        return True
    return clock.now() - (run.started_at or run.changed_at) > LONGEST_WORK


def this_process() -> str:
    """The machine and process at work, as a run remembers them."""
    return f"{_MACHINE}:{os.getpid()}:{_LIFE}"


def run_to_change(session: Session, actor: Actor, run_id: int, *states: str) -> ImportRun:
    """A run in one of these states, held until the end of the transaction. Raises Missing, Stale."""
    statement = select(ImportRun).where(col(ImportRun.id) == run_id, _visible(actor))
    run = session.exec(statement.with_for_update().execution_options(populate_existing=True)).one_or_none()
    if run is None:
        raise Missing()
    if run.state not in states:
        raise _moved_on()
    return run


def _visible(actor: Actor) -> ColumnElement[bool]:
    kinds = kinds_for(actor)
    theirs = [(col(ImportRun.kind) == kind.kind) & kind.seen_by(actor) for kind in kinds if kind.seen_by is not None]
    whose = or_(col(ImportRun.by_id) == actor.must_be_person(), *theirs)
    if actor.may(IMPORT_ALL):
        whose = or_(col(ImportRun.id).is_not(None), whose)
    return (
        (col(ImportRun.community_id) == actor.community_id)
        & col(ImportRun.kind).in_([kind.kind for kind in kinds])
        & whose
    )


def _work(session: Session, run: ImportRun, state: str) -> None:
    """Queue the work that this state stands for; an earlier start of it counts no more."""
    run.state, run.problem, run.runner, run.started_at = state, "", "", None
    run.attempt += 1
    run.done = run.total = 0
    run.changed_at = clock.now()
    session.add(run)
    session.flush()
    payload = {"run_id": run.id, "attempt": run.attempt}
    enqueue(session, JOB_OF[state], payload, key=f"{run.id}:{run.attempt}")


def note_progress(session: Session, run_id: int, attempt: int, done: int, total: int) -> None:
    """Write down how far the work has come."""
    session.exec(
        update(ImportRun)
        .where(col(ImportRun.id) == run_id, col(ImportRun.attempt) == attempt)
        .values(done=done, total=total)
        .execution_options(synchronize_session=False)
    )


def _moved_on() -> Stale:
    return Stale(
        N_("This import has moved on meanwhile."), advice=N_("This is how it stands now: look at it again, and decide.")
    )


def _process_is_gone(runner: str) -> bool:
    machine, number, life = runner.rsplit(":", 2)
    if machine != _MACHINE:
        return False
    if int(number) == os.getpid():
        return life != _LIFE  # the number was given again, as after a restart in a container
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _plain_name(name: str) -> str:
    """The name of a file without folders and without what cannot be printed."""
    last = PurePath(name.replace("\\", "/")).name
    return "".join(letter for letter in last if letter.isprintable())[:200] or "file.csv"


def _kept(run: ImportRun) -> int:
    if run.id is None:
        raise RuntimeError("the database gave the import no number")
    return run.id
