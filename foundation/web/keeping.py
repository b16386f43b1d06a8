"""Small things that stand on every page and need several questions each: worked out once, kept for a few seconds.

Whatever this process writes, and whatever the person themselves did in any process, is seen at once; what others did
elsewhere, when a few seconds have passed.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple, TypeVar

from flask import Flask, Response, request, session
from flask_login import current_user

from foundation import clock
from foundation.access import Actor
from foundation.web.state import database

KEPT_FOR = timedelta(seconds=15)
MOST_KEPT = 20_000
DEED = "deed"
"""In the session's cookie: when the person last sent a form, in milliseconds."""

Value = TypeVar("Value")


class _Kept(NamedTuple):
    value: Any
    writes: int
    deed: int
    at: datetime


_kept: dict[tuple[object, ...], _Kept] = {}


def set_up_keeping(app: Flask) -> None:
    """Note in the browser that its person did something, so that the next page shows it whoever serves it."""
    app.after_request(_note_deed)


def kept(who: Actor, name: str, work: Callable[[], Value], *, anew: bool = False) -> Value:
    """What `work` says for this actor: asked again after a write, a deed of theirs, or a few seconds; or `anew`."""
    here = database()
    key = (here.url, who.community_id, who.person_id, who.party_id, name)
    before, deed, now = _kept.get(key), session.get(DEED, 0), clock.now()
    if not anew and before and before.writes == here.writes and before.deed == deed and abs(now - before.at) < KEPT_FOR:
        value: Value = before.value
        return value
    writes = here.writes  # noted first: what is written meanwhile makes it old
    value = work()
    if len(_kept) >= MOST_KEPT:
        _kept.clear()
    _kept[key] = _Kept(value, writes, deed, now)
    return value


def _note_deed(response: Response) -> Response:
    if request.method not in ("GET", "HEAD", "OPTIONS") and current_user.is_authenticated:
        session[DEED] = int(clock.now().timestamp() * 1000)
    return response
