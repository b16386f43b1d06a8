"""The product as it is served, with the cast in its database."""

import os
import select
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from argon2 import PasswordHasher
from sqlmodel import col, update
from sqlmodel import select as rows_of

from app import ROOT, load_features
from community.members.tables import Person
from foundation.database import Database
from foundation.feature import registry
from foundation.jobs.tables import QueuedJob
from foundation.outbox.tables import OutboxMessage
from foundation.settings import PSEUDO_LANGUAGES
from tests.cast import Cast, make_cast, verify_for_care
from tests.journeys.traveller import PASSWORD
from tests.servers.databases import make_schema

PATIENCE = 60.0  # seconds
A_MOMENT = 0.02


@dataclass
class Served:
    """A running installation."""

    address: str
    cast: Cast
    folder: Path

    def start_afresh(self) -> None:
        """Put database and letters back as they were at the beginning, while the product goes on running.

        Nobody writes meanwhile, for want of the turn; and the worker first ends what it has in hand, or else it would
        write a letter of the last journey into this one. Raises RuntimeError where it never comes to an end.
        """
        deadline = time.monotonic() + PATIENCE
        with self.database() as database:
            while time.monotonic() < deadline:
                if self._put_back(database):
                    return
                select.select([], [], [], A_MOMENT)
        raise RuntimeError(f"the worker is busy since {PATIENCE} s: {self.log()[-3000:]}")

    def _put_back(self, database: Database) -> bool:
        assert database.turn is not None
        with database.turn.held():
            if _at_work(database):
                return False
            kept, used = (sqlite3.connect(path, timeout=PATIENCE) for path in (_kept(self.folder), _used(self.folder)))
            with closing(kept), closing(used):
                sessions = used.execute("SELECT * FROM sign_in_session").fetchall()
                kept.backup(used)
                _keep_keys_good(used, sessions)
            for letter in (self.folder / "mail").glob("*.eml"):
                letter.unlink()
            return True

    def log(self) -> str:
        """What the server has said so far."""
        return (self.folder / "server.log").read_text(errors="replace")

    @contextmanager
    def database(self) -> Iterator[Database]:
        """The product's own database, for setting a scene by the real actions."""
        registry.register(load_features())
        database = Database(f"sqlite:///{_used(self.folder)}")
        try:
            yield database
        finally:
            database.dispose()


@contextmanager
def running(folder: Path) -> Iterator[Served]:
    """Serve a fresh installation with the cast; gives its address. Everybody's password is PASSWORD."""
    cast = _fill(folder)
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("RECIPROCA_")},
        "RECIPROCA_ENV": "test",
        "RECIPROCA_DATA": str(folder),
        "RECIPROCA_BASE_URL": address,
        "RECIPROCA_LANGUAGES": ",".join(("it", "en", *PSEUDO_LANGUAGES)),
        "PORT": str(port),
    }
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", "tests/journeys/serving.py"]
    log = (folder / "server.log").open("wb")
    server = subprocess.Popen(gunicorn, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait_until_ready(address, server, folder / "server.log")
        yield Served(address, cast, folder)
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            raise
        finally:
            log.close()


def _keep_keys_good(used: sqlite3.Connection, sessions: list[tuple[object, ...]]) -> None:
    """Put the sessions of former journeys back, so that their cookies go on letting people in."""
    if sessions:
        places = ", ".join("?" * len(sessions[0]))
        used.executemany(f"INSERT INTO sign_in_session VALUES ({places})", sessions)
        used.execute("UPDATE sign_in_session SET ended_at = NULL")
        # Of people who came in an earlier journey nothing may stay: their numbers are given to others now.
        used.execute("DELETE FROM sign_in_session WHERE person_id NOT IN (SELECT id FROM person)")
        used.commit()


def _at_work(database: Database) -> bool:
    """Whether the worker has a message or a job in hand."""
    in_hand = [rows_of(table.id).where(col(table.claimed_by).is_not(None)) for table in (OutboxMessage, QueuedJob)]
    with database.reading() as session:
        return any(session.exec(rows).first() is not None for rows in in_hand)


def _used(folder: Path) -> Path:
    return folder / "reciproca.db"


def _kept(folder: Path) -> Path:
    return folder / "beginning.db"


def _fill(folder: Path) -> Cast:
    database = Database(f"sqlite:///{_used(folder)}")
    make_schema(database)
    cast = make_cast(database)
    with database.writing() as session:
        session.execute(update(Person).values(password_hash=PasswordHasher(1, 8, 1).hash(PASSWORD)))
        verify_for_care(session, cast, cast.bashir)
    database.dispose()
    with closing(sqlite3.connect(_used(folder))) as used, closing(sqlite3.connect(_kept(folder))) as kept:
        used.backup(kept)
    return cast


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"the server ended: {log.read_text(errors='replace')[-3000:]}")
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            select.select([], [], [], 0.1)
    raise RuntimeError(f"not ready after {PATIENCE} s: {log.read_text(errors='replace')[-3000:]}")
