"""The calendar of 50 centers: its month beside a bare view of the same template, and its feed, asked again and in full.

2,000 dates a month stand in it, and 200,000 in the past. Requests go straight into the WSGI application, by turns in
the same process, and CPU time is compared, as in bench.board; that of PostgreSQL's own processes does not count.
"""

import random
import statistics
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from icalendar import Calendar
from sqlalchemy import delete, insert, select, text
from werkzeug.test import EnvironBuilder, run_wsgi_app

from bench.bare import bare_app, context_of
from bench.board import Place, Town, by_turns, place, questions, times
from bench.grown import KINDS, Grown, Size, databases, grown
from bench.measures import Measure, is_at_most
from civic_centers.activities.rules import KINDS as OF_ACTIVITIES
from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.calendar.rules import feed_span
from civic_centers.centers.tables import Center
from foundation import clock
from foundation.database import Database

SMALL_TOWN = Size("calendar", 300, 200)
CENTERS, ACTIVITIES, A_MONTH, PAST = 50, 800, 2_000, 200_000
MONTH = timedelta(days=30)
IN_FEED = 2_000
MOST_RATIO, MOST_PAST, LEAST_RATE, MOST_FEED = 2.5, 1.25, 10.0, 3.0
LONGEST_AGO = timedelta(days=4000)


def measure() -> list[Measure]:
    """Every measure of the calendar, on both databases."""
    measures = []
    for kind in KINDS:
        with databases(kind) as base:
            town = grown(base, SMALL_TOWN)
            print(f"calendar: {kind} ...", flush=True)
            fill(town, past=0)
            before = _alone(town)
            fill(town, past=PAST)
            measures += _months(kind, town, before) + _feeds(kind, town)
    return measures


def fill(town: Grown, *, past: int) -> None:
    """Lay out the centers anew: two months ahead and this one as full as they get, and so many dates before."""
    database, chance = Database(town.url), random.Random(7)
    with database.writing() as session:
        for table in (ActivitySession, Activity, Center):
            session.execute(delete(table))
        zone_id = session.execute(text("SELECT min(id) FROM zone")).scalar_one()
        here, today = town.community_id, clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
        session.execute(
            insert(Center),
            [
                {
                    "community_id": here, "slug": f"centro-{number}", "name": f"Civic Center {number}",
                    "words": "", "zone_id": zone_id, "address": f"Via della Scuola {number}",
                    "opened_on": (today - LONGEST_AGO).date(),
                }
                for number in range(CENTERS)
            ],
        )  # fmt: skip
        centers = list(session.scalars(select(Center.id)))
        session.execute(
            insert(Activity),
            [
                {
                    "community_id": here, "center_id": centers[number % CENTERS], "title": f"Compiti insieme {number}",
                    "words": "Un pomeriggio con merenda, compiti e giochi. Gratis per tutti.",
                    "kind": chance.choice(list(OF_ACTIVITIES)), "state": "open", "published_at": today - MONTH,
                }
                for number in range(ACTIVITIES)
            ],
        )  # fmt: skip
        held = [(row[0], row[1]) for row in session.execute(select(Activity.id, Activity.center_id))]

        def one(starts_at: datetime) -> dict[str, Any]:
            activity_id, center_id = chance.choice(held)
            return {
                "community_id": here, "activity_id": activity_id, "center_id": center_id, "day": starts_at.date(),
                "starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2), "words": "", "reason": "",
                "places": 20, "taken": chance.randrange(20),
            }  # fmt: skip

        def spread(number: int, since: datetime, span: timedelta) -> None:
            hours = [timedelta(days=chance.randrange(span.days), hours=chance.randrange(8, 20)) for _ in range(number)]
            for first in range(0, number, 20_000):
                session.execute(insert(ActivitySession), [one(since + hour) for hour in hours[first : first + 20_000]])

        spread(past, today - LONGEST_AGO, LONGEST_AGO - 2 * MONTH)
        spread(A_MONTH * 4, today - 2 * MONTH, 4 * MONTH)
    with database.writing_engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))
    database.dispose()


def _alone(town: Grown) -> float:
    """CPU milliseconds of a month while nothing lies in the past."""
    where = place(town)
    spent = by_turns({"month": asking(where, _month_of(town))})
    _close(where)
    return statistics.median(spent["month"])


def _months(kind: str, town: Grown, before: float) -> list[Measure]:
    where = place(town)
    ask = asking(where, _month_of(town))
    ask()
    template, context = context_of(where.app, ask)
    with where.app.test_request_context():
        context["_community"] = Town()
    bare = bare_app(where.app, where.slug, "calendar.show", template, context)
    spent = by_turns({"bare": asking(where, _month_of(town), bare), "month": ask})
    ask()
    asked = questions(ask)
    _close(where)
    label = f"{kind}, {CENTERS} centers, {A_MONTH} dates a month, {PAST} past"
    month, ratio = statistics.median(spent["month"]), times(spent["month"], spent["bare"])
    return [
        Measure(f"CPU of a bare month, {label}", f"{statistics.median(spent['bare']):.2f} ms"),
        Measure(f"CPU of a month, {label}", f"{month:.2f} ms, {asked} questions"),
        is_at_most(f"month against bare view, {label}", ratio, MOST_RATIO),
        is_at_most(f"month with {PAST} past dates against none, {kind}", month / before, MOST_PAST),
    ]


def _feeds(kind: str, town: Grown) -> list[Measure]:
    """The feed of all centers: in full, asked again, and beside what writing its calendar alone costs."""
    _keep_for_feed(town, IN_FEED)
    where, address = place(town), f"/c/{town.slug}/calendar.ics"
    response = where.app.test_client().get(address, headers={"Cookie": where.cookie})
    calendar = Calendar.from_ical(response.data)
    number = len(calendar.walk("VEVENT"))
    again = asking(where, address, headers={"If-None-Match": response.headers["ETag"]})
    ways = {"full": asking(where, address), "again": again, "writing": calendar.to_ical}
    spent = by_turns(ways, rounds=5, requests={"again": 200, "full": 3, "writing": 3})
    _close(where)
    label = f"{kind}, {number} dates"
    full, known = statistics.median(spent["full"]), statistics.median(spent["again"])
    least = f"at least {LEAST_RATE:g}"
    rate, cost = times(spent["full"], spent["again"]), times(spent["full"], spent["writing"])
    return [
        Measure(f"CPU of a feed, {label}", f"{full:.0f} ms"),
        Measure(f"CPU of a feed that did not change, {label}", f"{known:.2f} ms"),
        Measure(f"rate of 304 against full feed, {label}", f"{rate:.0f}", least, rate >= LEAST_RATE),
        is_at_most(f"feed against writing its calendar alone, {label}", cost, MOST_FEED),
    ]


def _keep_for_feed(town: Grown, number: int) -> None:
    """Leave as many dates as there are to be in a feed."""
    database = Database(town.url)
    since, _until = feed_span("Europe/Rome")
    begins = ActivitySession.starts_at
    with database.writing() as session:
        beyond = select(ActivitySession.id).where(begins >= since).order_by(begins, ActivitySession.id).offset(number)
        session.execute(delete(ActivitySession).where(ActivitySession.id.in_(list(session.scalars(beyond)))))
    database.dispose()


def _month_of(town: Grown) -> str:
    return f"/c/{town.slug}/calendar/?view=month"


def _close(where: Place) -> None:
    where.app.extensions["reciproca"].database.dispose()


def asking(where: Place, address: str, app: Any = None, headers: dict[str, str] | None = None) -> Callable[[], None]:
    """A function that asks an address once and reads the answer."""
    path, _mark, query = address.partition("?")
    environ = EnvironBuilder(
        path=path, query_string=query, headers={"Cookie": where.cookie, **(headers or {})}
    ).get_environ()
    wanted = "304" if headers else "200"

    def ask() -> None:
        body, status, _headers = run_wsgi_app(app or where.app, dict(environ), buffered=True)
        if not status.startswith(wanted):
            raise RuntimeError(status)
        b"".join(body)

    return ask
