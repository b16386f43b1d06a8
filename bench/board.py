"""The board for a signed-in member: its CPU beside a bare view of the same template, its questions, and its growth.

Requests go straight into the WSGI application, product and bare view by turns in the same process: what a server adds
would be the same for both. CPU time is compared, since other work on the machine does not count in it.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import event, text
from sqlalchemy.engine import Engine
from werkzeug.test import Client, EnvironBuilder, run_wsgi_app

from app import create_app
from bench.bare import bare_app, context_of
from bench.ledger import fresh
from bench.measures import Measure
from demo.growing import grow
from foundation.database import Database
from foundation.settings import Settings

SMALL, LARGE = 1_000, 100_000
OPEN = 0.85
"""About this part of what grows stands on the board."""
HOUSEHOLDS = 20_000
ROUNDS, REQUESTS = 9, 20
MOST_RATIO, MOST_QUERIES, MOST_GROWTH, MOST_SEARCH = 2.0, 6, 1.25, 3.0
SEARCHES = ("?q=lezioni+chitarra&kind=offer&part=afternoon", "?q=bambini+pomeriggio&kind=need&pay=hours")


@dataclass
class Place:
    """An installation of some size, and what a signed-in member of it sends."""

    app: Flask
    slug: str
    cookie: str

    def asking(self, query: str = "", app: Flask | None = None) -> Callable[[], None]:
        """A function that asks the board once and reads the answer."""
        environ = EnvironBuilder(
            path=f"/c/{self.slug}/board", query_string=query.lstrip("?"), headers={"Cookie": self.cookie}
        ).get_environ()
        target = app or self.app

        def ask() -> None:
            body, status, _headers = run_wsgi_app(target, dict(environ), buffered=True)
            if not status.startswith("200"):
                raise RuntimeError(status)
            b"".join(body)

        return ask


def measure() -> list[Measure]:
    """Every measure of the board, on both databases."""
    measures = []
    for kind in ("sqlite", "postgresql"):
        with installed(kind, SMALL) as small, installed(kind, LARGE) as large:
            measures += _compare(kind, small, large)
    return measures


@contextmanager
def installed(kind: str, posts: int) -> Iterator[Place]:
    """An installation with about so many posts on its board, warm."""
    print(f"board: {kind}, growing {posts} posts ...", flush=True)
    with fresh(kind) as url:
        database = Database(url)
        database.migrate()
        grown = grow(database, households=min(HOUSEHOLDS, 2 * posts), posts=round(posts / OPEN), exchanges=0)
        with database.reading() as session:
            person = session.execute(
                text("SELECT id, session_version FROM person WHERE id = :id"), {"id": grown.people[-7]}
            ).one()
        database.dispose()
        yield place(url, grown.slug, f"{person.id}:{person.session_version}")


def place(url: str, slug: str, user: str) -> Place:
    """The product on a database, and the cookie of a person who is signed in."""
    app = create_app(Settings(env="test", database_url=url, base_url="http://localhost"))
    client: Client = app.test_client()
    with client.session_transaction() as session:  # type: ignore[attr-defined]
        session["_user_id"], session["_fresh"] = user, True
    cookie = f"language=it; session={client.get_cookie('session').value}"
    return Place(app, slug, cookie)


def _compare(kind: str, small: Place, large: Place) -> list[Measure]:
    bare = _bare(large)
    ways = {
        "bare": large.asking(app=bare),
        "board": large.asking(),
        "small": small.asking(),
        "search": large.asking(SEARCHES[0]),
        "other search": large.asking(SEARCHES[1]),
    }
    spent = _by_turns(ways)
    ratio = statistics.median(one / other for one, other in zip(spent["board"], spent["bare"], strict=True))
    growth = statistics.median(one / other for one, other in zip(spent["board"], spent["small"], strict=True))
    searching = [max(pair) for pair in zip(spent["search"], spent["other search"], strict=True)]
    of_search = statistics.median(one / other for one, other in zip(searching, spent["board"], strict=True))
    asked = questions(ways["board"])
    label = f"{kind}, {LARGE} posts"
    return [
        Measure(f"CPU of a bare view, {label}", f"{statistics.median(spent['bare']):.2f} ms"),
        Measure(f"CPU of the board, {label}", f"{statistics.median(spent['board']):.2f} ms"),
        Measure(f"board against bare view, {label}", f"{ratio:.2f}", f"at most {MOST_RATIO}", ratio <= MOST_RATIO),
        Measure(f"questions of the board, {label}", f"{asked}", f"at most {MOST_QUERIES}", asked <= MOST_QUERIES),
        Measure(
            f"board at {LARGE} against {SMALL}, {kind}",
            f"{growth:.2f}",
            f"at most {MOST_GROWTH}",
            growth <= MOST_GROWTH,
        ),
        Measure(
            f"two words and two filters against the board, {label}", f"{of_search:.2f}", "at most 3", of_search <= 3
        ),
    ]


def _bare(where: Place) -> Flask:
    ask = where.asking()
    ask()
    template, context = context_of(where.app, ask)
    with where.app.test_request_context():
        context["_community"] = _Community()
    return bare_app(where.app, where.slug, "posts.board", template, context)


class _Community:
    """What the filters of the templates ask of a community."""

    time_zone = "Europe/Rome"


def _by_turns(ways: dict[str, Callable[[], None]]) -> dict[str, list[float]]:
    """CPU milliseconds per request of each way, round by round."""
    for ask in ways.values():
        for _time in range(5):
            ask()
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for _round in range(ROUNDS):
        for name, ask in ways.items():
            began = time.process_time()
            for _request in range(REQUESTS):
                ask()
            spent[name].append(1000 * (time.process_time() - began) / REQUESTS)
    return spent


def questions(ask: Callable[[], None]) -> int:
    """How many statements one request sends to the database."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        ask()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return len(asked)
