"""Socket.IO, carried by the same server as the pages. It is for signals only: what changed is fetched through guarded
HTTP. For now it lets people in and keeps others out; no page listens yet.

A process that does not serve sockets may still emit, through Redis, with a write-only manager.
"""

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from flask_login import current_user

from foundation.settings import Settings


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
    from flask_socketio import SocketIO, join_room

sockets = SocketIO()


def set_up_sockets(app: Flask, settings: Settings) -> None:
    """Carry sockets where this process's role says so."""
    options = {}
    if settings.redis_url:
        options["client_manager"] = redis_manager()(settings.redis_url, write_only=not settings.runs("sockets"))
    if settings.runs("sockets"):
        async_mode = "gevent" if _under_gevent() else "threading"
        sockets.init_app(app, async_mode=async_mode, max_http_buffer_size=4096, **options)
    else:
        sockets.init_app(None, **options)


def redis_manager() -> Any:
    """The manager of socketio, read once more: now with its client."""
    return importlib.reload(importlib.import_module("socketio.redis_manager")).RedisManager


def _under_gevent() -> bool:
    monkey = sys.modules.get("gevent.monkey")
    return monkey is not None and bool(monkey.is_module_patched("socket"))


@sockets.on("connect")
def connect() -> bool:
    """Only a signed-in person connects, from our own pages, and hears what is for them."""
    if not current_user.is_authenticated:
        return False
    join_room(room_of(current_user.person_id))
    return True


def room_of(person_id: int) -> str:
    """The room in which one person, on all their devices, hears signals."""
    return f"person:{person_id}"
