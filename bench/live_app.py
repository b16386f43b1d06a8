"""What the bench of sockets serves: the product with one more address that signals, and a bare Flask-SocketIO."""

import os

from flask import Flask, request
from flask_socketio import SocketIO, join_room

from app import create_app as product
from foundation.signals import signal
from foundation.web.state import writing

SIGNAL = "/bench/signal"


def create_app() -> Flask:
    """The product; `GET /bench/signal?name=board:1` writes, as a deed would, and signals."""
    app = product()

    @app.get(SIGNAL)
    def say() -> str:
        with writing() as session:
            signal(session, request.args["name"])
        return "said"

    return app


def bare() -> Flask:
    """Flask-SocketIO as its documentation shows it: everybody in one room, told by an emit."""
    app = Flask("bare")
    sockets = SocketIO(app, async_mode="gevent", cors_allowed_origins="*", message_queue=os.environ.get("BARE_QUEUE"))

    @sockets.on("connect")
    def connect(_auth: object = None) -> None:
        join_room("board")

    @app.get(SIGNAL)
    def say() -> str:
        sockets.emit("changed", request.args["name"], to="board")
        return "said"

    return app
