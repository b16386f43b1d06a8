"""Socket.IO, carried by the same server as the pages. It is for signals only: what changed is fetched through guarded
HTTP by whoever hears of it.

A page says which names it shows (`hear`), and is told of those its person may hear (docs/decisions/0069). A process
that does not serve sockets says its signals through Redis, with a write-only manager.
"""

import importlib
import sys
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, request

from foundation import clock
from foundation.settings import Settings
from foundation.signals import carry
from foundation.signals.emitting import Emitter
from foundation.signals.rules import who_is_gone
from foundation.web.gate import LISTENER, Gate
from foundation.web.hearing import hearable, is_signed_in, may_type, names_in, since_in, slug_in
from foundation.web.listeners import Listener, Listeners
from foundation.web.state import database, installation
from foundation.web.watching import Watch


@contextmanager
def _not_read(*names: str) -> Iterator[None]:
    """Let packages look as if they were not installed, for those who can do without."""
    modules: dict[str, Any] = sys.modules
    there = {name: modules[name] for name in names if name in modules}
    modules.update(dict.fromkeys(names))  # None is how the import system is told that there is none
    yield
    for name in names:
        del modules[name]
    modules.update(there)


with _not_read("redis", "valkey"):  # 10 MB, and most installations have no Redis
    from flask_socketio import SocketIO, join_room, leave_room

CHANGED, TYPING, AGAIN = "changed", "typing", "again"
"""What a page is told: the name of what changed, of where somebody writes, or to fetch everything anew."""

LARGEST_MESSAGE = 4096
LATELY, MOST_LATELY = 300.0, 5000
"""For how long (seconds), and of how many names, it is known when they last changed."""

sockets = SocketIO()
listeners = Listeners()


def set_up_sockets(app: Flask, settings: Settings) -> None:
    """Carry sockets where this process's role says so, and the signals of this process to whoever does."""
    options: dict[str, Any] = {}
    sockets.server_options.pop("client_manager", None)
    carries = settings.runs("sockets")
    if settings.redis_url:
        options["client_manager"] = redis_manager()(
            settings.redis_url, write_only=not carries, heard=_note, missed=_miss
        )
    if carries:
        sockets.init_app(
            app,
            async_mode="gevent" if _under_gevent() else "threading",
            transports=["websocket"],
            cors_allowed_origins=[],  # the gate looks at where the page is from
            async_handlers=False,  # one line is listened to in turn
            max_http_buffer_size=LARGEST_MESSAGE,
            **options,
        )
        app.wsgi_app = Gate(  # type: ignore[method-assign]
            app, settings, listeners, lambda: watch.begin(installation(app).database), app.wsgi_app
        )
    else:
        sockets.init_app(None, **options)
    if carries or settings.redis_url:
        carry(take)


def redis_manager() -> Any:
    """The manager that tells other processes through Redis."""
    return importlib.import_module("foundation.web.through_redis").SignalManager


def _under_gevent() -> bool:
    monkey = sys.modules.get("gevent.monkey")
    return monkey is not None and bool(monkey.is_module_patched("socket"))


# ---------------------------------------------------------------- telling


def take(name: str) -> None:
    """The carrier of signals: it hands over, and neither waits nor raises."""
    emitter.take(CHANGED, name, name, None)


def _tell(event: str, data: Any, room: str | None, skip_sid: str | None) -> None:
    """Tell those in a room, here and in other processes. Raises NotTold."""
    manager = sockets.server.manager
    if hasattr(manager, "tell"):
        manager.tell(event, data, room, skip_sid)
        return
    _note(event, data)
    manager.emit(event, data, namespace="/", room=room, skip_sid=skip_sid)


def _note(event: str, name: Any) -> None:
    """What any process tells passes here first: who lost something is looked at, and what changed is remembered."""
    if event != CHANGED or not isinstance(name, str):
        return
    person_id = who_is_gone(name)
    if person_id is not None:
        watch.look_at(person_id)
        return
    _lately[name] = _seconds()
    _lately.move_to_end(name)
    while len(_lately) > MOST_LATELY:
        _lately.popitem(last=False)


def _miss() -> None:
    """Signals of other processes may have been lost: every page here fetches anew, and everybody is looked at."""
    sockets.server.manager.emit(AGAIN, None, namespace="/", ignore_queue=True)
    for one in listeners.every():
        watch.look_at(one.person_id)


def _changed_since(names: frozenset[str], since: float) -> list[str]:
    """Which of the names changed after a page was made; all of them where that is not known."""
    now = _seconds()
    if since < max(_began, now - LATELY):
        return sorted(names)
    return sorted(name for name in names if _lately.get(name, 0.0) >= since)


def _seconds() -> float:
    return clock.now().timestamp()


_began = _seconds()
_lately: OrderedDict[str, float] = OrderedDict()
emitter = Emitter(_tell)


# ---------------------------------------------------------------- being told


@sockets.on("connect")
def connect(_auth: Any = None) -> bool:
    """Whom the gate let in, once for each line."""
    one = request.environ.get(LISTENER)
    if one is None or one.sid or one.ended:
        return False
    one.sid = request.sid  # type: ignore[attr-defined]  # Flask-SocketIO adds it
    return True


@sockets.on("hear")
def hear(wish: Any = None, *_more: Any) -> dict[str, Any] | None:
    """A page says which names it shows, in place of those it said before. The answer says which of them it will hear,
    and which changed since it was made."""
    one: Listener = request.environ[LISTENER]
    if not one.may_speak():
        return None
    names, slug = names_in(wish), slug_in(wish)
    with one.turn:
        with database().reading() as session:
            heard = hearable(session, one.person_id, slug, names) if is_signed_in(session, one) else None
        if heard is None or one.ended:
            hang_up(one)
            return None
        for name in one.names - heard:
            leave_room(name)
        for name in heard - one.names:
            join_room(name)
        one.names, one.slug, one.looked_at = heard, slug, time.monotonic()
    return {"heard": sorted(heard), "changed": _changed_since(heard, since_in(wish)), "now": _seconds()}


@sockets.on("typing")
def typing(name: Any = None, *_more: Any) -> None:
    """Somebody writes: those who look at the same thing are told that, not who; it is kept nowhere."""
    one: Listener = request.environ[LISTENER]
    if one.may_speak() and name in one.names and may_type(name) and one.writing.take():
        emitter.take(TYPING, name, name, one.sid)


def hang_up(one: Listener) -> None:
    """End a conversation: the page is told not to come back, and the watch cuts the line."""
    one.ended, one.names = True, frozenset()
    if one.sid:
        sockets.server.disconnect(one.sid, ignore_queue=True)


def hang_up_all() -> None:
    """The process stops: pages come back by themselves, to another or to the next."""
    for one in listeners.every():
        if one.line is not None:
            one.line.cut()


def _leave(one: Listener, name: str) -> None:
    sockets.server.leave_room(one.sid, name)


watch = Watch(listeners, _leave, hang_up)
