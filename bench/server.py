"""The server as it is started, on the large community: to its first page, with 16 connections, and its memory.

gunicorn runs as `make run` runs it, jobs and sockets included; the load comes from another process of the same
machine, over connections that stay open.
"""

import http.client
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from bench.board import place, searches
from bench.grown import KINDS, LARGE, PLACE, Grown, databases, grown
from bench.measures import Measure

ROOT = Path(__file__).parent.parent
CONNECTIONS = 16
WARM_UP, REQUESTS = 200, 1_600
MANY, ROUNDS, MORE = 10_000, 3, 1_500
"""After so many requests the memory is looked at, then again so many times after some more."""
STARTS = 3
MOST_SECONDS, MOST_MEDIANS, MOST_MB, MOST_GROWTH = 3.0, 10.0, 200.0, 1.03
PATIENCE = 60.0


@dataclass(frozen=True)
class Server:
    """A running server: where, its first process, and how long it took to answer with a page."""

    port: int
    process: int
    took: float
    worked: float
    """CPU seconds until then."""


def measure() -> list[Measure]:
    """Every measure on SQLite, and the waiting on PostgreSQL too."""
    measures = []
    for kind in KINDS:
        with databases(kind) as base:
            large = grown(base, LARGE)
            print(f"server: {kind} ...", flush=True)
            measures += _starting(kind, large)
            with serving(large) as server:
                measures += _waiting(kind, large, server)
                if kind == "sqlite":
                    measures += _memory(kind, large, server)
    return measures


def _starting(kind: str, large: Grown) -> list[Measure]:
    with serving(large):
        pass  # the templates are read once
    started = []
    for _time in range(STARTS):
        with serving(large) as server:
            started.append(server)
    median = statistics.median(server.took for server in started)
    worked = statistics.median(server.worked for server in started)
    name = f"start to first page, {kind}, {LARGE.posts} posts"
    figure = f"{median:.2f} s, of them {worked:.2f} s of CPU"
    return [Measure(name, figure, f"under {MOST_SECONDS:g} s", median < MOST_SECONDS)]


def _waiting(kind: str, large: Grown, server: Server) -> list[Measure]:
    board, cookie = [f"/c/{large.slug}/board"], _cookie(large)
    load(server.port, board, cookie, WARM_UP)
    began = time.perf_counter()
    waits = load(server.port, board, cookie, REQUESTS)
    rate = REQUESTS / (time.perf_counter() - began)
    median, p99 = statistics.median(waits), statistics.quantiles(waits, n=100)[-1]
    label = f"{CONNECTIONS} connections, {kind}, {LARGE.posts} posts"
    return [
        Measure(f"board, {label}", f"{rate:.0f}/s, median {1000 * median:.0f} ms"),
        Measure(
            f"p99 of the board, {label}",
            f"{1000 * p99:.0f} ms, {p99 / median:.1f} medians",
            f"under {MOST_MEDIANS:g} medians",
            p99 < MOST_MEDIANS * median,
        ),
    ]


def _memory(kind: str, large: Grown, server: Server) -> list[Measure]:
    """What the server holds after many requests of many sorts, and whether it goes on growing."""
    addresses, cookie = _many_sorts(large), _cookie(large)
    load(server.port, addresses, cookie, MANY)
    held = [resident(server.process)]
    for _round in range(ROUNDS):
        load(server.port, addresses, cookie, MORE)
        held.append(resident(server.process))
    growth = held[-1] / held[0]
    label = f"{kind}, {LARGE.posts} posts"
    return [
        Measure(
            f"resident after {MANY} requests, {label}",
            f"{held[0]:.0f} MB",
            f"under {MOST_MB:g} MB",
            held[0] < MOST_MB,
        ),
        Measure(
            f"resident after {MANY + ROUNDS * MORE} against {MANY} requests, {label}",
            f"{growth:.3f} ({', '.join(f'{one:.0f}' for one in held)} MB)",
            f"at most {MOST_GROWTH:g}",
            growth <= MOST_GROWTH,
        ),
    ]


def _many_sorts(large: Grown) -> list[str]:
    home, where = f"/c/{large.slug}", place(large)
    found = [f"{home}/board?{query}" for query in searches(where)]
    where.app.extensions["reciproca"].database.dispose()
    others = [f"{home}/", f"{home}/board/map", f"{home}/members/", f"{home}/search?q=lezioni", f"{home}/me"]
    return [address for query in found for address in (f"{home}/board", query, *others)]


def _cookie(large: Grown) -> str:
    where = place(large)
    where.app.extensions["reciproca"].database.dispose()
    return where.cookie


def load(port: int, addresses: Sequence[str], cookie: str, requests: int) -> list[float]:
    """Send so many requests over all connections at once; the seconds that each was waited for."""
    paths, turn, waits, faults = cycle(addresses), threading.Lock(), list[float](), list[str]()

    def be_one(count: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        with closing(connection):
            for _time in range(count):
                with turn:
                    path = next(paths)
                began = time.perf_counter()
                connection.request("GET", path, headers={"Cookie": cookie})
                answer = connection.getresponse()
                answer.read()
                waits.append(time.perf_counter() - began)
                if answer.status != 200:
                    faults.append(f"{answer.status} {path}")

    some = [threading.Thread(target=be_one, args=(requests // CONNECTIONS,)) for _ in range(CONNECTIONS)]
    for one in some:
        one.start()
    for one in some:
        one.join()
    if faults or len(waits) < requests // CONNECTIONS * CONNECTIONS:
        raise RuntimeError(f"{len(faults)} faults, the first: {faults[:1]}")
    return waits


def resident(process: int) -> float:
    """The megabytes that a process and those it started hold in memory, what they share counted once."""
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    own = next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return own / 1024 + sum(resident(child) for child in _children(process))


def worked(process: int) -> float:
    """The CPU seconds that a process and those it started have used."""
    figures = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    own = (int(figures[11]) + int(figures[12])) / os.sysconf("SC_CLK_TCK")
    return own + sum(worked(child) for child in _children(process))


def _children(process: int) -> list[int]:
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


@contextmanager
def serving(large: Grown) -> Iterator[Server]:
    """Start the server on the database of a community; it has answered with a page when this begins."""
    port, folder = _free_port(), PLACE / "served"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("RECIPROCA_")},
        "PYTHONDONTWRITEBYTECODE": "",  # as it is installed: from the second start on the code is compiled already
        "RECIPROCA_ENV": "test",
        "RECIPROCA_DATA": str(folder),
        "RECIPROCA_DATABASE_URL": large.url,
        "RECIPROCA_BASE_URL": f"http://127.0.0.1:{port}",
        "PORT": str(port),
    }
    command = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py"]
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait_for_page(port, f"/c/{large.slug}/board")
        yield Server(port, process.pid, time.perf_counter() - began, worked(process.pid))
    finally:
        process.terminate()
        process.wait(30)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _wait_for_page(port: int, path: str) -> None:
    deadline = time.perf_counter() + PATIENCE
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            with closing(connection):
                connection.request("GET", path)
                status = connection.getresponse().status
            if status != http.client.OK:
                raise RuntimeError(f"{status} {path}")
            return
        except OSError:
            time.sleep(0.02)
        if time.perf_counter() > deadline:
            raise TimeoutError("no page came")
