"""Signals between processes. Read only where a Redis is configured: its client takes 10 MB.

A Redis that goes away harms nothing: who publishes tries again later, who listens comes back, and then every page is
told to fetch anew what it may have missed.
"""

import importlib
import json
import logging
import time
from collections.abc import Callable, Iterator
from typing import Any

import redis
from socketio import redis_manager

from foundation.signals.emitting import NotTold

importlib.reload(redis_manager)  # it was read before without its client: see sockets.py
logger = logging.getLogger(__name__)

FIRST_WAIT, LONGEST_WAIT = 0.5, 15.0


class SignalManager(redis_manager.RedisManager):
    """The manager of socketio, with publishing that says when it failed.

    `heard` is called with what every message of any process says to listeners here, before they are told; `missed`
    when messages may have been lost.
    """

    def __init__(
        self,
        url: str,
        *,
        write_only: bool = False,
        heard: Callable[[str, Any], None] | None = None,
        missed: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(
            url, write_only=write_only, redis_options={"socket_connect_timeout": 3, "socket_keepalive": True}
        )
        self._heard, self._missed = heard, missed
        self._out = redis.Redis.from_url(url, socket_connect_timeout=3, socket_timeout=3)

    def tell(self, event: str, data: Any, room: str | None, skip_sid: str | None = None) -> None:
        """Say something to a room, here and in every other process. Raises NotTold: then nobody was told."""
        message = {
            "method": "emit", "event": event, "data": [data], "binary": False, "namespace": "/", "room": room,
            "skip_sid": skip_sid, "callback": None, "host_id": self.host_id,
        }  # fmt: skip
        try:
            self._out.publish(self.channel, json.dumps(message))
        except redis.RedisError as error:
            raise NotTold from error
        self._handle_emit(message)

    def _handle_emit(self, message: dict[str, Any]) -> None:
        if self._heard is not None:
            self._heard(message["event"], message["data"][0] if message["data"] else None)
        super()._handle_emit(message)

    def _publish(self, data: Any) -> None:
        """What socketio itself would say: every listener is in the room of its own process, so nothing is lost."""
        try:
            self._out.publish(self.channel, json.dumps(data))
        except redis.RedisError as error:
            logger.warning("Redis is away: %s", error)

    def _redis_listen_with_retries(self) -> Iterator[Any]:
        wait, lost = FIRST_WAIT, False
        while True:
            try:
                self._redis_connect()
                self.pubsub.subscribe(self.channel)
                if lost and self._missed is not None:
                    self._missed()
                lost, wait = False, FIRST_WAIT
                while True:
                    message = self.pubsub.get_message(timeout=60)
                    if message is not None:
                        yield message
            except redis.RedisError as error:
                if not lost:
                    logger.warning("Redis is away, signals of other processes are not heard: %s", error)
                lost = True
                time.sleep(wait)
                wait = min(2 * wait, LONGEST_WAIT)
