"""Open pages that listen: what a thousand of them hold in memory, how soon a signal reaches five hundred, and the board
meanwhile.

The pages are raw sockets of this process. A signal is a request to the server that writes and says one, beside a bare
Flask-SocketIO, in its own process, that emits to as many: by turns in the same run, from the request to each page.
"""

import http.client
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlmodel import col, delete, select

from bench.crowd import Crowd
from bench.grown import PLACE, SMALL, Grown, databases, grown
from bench.live_app import SIGNAL
from bench.measures import Measure
from bench.server import ROOT, _free_port, load, resident
from community.members.queries import person_of
from community.members.tables import Membership
from community.signing_in.actions import open_session
from community.signing_in.rules import Device
from community.signing_in.tables import SignInSession
from foundation.database import Database
from foundation.settings import Settings
from foundation.web.application import _configuration
from tests.foundation.web.served import OwnValkey, own_valkey

MANY, SOME, FEW = 1000, 500, 200
PEOPLE = 150
ROUNDS, BOARDS = 20, 800
MOST_MB, MOST_TIMES, MOST_SLOWER = 300.0, 3.0, 1.3
PATIENCE = 60.0


def measure() -> list[Measure]:
    """Every measure, on SQLite: what is measured here hardly asks a database."""
    with databases("sqlite") as base:
        town = grown(base, SMALL)
        print("live: sqlite ...", flush=True)
        with signed_in(town) as cookies, bare() as plain:
            measures = _one_process(town, cookies, plain)
            with own_valkey() as valkey:
                measures += _two_processes(town, cookies, plain, valkey)
    return measures


def _one_process(town: Grown, cookies: Sequence[str], plain: int) -> list[Measure]:
    with serving(town, {}) as (port, process):
        alone = resident(process)
        held = _held(town, cookies, port)
        return [
            held,
            *_reaching("one process, as `make run` runs it", town, cookies, [port], port, plain),
            *_board(town, cookies, port),
            _memory(town, cookies, port, process, alone),
        ]


def _held(town: Grown, cookies: Sequence[str], port: int) -> Measure:
    crowd = _crowd(town, cookies, [port], FEW)
    waits = _said(town, port, crowd)
    crowd.go()
    told = sum(wait < PATIENCE for wait in waits)
    return Measure(f"`make run` with {FEW} open pages", f"{told} told", f"all {FEW}", told == FEW)


def _reaching(
    label: str, town: Grown, cookies: Sequence[str], ports: Sequence[int], says: int, plain: int
) -> list[Measure]:
    """How soon a signal reaches SOME pages, beside the bare emit, by turns."""
    ours, theirs = _crowd(town, cookies, ports, SOME), Crowd()
    theirs.join([plain], SOME, cookies=[""], origin=_origin(plain), asks=None)
    waits: dict[str, list[float]] = {"ours": [], "theirs": []}
    for round_ in range(ROUNDS + 2):
        of_ours, of_theirs = _said(town, says, ours), _said(town, plain, theirs)
        if round_ >= 2:  # the first are not counted: sockets warm up too
            waits["ours"] += of_ours
            waits["theirs"] += of_theirs
        time.sleep(0.3)  # signals are gathered for a moment: each is a new one
    ours.go()
    theirs.go()
    p95 = {who: statistics.quantiles(some, n=20)[-1] for who, some in waits.items()}
    times = p95["ours"] / p95["theirs"]
    return [
        Measure(
            f"p95 of a signal to {SOME} pages, {label}",
            f"{1000 * p95['ours']:.0f} ms, {times:.2f} of a bare emit ({1000 * p95['theirs']:.0f} ms)",
            f"at most {MOST_TIMES:g} of a bare emit",
            times <= MOST_TIMES,
        )
    ]


def _board(town: Grown, cookies: Sequence[str], port: int) -> list[Measure]:
    """The board with 16 connections, alone and with SOME pages connected, by turns."""
    address, cookie = [f"/c/{town.slug}/board"], f"language=it; {cookies[0]}"
    load(port, address, cookie, BOARDS // 4)
    took: dict[str, list[float]] = {"alone": [], "with": []}
    for _round in range(3):
        took["alone"].append(_seconds(port, address, cookie))
        crowd = _crowd(town, cookies, [port], SOME)
        took["with"].append(_seconds(port, address, cookie))
        crowd.go()
        time.sleep(1)
    slower = statistics.median(took["with"]) / statistics.median(took["alone"])
    rate = BOARDS / statistics.median(took["with"])
    return [
        Measure(
            f"board while {SOME} pages are connected",
            f"{slower:.2f} of its own time ({rate:.0f}/s)",
            f"at most {MOST_SLOWER:g}",
            slower <= MOST_SLOWER,
        )
    ]


def _seconds(port: int, address: Sequence[str], cookie: str) -> float:
    began = time.perf_counter()
    load(port, address, cookie, BOARDS)
    return time.perf_counter() - began


def _memory(town: Grown, cookies: Sequence[str], port: int, process: int, alone: float) -> Measure:
    crowd = _crowd(town, cookies, [port], MANY)
    told = sum(wait < PATIENCE for wait in _said(town, port, crowd))
    held = resident(process)
    crowd.go()
    figure = f"{held:.0f} MB ({alone:.0f} MB at the beginning), {told} told"
    name = f"memory with {MANY} open pages, one process"
    return Measure(name, figure, f"under {MOST_MB:g} MB", held < MOST_MB and told == MANY)


def _two_processes(town: Grown, cookies: Sequence[str], plain: int, valkey: OwnValkey) -> list[Measure]:
    apart = {"RECIPROCA_REDIS_URL": valkey.url}
    with (
        serving(town, {**apart, "RECIPROCA_ROLE": "pages"}) as (pages, _pages),
        serving(town, {**apart, "RECIPROCA_ROLE": "sockets"}) as (one, first),
        serving(town, {**apart, "RECIPROCA_ROLE": "sockets"}) as (two, _second),
    ):
        label = "two socket processes and Valkey"
        measures = _reaching(label, town, cookies, [one, two], pages, plain)
        crowd = _crowd(town, cookies, [one], MANY)
        held = resident(first)
        crowd.go()
        name = f"memory with {MANY} open pages, a process for sockets"
        return [*measures, Measure(name, f"{held:.0f} MB", f"under {MOST_MB:g} MB", held < MOST_MB)]


# ---------------------------------------------------------------- what stands around


def _crowd(town: Grown, cookies: Sequence[str], ports: Sequence[int], count: int) -> Crowd:
    """Pages of the board: it is called and the bell too, as on every page."""
    crowd = Crowd()
    asks: dict[str, object] = {"at": f"/c/{town.slug}/board", "names": [_name(town)], "since": time.time() + 60}
    crowd.join(ports, count, cookies=cookies, origin=ORIGIN, asks=asks)
    return crowd


ORIGIN = "http://bench.example"


def _origin(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def _name(town: Grown) -> str:
    return f"board:{town.community_id}"


def _said(town: Grown, port: int, crowd: Crowd) -> list[float]:
    """Let the server say a signal; how long each page waited for it."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
        connection.connect()
        began = time.perf_counter()
        connection.request("GET", f"{SIGNAL}?name={_name(town)}")
        waits = crowd.waits(began)
        if connection.getresponse().status != http.client.OK:
            raise RuntimeError("the server did not signal")
    return waits


@contextmanager
def signed_in(town: Grown) -> Iterator[list[str]]:
    """The cookies of many members; their sessions are taken away at the end."""
    database = Database(town.url)
    app = Flask("cookies")
    app.config.update(_configuration(Settings(env="test")))
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    members = select(col(Membership.person_id)).where(
        col(Membership.community_id) == town.community_id, col(Membership.state) == "approved"
    )
    with database.writing() as session:
        people = session.exec(members.order_by(col(Membership.id)).limit(PEOPLE)).all()
        keys = [
            open_session(session, person_of(session, one), Device(), "", way="bench", expected=True).key
            for one in people
        ]
    try:
        yield [f"session={serializer.dumps({'_user_id': key, '_fresh': True})}" for key in keys]
    finally:
        with database.writing() as session:
            session.exec(delete(SignInSession).where(col(SignInSession.way) == "bench"))
        database.dispose()


@contextmanager
def serving(town: Grown, more: dict[str, str]) -> Iterator[tuple[int, int]]:
    """The product on a database, as `make run` runs it unless `more` says otherwise; its port and its process."""
    port = _free_port()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("RECIPROCA_")},
        "RECIPROCA_ENV": "test",
        "RECIPROCA_DATA": str(PLACE / "served"),
        "RECIPROCA_DATABASE_URL": town.url,
        "RECIPROCA_BASE_URL": ORIGIN,
        "PORT": str(port),
        **more,
    }
    command = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "bench.live_app:create_app()"]
    with _started(command, environment, port) as process:
        yield port, process


@contextmanager
def bare() -> Iterator[int]:
    """The bare server; its port."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "bench/bare_serving.py"]
    with _started(command, {**os.environ, "PORT": str(port)}, port):
        yield port


@contextmanager
def _started(command: Sequence[str], environment: dict[str, str], port: int) -> Iterator[int]:
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    deadline = time.perf_counter() + PATIENCE
    try:
        while True:
            try:
                with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
                    connection.request("GET", "/healthz")
                    connection.getresponse()
                break
            except OSError:
                if time.perf_counter() > deadline:
                    raise
                time.sleep(0.05)
        yield process.pid
    finally:
        process.terminate()
        process.wait(30)
