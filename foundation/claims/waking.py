"""The bell that tells the workers of this process that new work has been committed.

Only a shortcut: a worker in another process finds the rows by itself when it next looks.
"""

from collections.abc import Callable
from threading import Lock

from foundation.database import Session, after_commit

_sleepers: set[Callable[[], None]] = set()
_lock = Lock()


def wake_me(wake: Callable[[], None]) -> None:
    """Call `wake` whenever work is committed in this process. `wake` only sets a flag."""
    with _lock:
        _sleepers.add(wake)


def let_me_sleep(wake: Callable[[], None]) -> None:
    """Stop calling `wake`."""
    with _lock:
        _sleepers.discard(wake)


def wake_after_commit(session: Session) -> None:
    """Ring once this transaction is committed. Ringing many times is as good as once."""
    after_commit(session, _wake_all)


def _wake_all() -> None:
    with _lock:
        sleepers = tuple(_sleepers)
    for wake in sleepers:
        wake()
