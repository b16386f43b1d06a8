"""Making the files that people take along, and removing them after their days."""

import zipfile
from collections import deque
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from community.communities.queries import today_of
from community.notifications.actions import notify
from community.privacy.actions import GATHER, finish, forget_ended, let_go_once, note_gone, note_progress
from community.privacy.notices import READY
from community.privacy.queries import kinds, retentions, whose
from community.privacy.rules import LASTS, as_csv, as_json
from community.privacy.tables import PersonalExport
from foundation import clock
from foundation.database import Database, Session
from foundation.files import FileStore, find_file
from foundation.jobs import Job, each_apart
from foundation.personal import Whose
from foundation.personal.keeping import Retention
from foundation.web import settings

FOLDER = "exports"
SOME = 200
"""So many things are let go in one transaction: others who write wait no longer than that."""
README = """Reciproca

Everything that this community keeps about you and your household, on {day}.

dati.json   all of it, for programs and for people          everything
*.csv       the same, one table a file, for spreadsheets    one kind each
foto/       your photographs                                your pictures
"""


def folder() -> Path:
    """Where the files lie: in the data directory, read by nobody but the installation."""
    return settings().data_directory / FOLDER


def gather(database: Database, payload: Mapping[str, Any]) -> None:
    """Make one file. Begun again after a crash it starts from the beginning; a half-made file is never found."""
    with database.reading() as session:
        export = session.get(PersonalExport, payload["export_id"])
        if export is None or export.state != "asked":
            return
        of = whose(session, export.person_id, export.community_id)
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder() / export.file_name
    half = path.with_suffix(".part")
    half.touch(mode=0o600)
    if not _write(database, export.id or 0, of, half):
        half.unlink()
        return
    half.rename(path)
    with database.writing() as session:
        wanted = finish(session, export.id or 0, path.stat().st_size)
        if wanted:
            notify(
                session, person_id=export.person_id, community_id=export.community_id, notice=READY, params={},
                endpoint="privacy.mine", key=f"export-{export.id}",
            )  # fmt: skip
    if not wanted:
        # They let it go between the last page and this moment: nothing would take it away for a week.
        path.unlink(missing_ok=True)


def _write(database: Database, export_id: int, of: Whose, path: Path) -> bool:
    """Write the zip, telling how far it is; False when nobody waits for it any more."""
    everything = {}
    pictures: dict[int, None] = {}
    with database.reading() as session:
        today = today_of(session, of.community_id)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("LEGGIMI.txt", README.format(day=today.isoformat()))
        for number, kind in enumerate(kinds(), start=1):
            with database.reading() as session:
                rows = [dict(row) for row in kind.rows(session, of)]
                pictures |= dict.fromkeys(kind.pictures(session, of) if kind.pictures else ())
            everything[kind.kind] = rows
            if rows:
                file.writestr(f"{kind.kind}.csv", as_csv(rows))
            with database.writing() as session:
                if not note_progress(session, export_id, number):
                    return False
        file.writestr("dati.json", as_json(everything))
        _write_pictures(database, file, list(pictures))
    return True


def _write_pictures(database: Database, file: zipfile.ZipFile, ids: list[int]) -> None:
    store = FileStore(settings().files_directory)
    with database.reading() as session:
        for picture_id in ids:
            path = store.path(find_file(session, picture_id).name)
            if path.exists():
                file.write(path, f"foto/{picture_id}.webp", zipfile.ZIP_STORED)


def tidy(database: Database, _payload: Mapping[str, Any]) -> None:
    """Remove files past their days, and those that nobody knows any more."""
    with database.writing() as session:
        for name in forget_ended(session):
            (folder() / name).unlink(missing_ok=True)
    before = (clock.now() - LASTS - timedelta(days=1)).timestamp()
    for path in folder().glob("*"):
        if path.stat().st_mtime < before:
            path.unlink(missing_ok=True)


def retain(database: Database, _payload: Mapping[str, Any]) -> None:
    """Let go of what has been kept long enough, some at a time; what fails holds up nothing else.

    Interrupted, the next run goes on where it was.
    """
    waiting = deque(retentions())

    def let_some_go(session: Session, one: Retention) -> None:
        if let_go_once(session, one, SOME) >= SOME:
            waiting.append(one)

    each_apart(database, iter(lambda: waiting.popleft() if waiting else None, None), let_some_go)
    with database.writing() as session:
        note_gone(session, "", 0, 0)


JOBS = (
    Job(
        "privacy.retain",
        run_batches=retain,
        every=timedelta(days=1),
        lease=timedelta(minutes=30),
        words="Lets go of what has been kept long enough",
    ),
    Job(GATHER, run_batches=gather, lease=timedelta(minutes=30), words="Makes a file with everything about a person"),
    Job("privacy.tidy", run_batches=tidy, every=timedelta(hours=6), words="Removes such files after a week"),
)
