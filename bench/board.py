"""The board for a signed-in member: its CPU beside a bare view of the same template, its questions, and its growth.

Requests go straight into the WSGI application, product and bare view by turns in the same process: what a server adds
would be the same for both, and would only bring them nearer to each other. CPU time is compared, since other work on
the machine does not count in it; that of PostgreSQL's own processes is said beside it.
"""

import random
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import event, text
from sqlalchemy.engine import Engine
from werkzeug.test import Client, EnvironBuilder, run_wsgi_app

from app import create_app
from bench.bare import bare_app, context_of
from bench.grown import KINDS, LARGE, SMALL, Grown, databases, grown
from bench.measures import Measure, is_at_most
from community.members.queries import person_of
from community.signing_in.actions import open_session
from community.signing_in.rules import Device
from foundation.settings import Settings

ROUNDS, REQUESTS = 9, 20
SEARCHES = 200
MOST_RATIO, MOST_QUERIES, MOST_GROWTH, MOST_SEARCH = 2.0, 6, 1.25, 3.0

Ask = Callable[[], None]


@dataclass
class Place:
    """The product on a database of some size, and what a signed-in member of it sends."""

    app: Flask
    slug: str
    cookie: str

    def asking(self, query: str = "", app: Flask | None = None) -> Ask:
        """A function that asks the board once and reads the answer."""
        environ = EnvironBuilder(
            path=f"/c/{self.slug}/board", query_string=query, headers={"Cookie": self.cookie}
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
    for kind in KINDS:
        with databases(kind) as base:
            small, large = place(grown(base, SMALL)), place(grown(base, LARGE))
            print(f"board: {kind} ...", flush=True)
            measures += _compare(kind, small, large) + _searching(kind, large)
            _close(small, large)
    return measures


def place(of: Grown) -> Place:
    """The product on a database, and the cookies of a person who is signed in."""
    app = create_app(Settings(env="test", database_url=of.url, base_url="http://localhost"))
    client: Client = app.test_client()
    with client.session_transaction() as session:  # type: ignore[attr-defined]  # of FlaskClient
        session["_user_id"], session["_fresh"] = _key(app, of.person_id), True
    signed = client.get_cookie("session")
    return Place(app, of.slug, f"language=it; session={signed.value if signed else ''}")


def _key(app: Flask, person_id: int) -> str:
    """What the cookie of a member says who has just signed in."""
    with app.extensions["reciproca"].database.writing() as session:
        return open_session(session, person_of(session, person_id), Device(), "", way="bench", expected=True).key


def _close(*places: Place) -> None:
    for one in places:
        one.app.extensions["reciproca"].database.dispose()


def _compare(kind: str, small: Place, large: Place) -> list[Measure]:
    spent = by_turns({"bare": large.asking(app=_bare(large)), "board": large.asking(), "small": small.asking()})
    ratio, growth = times(spent["board"], spent["bare"]), times(spent["board"], spent["small"])
    ask = large.asking()
    ask()  # what stands around every page is kept for some seconds, and may just have become too old
    asked = questions(ask)
    label = f"{kind}, {LARGE.posts} posts"
    return [
        Measure(f"CPU of a bare view, {label}", f"{statistics.median(spent['bare']):.2f} ms"),
        Measure(f"CPU of the board, {label}", f"{statistics.median(spent['board']):.2f} ms"),
        is_at_most(f"board against bare view, {label}", ratio, MOST_RATIO),
        Measure(f"questions of the board, {label}", f"{asked}", f"at most {MOST_QUERIES}", asked <= MOST_QUERIES),
        is_at_most(f"board at {LARGE.posts} against {SMALL.posts}, {kind}", growth, MOST_GROWTH),
    ]


def _searching(kind: str, where: Place) -> list[Measure]:
    """Searches of two words with two filters, each another one, beside the board in the same moments."""
    board, queries = where.asking(), searches(where)
    for query in queries[:3]:
        where.asking(query)()
    of_board, of_search = [], []
    for query in queries:
        of_search.append(_wall(where.asking(query)))
        of_board.append(_wall(board))
    ratio = _p95(of_search) / _p95(of_board)
    label = f"{kind}, {LARGE.posts} posts"
    return [
        Measure(f"p95 of the board, one at a time, {label}", f"{_p95(of_board):.1f} ms"),
        Measure(f"p95 of {len(queries)} searches, {label}", f"{_p95(of_search):.1f} ms"),
        is_at_most(f"two words and two filters against the board, {label}", ratio, MOST_SEARCH),
    ]


def searches(where: Place) -> list[str]:
    """What many searches ask for in their addresses: two words out of one title each, and two filters."""
    chance = random.Random(5)
    with where.app.extensions["reciproca"].database.reading() as session:
        titles = list(session.scalars(text("SELECT title FROM post WHERE state = 'open' AND visibility = 'community'")))
        zones = list(session.scalars(text("SELECT id FROM zone")))
    found: list[str] = []
    while len(found) < SEARCHES:
        words = [word for word in chance.choice(titles).split() if len(word) > 3]
        if len(words) >= 2:
            offered = {
                "kind": chance.choice(("offer", "need")), "pay": "hours", "zone": chance.choice(zones),
                "part": chance.choice(("morning", "afternoon", "evening")), "day": chance.randrange(1, 8),
            }  # fmt: skip
            filters = chance.sample(sorted(offered), 2)
            found.append(
                urlencode({"q": " ".join(chance.sample(words, 2)), **{name: offered[name] for name in filters}})
            )
    return found


def _bare(where: Place) -> Flask:
    ask = where.asking()
    ask()
    template, context = context_of(where.app, ask)
    with where.app.test_request_context():
        context["_community"] = Town()
    return bare_app(where.app, where.slug, "posts.board", template, context)


class Town:
    """What the filters of the templates ask of a community."""

    time_zone = "Europe/Rome"


def by_turns(
    ways: dict[str, Ask], *, rounds: int = ROUNDS, requests: Mapping[str, int] | None = None
) -> dict[str, list[float]]:
    """CPU milliseconds per request of each way, round by round."""
    for ask in ways.values():
        for _time in range(5):
            ask()
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for _round in range(rounds):
        for name, ask in ways.items():
            number = (requests or {}).get(name, REQUESTS)
            began = time.process_time()
            for _request in range(number):
                ask()
            spent[name].append(1000 * (time.process_time() - began) / number)
    return spent


def times(some: Sequence[float], others: Sequence[float]) -> float:
    return statistics.median(one / other for one, other in zip(some, others, strict=True))


def _wall(ask: Ask) -> float:
    began = time.perf_counter()
    ask()
    return 1000 * (time.perf_counter() - began)


def _p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def questions(ask: Ask) -> int:
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
