"""Giving a calendar file to a browser: a link that a phone opens with its own calendar, without any script."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from flask import Response, request

from foundation.calendar import Entry, calendar_file
from foundation.web.state import settings


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
