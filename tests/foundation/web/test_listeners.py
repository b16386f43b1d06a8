"""A line gives way, has an allowance, and is cut when it takes nothing; who says nothing is let go."""

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any, cast

import pytest

from foundation.web import listeners as module
from foundation.web.listeners import MOST_BYTES, MOST_FROM_ADDRESS, Allowance, Line, Listener, Listeners
from foundation.web.watching import MUST_SAY_HELLO, Watch


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    yield ours, theirs
    ours.close()
    theirs.close()


def test_an_allowance_comes_back_with_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: now[0])
    some = Allowance(3, 1)
    assert [some.take() for _time in range(4)] == [True, True, True, False]
    now[0] += 2
    assert [some.take() for _time in range(3)] == [True, True, False]


def test_too_much_ends_the_line(pair: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = pair
    line = Line(ours)
    threading.Thread(target=lambda: theirs.sendall(b"x" * (MOST_BYTES + 4096)), daemon=True).start()
    taken = 0
    while data := line.recv(4096):
        taken += len(data)
        assert len(data) <= 1024
    assert MOST_BYTES - 1024 <= taken <= MOST_BYTES + 1024


def test_who_takes_nothing_is_cut(pair: tuple[socket.socket, socket.socket], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "STUCK_AFTER", 0.05)
    ours, _theirs = pair
    line = Line(ours)
    ended = threading.Event()

    def send() -> None:
        with pytest.raises((BrokenPipeError, ConnectionResetError)):
            while True:
                line.send(b"x" * 100_000)
        ended.set()

    threading.Thread(target=send, daemon=True).start()
    deadline = time.monotonic() + 5
    while not line.is_stuck and time.monotonic() < deadline:
        time.sleep(0.01)
    assert line.is_stuck
    line.cut()
    assert ended.wait(5)


def test_who_says_nothing_is_let_go(pair: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = pair
    all_of_them = Listeners()
    one = Listener("key", 1, "10.0.0.1", line=Line(ours))
    assert all_of_them.let_in(one)
    watch = Watch(all_of_them, lambda _one, _name: None, lambda _one: None)
    watch.round()
    one.began -= MUST_SAY_HELLO + 1
    watch.round()
    assert theirs.recv(10) == b""


def test_one_address_has_so_many_and_is_forgotten_after() -> None:
    all_of_them = Listeners()
    school = [Listener("key", number, "10.0.0.1") for number in range(MOST_FROM_ADDRESS + 1)]
    assert [all_of_them.let_in(one) for one in school] == [True] * MOST_FROM_ADDRESS + [False]
    assert all_of_them.let_in(Listener("key", 9999, "10.0.0.2"))
    for one in school:
        all_of_them.let_go(one)
    assert len(all_of_them) == 1
    assert len(all_of_them._from_address) == 1


def test_who_cannot_be_looked_at_hears_nothing_more() -> None:
    all_of_them, hung = Listeners(), list[Listener]()
    one = Listener("key", 7, "10.0.0.1", sid="x", names=frozenset({"board:1"}))
    all_of_them.let_in(one)
    watch = Watch(all_of_them, lambda _one, _name: None, hung.append)
    watch.look_at(7)
    watch.round()
    assert hung == [one]


class Turn:
    """A lock that says when somebody waits for it."""

    def __init__(self) -> None:
        self.lock, self.somebody_waits = threading.Lock(), threading.Event()

    def __enter__(self) -> None:
        if not self.lock.acquire(blocking=False):
            self.somebody_waits.set()
            self.lock.acquire()

    def __exit__(self, *_error: object) -> None:
        self.lock.release()


def test_who_waits_to_send_is_seen_stuck_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two who send at once the first gets through, and the second stays: that is noticed."""
    monkeypatch.setattr(module, "STUCK_AFTER", 0.0)
    turn, second_sends, over = Turn(), threading.Event(), threading.Event()

    class Wire:
        def sendall(self, data: bytes) -> None:
            if data == b"first":
                threading.Thread(target=line.send, args=(b"second",), daemon=True).start()
                assert turn.somebody_waits.wait(5)
            else:
                second_sends.set()
                over.wait(5)

    line = Line(cast("Any", Wire()))
    monkeypatch.setattr(line, "_sending", turn)
    line.send(b"first")
    assert second_sends.wait(5)
    stuck = line.is_stuck
    over.set()
    assert stuck
