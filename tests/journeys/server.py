"""The product as it is served, with the cast in its database."""

import os
import select
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from argon2 import PasswordHasher
from sqlmodel import update

from app import ROOT
from community.members.tables import Person
from foundation.database import Database
from tests.cast import Cast, make_cast, verify_for_care
from tests.servers.databases import make_schema

PASSWORD = "una frase che ricordo"
PATIENCE = 60.0


@contextmanager
def running(folder: Path) -> Iterator[tuple[str, Cast]]:
    """Serve a fresh installation with the cast; gives its address. Everybody's password is PASSWORD."""
    cast = _fill(folder)
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("RECIPROCA_")},
        "RECIPROCA_ENV": "test",
        "RECIPROCA_DATA": str(folder),
        "RECIPROCA_BASE_URL": address,
        "PORT": str(port),
    }
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py"]
    log = (folder / "server.log").open("wb")
    server = subprocess.Popen(gunicorn, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait_until_ready(address, server, folder / "server.log")
        yield address, cast
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            raise
        finally:
            log.close()


def _fill(folder: Path) -> Cast:
    database = Database(f"sqlite:///{folder / 'reciproca.db'}")
    make_schema(database)
    cast = make_cast(database)
    with database.writing() as session:
        session.execute(update(Person).values(password_hash=PasswordHasher(1, 8, 1).hash(PASSWORD)))
        verify_for_care(session, cast, cast.bashir)
    database.dispose()
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
