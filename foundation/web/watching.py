"""Watching over those who listen: what they may hear is worked out anew, and dead lines are cut."""

import logging
import time
from collections.abc import Callable
from threading import Event, Lock, Thread

from foundation.database import Database
from foundation.web.hearing import hearable, is_signed_in
from foundation.web.listeners import Listener, Listeners

logger = logging.getLogger(__name__)

LOOK_AGAIN_EVERY = 180.0
"""Seconds after which a listener is authorised anew although nobody asked for it: a net."""

MUST_SAY_HELLO = 10.0
"""Seconds within which a line that was let in must open its conversation."""

ROUND = 1.0


class Watch:
    """One thread for all listeners of the process. `leave` takes a name from a listener, `hang_up` ends it."""

    def __init__(
        self,
        listeners: Listeners,
        leave: Callable[[Listener, str], None],
        hang_up: Callable[[Listener], None],
    ) -> None:
        self._listeners, self._leave, self._hang_up = listeners, leave, hang_up
        self._database: Database | None = None
        self._gone: set[int] = set()
        self._lock, self._something = Lock(), Event()
        self._thread: Thread | None = None

    def begin(self, database: Database) -> None:
        """Watch from now on: called with the first listener, since most processes never have one."""
        self._database = database
        with self._lock:
            if self._thread is None:
                self._thread = Thread(target=self._run, name="listeners", daemon=True)
                self._thread.start()

    def look_at(self, person_id: int) -> None:
        """A person may have lost something: look at once, elsewhere. It neither waits nor raises."""
        with self._lock:
            self._gone.add(person_id)
        self._something.set()

    def look_again(self, one: Listener) -> None:
        """Work out anew what somebody may hear. Who cannot be looked at hears nothing more."""
        with one.turn:
            one.looked_at = time.monotonic()
            heard = self._heard(one)
            if heard is None:
                self._hang_up(one)
                return
            for name in one.names - heard:
                self._leave(one, name)
            one.names = heard & one.names

    def round(self) -> None:
        """Look at everybody once."""
        with self._lock:
            gone, self._gone = self._gone, set()
        now = time.monotonic()
        for one in self._listeners.every():
            silent = not one.sid and now - one.began > MUST_SAY_HELLO
            if one.line is not None and (one.ended or silent or one.line.is_stuck):
                one.line.cut()
            elif one.person_id in gone or now - one.looked_at > LOOK_AGAIN_EVERY:
                self.look_again(one)

    def _heard(self, one: Listener) -> frozenset[str] | None:
        """What they may hear still; None for who is signed in no more."""
        if self._database is None:
            return None
        try:
            with self._database.reading() as session:
                if not is_signed_in(session, one):
                    return None
                return hearable(session, one.person_id, one.slug, one.names)
        except Exception:  # whatever is wrong with the database, nobody goes on hearing what they may have lost
            logger.exception("a listener could not be looked at")
            return None

    def _run(self) -> None:
        while True:
            self._something.wait(ROUND)
            self._something.clear()
            self.round()
