"""Ctrl-C ends the server at once, and leaves a database that is whole in one file."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.error import URLError

from app import ROOT
from foundation.database import Database
from tests.servers.databases import make_schema

TRIES = 300


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def answers(address: str, server: subprocess.Popen[bytes]) -> bool:
    try:
        urllib.request.urlopen(address, timeout=5).close()
    except (URLError, ConnectionError, TimeoutError):
        try:
            server.wait(0.2)
        except subprocess.TimeoutExpired:
            return False
        raise AssertionError("the server ended by itself") from None
    return True


def test_ctrl_c_leaves_nothing_behind(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'reciproca.db'}")
    make_schema(database)
    database.dispose()
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("RECIPROCA_")}
    environment |= {"RECIPROCA_ENV": "test", "RECIPROCA_DATA": str(tmp_path), "PORT": str(port)}
    command = (sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py")
    server = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True, stdout=subprocess.DEVNULL)
    try:
        assert any(answers(f"http://127.0.0.1:{port}/readyz", server) for _try in range(TRIES))
        os.killpg(server.pid, signal.SIGINT)  # as a terminal does: to every process of the group
        assert server.wait(30) == 0
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
    assert sorted(file.name for file in tmp_path.glob("reciproca.db*") if file.suffix != ".turn") == [
        "reciproca.db",
        "reciproca.db.next",
    ]
