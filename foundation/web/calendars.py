"""Giving a calendar file to a browser: a link that a phone opens with its own calendar, without any script.

Feeds are asked for again and again, mostly for nothing: who has what there is gets 304, before anything is put
together.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from urllib.parse import urlsplit

from flask import Response, current_app, request

from foundation import clock
from foundation.calendar import Entry, Feed, calendar_file
from foundation.web.language import language_code
from foundation.web.state import settings

WRITTEN = 2
"""Raised whenever feeds are written otherwise, so that what was fetched before is old."""
SETTLED = timedelta(seconds=2)
"""Dates in headers know no parts of a second: what just changed is told without one."""
PUBLIC, PRIVATE = "public, max-age=600", "private, no-cache"


def lasting_id(kind: str, number: int) -> str:
    """The id of a thing in calendars, the same for everybody and for good: `agreement-42@reciproca.example.org`."""
    host = urlsplit(settings().base_url).hostname or request.host.partition(":")[0]
    return f"{kind}-{number}@{host}"


def calendar_answer(entries: Iterable[Entry], name: str) -> Response:
    """The entries as a file to open; `name` is in plain letters, without its ending."""
    response = Response(calendar_file(entries), mimetype="text/calendar")
    response.headers["Content-Type"] = "text/calendar; charset=utf-8; method=PUBLISH"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


@dataclass(frozen=True)
class Stamp:
    """By what a feed is known: everything that its bytes follow from, and when the last of it changed."""

    of: tuple[object, ...]
    changed_at: datetime

    @property
    def tag(self) -> str:
        known = (WRITTEN, _zones(), settings().base_url, request.host, language_code(), *self.of)
        return sha256(repr(known).encode()).hexdigest()[:32]

    @property
    def modified(self) -> datetime | None:
        """The same for a header; None where it was just now."""
        return self.changed_at if clock.now() - self.changed_at > SETTLED else None


@cache
def _zones() -> str:
    """Which rules of zones are told."""
    return version("tzdata")


def unchanged(stamp: Stamp, keeping: str) -> Response | None:
    """304 for who has it already, by its tag or, where they know none, by its date; else None."""
    known = request.if_none_match
    if known:
        # What was compressed on its way has the name of how behind its tag.
        tags = (stamp.tag, *(f"{stamp.tag}:{way}" for way in current_app.config["COMPRESS_ALGORITHM"]))
        same = next((tag for tag in tags if known.contains_weak(tag)), "")
        return _marked(Response(status=304), stamp, keeping, same) if same else None
    since = request.if_modified_since
    if since is None or stamp.modified is None or stamp.modified.replace(microsecond=0) > since:
        return None
    return _marked(Response(status=304), stamp, keeping, stamp.tag)


def feed_answer(entries: Iterable[Entry], feed: Feed, stamp: Stamp, keeping: str) -> Response:
    """The entries as a feed, with what the next request may name."""
    response = Response(calendar_file(entries, feed), mimetype="text/calendar")
    response.headers["Content-Type"] = "text/calendar; charset=utf-8; method=PUBLISH"
    return marked(response, stamp, keeping)


def marked(response: Response, stamp: Stamp, keeping: str) -> Response:
    """An answer with the tag and the date by which it is asked for again, and for how long who may keep it."""
    return _marked(response, stamp, keeping, stamp.tag)


def _marked(response: Response, stamp: Stamp, keeping: str, tag: str) -> Response:
    response.set_etag(tag)
    if stamp.modified is not None:
        response.last_modified = stamp.modified
    response.headers["Cache-Control"] = keeping
    response.vary.update(("Accept-Language", "Cookie"))
    return response
