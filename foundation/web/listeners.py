"""Who listens in this process: over which line, as whom, to what; and how much of it one person may have.

A slow or hostile client harms nobody: its line is read a little at a time and never beyond an allowance, and cut when
nothing goes out any more.
"""

import socket
import time
from collections import Counter
from dataclasses import dataclass, field
from threading import Lock, RLock

MOST_OF_PERSON, MOST_FROM_ADDRESS, MOST_IN_ALL = 12, 300, 2000
"""Listeners in one process: pages and devices of one person, a school or a telephone company behind one address, all.
Who comes after is refused, and their pages ask every minute."""

MOST_NAMES = 30
"""Names that one listener hears at a time: what stands on one page."""

MOST_BYTES, BYTES_A_SECOND = 32 * 1024, 1024
"""What one line may bring in at once, and for good. A page sends some hundred bytes, then a few a minute."""

MOST_MESSAGES, MESSAGES_A_SECOND = 20, 1.0
MOST_DROPPED = 40
"""Messages beyond the allowance are dropped; after so many of them the line is cut."""

READ_AT_ONCE = 1024
STUCK_AFTER = 10.0
"""Seconds for which nothing could be sent."""


class Allowance:
    """So much at once, and then so much a second."""

    def __init__(self, most: float, a_second: float) -> None:
        self._most, self._a_second = most, a_second
        self._left, self._since = most, time.monotonic()

    def take(self, amount: float = 1.0) -> bool:
        """Whether so much is left; it is taken then."""
        now = time.monotonic()
        self._left = min(self._most, self._left + (now - self._since) * self._a_second)
        self._since = now
        if amount > self._left:
            return False
        self._left -= amount
        return True


class Line:
    """The network socket of one listener, as simple-websocket uses it."""

    def __init__(self, wire: socket.socket) -> None:
        self._wire = wire
        self._bytes = Allowance(MOST_BYTES, BYTES_A_SECOND)
        self._sending = Lock()
        self._since: float | None = None

    def recv(self, size: int) -> bytes:
        """Some of what came in; nothing, as at the end of a line, once it was too much."""
        time.sleep(0)  # under gevent who always has something to say would keep everybody else waiting
        data = self._wire.recv(min(size, READ_AT_ONCE))
        return data if self._bytes.take(len(data)) else b""

    def send(self, data: bytes) -> int:
        """Send all of it, one after another."""
        with self._sending:
            self._since = time.monotonic()  # of who sends now: who waits for them is stuck no sooner
            self._wire.sendall(data)
            self._since = None
        return len(data)

    def close(self) -> None:
        self._wire.close()

    @property
    def is_stuck(self) -> bool:
        """Whether the other side has not taken anything for a while."""
        since = self._since
        return since is not None and time.monotonic() - since > STUCK_AFTER

    def cut(self) -> None:
        """End it, whoever reads or sends."""
        try:
            self._wire.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # it has ended already


@dataclass(eq=False)
class Listener:
    """One open page on one device. `key` is its session's, looked at again whenever it asks for something."""

    key: str
    person_id: int
    address: str
    line: Line | None = None
    sid: str = ""
    slug: str = ""
    """The community of the page; empty outside one."""
    names: frozenset[str] = frozenset()
    began: float = field(default_factory=time.monotonic)
    looked_at: float = field(default_factory=time.monotonic)
    ended: bool = False
    turn: RLock = field(default_factory=RLock)
    """Held while it is worked out what it may hear, so that nothing is let in that was just taken away."""
    messages: Allowance = field(default_factory=lambda: Allowance(MOST_MESSAGES, MESSAGES_A_SECOND))
    writing: Allowance = field(default_factory=lambda: Allowance(1, 1 / 3))
    dropped: int = 0

    def may_speak(self) -> bool:
        """Whether one more message is listened to; who goes on all the same is cut off."""
        if self.messages.take():
            return True
        self.dropped += 1
        if self.dropped > MOST_DROPPED and self.line is not None:
            self.line.cut()
        return False


class Listeners:
    """Everybody who listens in this process."""

    def __init__(self) -> None:
        self._all: set[Listener] = set()
        self._of_person: Counter[int] = Counter()
        self._from_address: Counter[str] = Counter()
        self._lock = Lock()

    def let_in(self, one: Listener) -> bool:
        """Count one more; False where there are too many already."""
        with self._lock:
            if (
                len(self._all) >= MOST_IN_ALL
                or self._of_person[one.person_id] >= MOST_OF_PERSON
                or self._from_address[one.address] >= MOST_FROM_ADDRESS
            ):
                return False
            self._all.add(one)
            self._of_person[one.person_id] += 1
            self._from_address[one.address] += 1
            return True

    def let_go(self, one: Listener) -> None:
        """Count one fewer."""
        with self._lock:
            if one not in self._all:
                return
            self._all.discard(one)
            self._of_person[one.person_id] -= 1
            self._from_address[one.address] -= 1
            # Only those who are here are kept: a counter would remember everybody who ever was.
            self._of_person, self._from_address = +self._of_person, +self._from_address

    def every(self) -> list[Listener]:
        with self._lock:
            return list(self._all)

    def __len__(self) -> int:
        return len(self._all)
