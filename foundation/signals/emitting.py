"""Handing signals over in the background: who acted never waits for those who listen, nor hears of their troubles."""

import logging
import time
from collections.abc import Callable
from threading import Event, Lock, Thread
from typing import Any

logger = logging.getLogger(__name__)

GATHER, GAP = 0.005, 0.2
"""Seconds for which signals are gathered before the first is told (one deed often says a name twice), and then until
the next are: the same name within them is told once."""

MOST_HELD = 10_000
"""So many names are kept while nobody can be told; what comes after is fetched by the pages' own minute."""

FIRST_WAIT, LONGEST_WAIT = 0.5, 15.0
"""Seconds between tries while nobody can be told."""

Told = tuple[Any, ...]


class NotTold(Exception):
    """What carries signals to other processes is away just now: it is tried again."""


class Emitter:
    """Tells what it is given through `tell`, a moment later, each thing once. `tell` may raise NotTold."""

    def __init__(self, tell: Callable[..., None], gap: float = GAP) -> None:
        self._tell = tell
        self._gap = gap
        self._held: dict[Told, None] = {}
        self._lock = Lock()
        self._something = Event()
        self._thread: Thread | None = None

    def take(self, *told: Any) -> None:
        """Hand something over. It neither waits nor raises."""
        with self._lock:
            if len(self._held) < MOST_HELD:
                self._held[told] = None
            if self._thread is None:
                # Not before there is something to tell: a process is forked, or patched by gevent, before that.
                self._thread = Thread(target=self._run, name="signals", daemon=True)
                self._thread.start()
        self._something.set()

    def flush(self) -> bool:
        """Tell all that is held; False where it could not be told and is held still."""
        with self._lock:
            held, self._held = list(self._held), {}
        for number, told in enumerate(held):
            try:
                self._tell(*told)
            except NotTold:
                with self._lock:
                    self._held = dict.fromkeys(held[number:]) | self._held
                return False
        return True

    def _run(self) -> None:
        wait = FIRST_WAIT
        while True:
            self._something.wait()
            self._something.clear()
            time.sleep(min(GATHER, self._gap))
            while not self._try():
                time.sleep(wait)
                wait = min(2 * wait, LONGEST_WAIT)
            wait = FIRST_WAIT
            time.sleep(self._gap)

    def _try(self) -> bool:
        try:
            return self.flush()
        except Exception:  # a fault in telling must not end the one thread that tells
            logger.exception("a signal was not told")
            return True
