"""Saying that something changed. What it became is fetched through a guarded page by whoever hears of it."""

from collections.abc import Callable
from threading import Lock

from foundation.database import Session, after_commit
from foundation.signals.rules import gone_name

Carrier = Callable[[str], None]
"""Takes the name of a signal to those who listen. It only hands over: it neither waits nor raises."""

_carriers: set[Carrier] = set()
_lock = Lock()


def signal(session: Session, name: str) -> None:
    """Say after the commit that `name` (`thread:42`, `board:3`) changed; nothing is said after a rollback."""
    after_commit(session, lambda: _carry(name))


def look_again_at(session: Session, person_id: int | None) -> None:
    """After the commit, let what a person hears be authorised anew, on every device and in every process.

    Called where somebody may lose something: a session ends, a household is blocked, a role or a membership ends.
    """
    if person_id is not None:
        signal(session, gone_name(person_id))


def carry(carrier: Carrier) -> Callable[[], None]:
    """Hand every signal of this process to `carrier`; gives what ends it."""
    with _lock:
        _carriers.add(carrier)

    def stop() -> None:
        with _lock:
            _carriers.discard(carrier)

    return stop


def _carry(name: str) -> None:
    with _lock:
        carriers = tuple(_carriers)
    for carrier in carriers:
        carrier(name)
