"""Who may open a socket."""

from collections.abc import Callable
from pathlib import Path

import pytest
import redis
from flask import Flask

from app import create_app
from foundation.settings import Settings
from foundation.web.sockets import redis_manager, room_of, sockets
from tests.cast import Cast
from tests.client import Browser, on_sqlite


@on_sqlite
def test_a_member_connects(app: Flask, cast: Cast, client_for: Callable[..., Browser]) -> None:
    browser = client_for(cast.anna)
    browser.look("/c/cremona/")
    socket = sockets.test_client(app, flask_test_client=browser.client)
    assert socket.is_connected()
    socket.disconnect()


@on_sqlite
def test_a_visitor_does_not(app: Flask, visitor: Browser) -> None:
    assert not sockets.test_client(app, flask_test_client=visitor.client).is_connected()


@on_sqlite
def test_a_page_of_another_site_does_not(app: Flask) -> None:
    elsewhere = {"Origin": "https://elsewhere.example", "Host": "localhost"}
    response = app.test_client().get("/socket.io/?EIO=4&transport=polling", headers=elsewhere)
    assert response.status_code == 400


@pytest.mark.parametrize("role", ["pages", "jobs"])
def test_a_process_of_another_role_carries_none(role: str, tmp_path: Path) -> None:
    other = create_app(Settings(env="test", role=role, data=str(tmp_path)))
    response = other.test_client().get("/socket.io/?EIO=4&transport=polling")
    assert response.status_code == 404


def test_a_process_without_sockets_tells_those_that_carry_them(valkey_url: str) -> None:
    with redis.Redis.from_url(valkey_url) as listener, listener.pubsub(ignore_subscribe_messages=True) as heard:
        heard.subscribe("socketio")
        heard.get_message(timeout=5)
        manager = redis_manager()(valkey_url, write_only=True)
        manager.emit("changed", {"what": "board"}, namespace="/", room=room_of(7))
        said = heard.get_message(timeout=5)
    assert b"person:7" in said["data"]
