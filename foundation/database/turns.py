"""Whose turn it is to write to a SQLite file: first come, first served.

SQLite lets one connection write at a time. Its own waiting (busy_timeout) is a lottery in which somebody loses for
seconds, so writers queue here instead: in a line inside the process, then at two file locks between processes.
The second lock makes sure that a process which has just written cannot overtake one that is waiting.
A process that dies loses its file locks with it, and the next one goes on.
"""

import fcntl
import os
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_LONGEST_NAP = 0.002


class TookTooLong(RuntimeError):
    """The turn to write did not come in time: somebody has been writing for too long."""


class Turn:
    """The right to write, held by one thread or greenlet at a time among all processes using the same file."""

    def __init__(self, beside: Path, *, patience: float = 30.0) -> None:
        """`beside` is the database file; `patience` the seconds to wait in the line of this process."""
        self._patience = patience
        self._guard = threading.Lock()
        self._line: deque[threading.Lock] = deque()
        self._busy = False
        self._holder: int | None = None
        self._waiting_file = beside.with_name(beside.name + ".next")
        self._writing_file = beside.with_name(beside.name + ".turn")
        self._descriptors: tuple[int, int] | None = None

    def is_mine(self) -> bool:
        """Whether the calling thread or greenlet holds the turn."""
        return self._holder == threading.get_ident()

    def take(self) -> None:
        """Wait for the turn. Raises TookTooLong. Taking it again while holding it changes nothing."""
        if self.is_mine():
            return
        self._queue()
        try:
            waiting, writing = self._files()
            _lock(waiting)
            try:
                _lock(writing)
            finally:
                fcntl.flock(waiting, fcntl.LOCK_UN)
        except BaseException:
            self._call_next()
            raise
        self._holder = threading.get_ident()

    def release(self) -> None:
        """Give the turn to the next in line; nothing happens when the caller does not hold it."""
        if not self.is_mine():
            return
        self._holder = None
        try:
            fcntl.flock(self._files()[1], fcntl.LOCK_UN)
        finally:
            self._call_next()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the turn for a block."""
        self.take()
        try:
            yield
        finally:
            self.release()

    def close(self) -> None:
        """Close the lock files; they open again when needed."""
        if self._descriptors is not None:
            for descriptor in self._descriptors:
                os.close(descriptor)
            self._descriptors = None

    def _queue(self) -> None:
        with self._guard:
            if not self._busy:
                self._busy = True
                return
            called = threading.Lock()
            called.acquire()
            self._line.append(called)
        try:
            came = called.acquire(timeout=self._patience)
        except BaseException:
            self._leave(called)
            raise
        if not came:
            self._leave(called)
            raise TookTooLong(f"no turn to write within {self._patience} seconds")

    def _leave(self, called: threading.Lock) -> None:
        with self._guard:
            if called in self._line:
                self._line.remove(called)
                return
        # The call came at the very moment of giving up: pass it on.
        self._call_next()

    def _call_next(self) -> None:
        with self._guard:
            if self._line:
                self._line.popleft().release()
            else:
                self._busy = False

    def _files(self) -> tuple[int, int]:
        if self._descriptors is None:
            self._descriptors = (_open(self._waiting_file), _open(self._writing_file))
        return self._descriptors


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _lock(descriptor: int) -> None:
    """Lock the file, waiting without holding up the other greenlets when gevent runs this process."""
    if not _greenlets():
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        return
    nap = 0.0
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(nap)
            nap = min(nap + 0.0002, _LONGEST_NAP)
        else:
            return


def _greenlets() -> bool:
    monkey = sys.modules.get("gevent.monkey")
    return monkey is not None and bool(monkey.is_module_patched("threading"))
