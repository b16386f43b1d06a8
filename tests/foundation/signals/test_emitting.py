"""Signals are told in the background, each once for a moment, and again when they could not be."""

import threading

from foundation.signals.emitting import MOST_HELD, Emitter, NotTold


class Heard:
    """Who is told; away for so many times at first."""

    def __init__(self, away: int = 0) -> None:
        self.away, self.told, self.enough = away, [], threading.Event()  # type: ignore[var-annotated]  # of anything

    def __call__(self, name: str) -> None:
        if self.away:
            self.away -= 1
            raise NotTold
        self.told.append(name)
        self.enough.set()


def test_the_same_name_is_told_once_in_a_moment() -> None:
    heard = Heard()
    emitter = Emitter(heard, gap=0.01)
    for _time in range(100):
        emitter.take("board:1")
    assert heard.enough.wait(5)
    assert heard.told == ["board:1"]


def test_what_could_not_be_told_is_held_in_its_order() -> None:
    heard = Heard(away=1)
    emitter = Emitter(heard)
    emitter._thread = threading.current_thread()  # nobody tells but this test
    for name in ("a:1", "b:1", "a:1"):
        emitter.take(name)
    assert emitter.flush() is False
    emitter.take("c:1")
    assert emitter.flush() is True
    assert heard.told == ["a:1", "b:1", "c:1"]


def test_so_much_is_held_and_no_more() -> None:
    heard = Heard()
    emitter = Emitter(heard)
    emitter._thread = threading.current_thread()
    for number in range(MOST_HELD + 10):
        emitter.take(f"post:{number}")
    emitter.flush()
    assert len(heard.told) == MOST_HELD


def test_a_fault_ends_nothing() -> None:
    heard = Heard()

    def tell(name: str) -> None:
        if name == "bad:1":
            raise ZeroDivisionError
        heard(name)

    emitter = Emitter(tell, gap=0)
    emitter.take("bad:1")
    emitter.take("good:1")
    while not heard.enough.is_set():
        emitter.take("good:1")
    assert set(heard.told) == {"good:1"}
