"""Messages of one lane go out in the order in which they were left, however many deliver at once."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any

from sqlmodel import col, select

from foundation import clock, outbox
from foundation.database import Database, Session
from foundation.outbox import InHouse, OutboxMessage, Prepared, Undeliverable
from foundation.outbox.delivery import AHEAD, BATCH, LEASE, Handing, deliver_some

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LANES, EACH = 4, 8


def leave(database: Database, *lanes: str) -> None:
    with clock.at(NOON), database.writing() as session:
        for number, lane in enumerate(lanes):
            outbox.put(session, "mail", {"n": number, "lane": lane}, lane=lane)


def goes(database: Database, channel: Any, moment: datetime = NOON) -> int:
    with clock.at(moment):
        return outbox.deliver_due(database, {"mail": channel})


class Box:
    """Remembers what it got; fails where it is told to."""

    def __init__(self, **failures: Exception) -> None:
        self.got: list[int] = []
        self.failures = failures
        self._lock = Lock()

    def __call__(self, _session: Session, payload: Mapping[str, Any]) -> None:
        failure = self.failures.pop(f"n{payload['n']}", None)
        if failure is not None:
            raise failure
        with self._lock:
            self.got.append(payload["n"])


def test_one_that_waits_holds_up_its_lane_and_no_other(database: Database) -> None:
    leave(database, "a", "a", "b", "")
    box = Box(n0=OSError("away"))
    goes(database, box)
    assert box.got == [2, 3]
    goes(database, box, NOON + timedelta(hours=1))
    assert box.got == [2, 3, 0, 1]


def test_what_was_given_up_holds_up_nobody(database: Database) -> None:
    leave(database, "a", "a")
    box = Box(n0=Undeliverable("gone"))
    goes(database, box)
    assert box.got == [1]


def test_what_is_left_for_later_keeps_its_place(database: Database) -> None:
    with clock.at(NOON), database.writing() as session:
        outbox.put(session, "mail", {"n": 0}, lane="a", due_at=NOON + timedelta(hours=8))
        outbox.put(session, "mail", {"n": 1}, lane="a")
        outbox.put(session, "push", {"n": 2}, lane="a")
    box = Box()
    assert goes(database, box) == 0, "another channel's lane is another lane"
    goes(database, box, NOON + timedelta(hours=8))
    assert box.got == [0, 1]


def test_while_one_is_under_way_the_next_is_not_begun(database: Database) -> None:
    leave(database, "a", "a")
    meanwhile: list[int] = []

    def slow(_session: Session, payload: Mapping[str, Any]) -> None:
        if payload["n"] == 0:
            with ThreadPoolExecutor(1) as pool:
                meanwhile.append(pool.submit(goes, database, Box()).result(timeout=20))

    goes(database, slow)
    assert meanwhile == [0]


def test_threads_keep_every_lane_in_order(database: Database) -> None:
    leave(database, *(str(number % LANES) for number in range(LANES * EACH)))
    box = Box()
    with ThreadPoolExecutor(4) as pool:
        while sum(pool.map(lambda _: goes(database, box), range(4))):
            pass
    assert Counter(box.got) == Counter(range(LANES * EACH))
    for lane in range(LANES):
        mine = [number for number in box.got if number % LANES == lane]
        assert mine == sorted(mine)


DELIVERS = """
import json, os, sys, time
from foundation import outbox
from foundation.database import Database

def write(session, payload):
    line = json.dumps([payload["lane"], payload["n"]]) + "\\n"
    handle = os.open(sys.argv[2], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(handle, line.encode())
    os.close(handle)

database = Database(sys.argv[1])
idle = 0
while idle < 20:
    idle = 0 if outbox.deliver_due(database, {"mail": write}) else idle + 1
    time.sleep(0.01)
"""


def test_processes_keep_every_lane_in_order(database: Database, tmp_path: Path) -> None:
    with database.writing() as session:
        for number in range(LANES * EACH):
            outbox.put(session, "mail", {"n": number, "lane": number % LANES}, lane=str(number % LANES))
    address = database.url.render_as_string(hide_password=False)
    went = tmp_path / "went"
    processes = [subprocess.Popen([sys.executable, "-c", DELIVERS, address, str(went)]) for _ in range(3)]
    assert [process.wait(timeout=60) for process in processes] == [0, 0, 0]
    got = [json.loads(line) for line in went.read_text().splitlines()]
    assert Counter(number for _lane, number in got) == Counter(range(LANES * EACH)), "each once"
    for lane in range(LANES):
        mine = [number for its_lane, number in got if its_lane == lane]
        assert mine == sorted(mine)


# ---------------------------------------------------------------- some at a time


def attempts(database: Database) -> list[tuple[int, bool]]:
    with database.reading() as session:
        rows = session.exec(select(OutboxMessage).order_by(col(OutboxMessage.id)))
        return [(row.attempts, row.claimed_by is not None) for row in rows]


def test_what_was_not_begun_is_given_back_untried(database: Database) -> None:
    leave(database, "", "", "")
    box = Box()
    with clock.at(NOON):
        assert deliver_some(database, {"mail": box}, "me", may_go_on=lambda: not box.got) == 1
        assert attempts(database) == [(1, False), (0, False), (0, False)]
    goes(database, box)
    assert box.got == [0, 1, 2]


def test_each_is_ticked_off_before_the_next_is_handed_over(database: Database) -> None:
    leave(database, "", "", "")
    done: list[int] = []

    def looks(_session: Session, _payload: Mapping[str, Any]) -> None:
        with database.reading() as session:
            done.append(len(session.exec(select(OutboxMessage).where(col(OutboxMessage.done_at).is_not(None))).all()))

    goes(database, looks)
    assert done == [0, 1, 2]


def test_what_may_have_killed_its_worker_takes_no_others_with_it(database: Database) -> None:
    leave(database, *[""] * 3)
    with clock.at(NOON), database.writing() as session:
        session.exec(select(OutboxMessage).order_by(col(OutboxMessage.id)).limit(1)).one().attempts = 1
    box = Box()
    with clock.at(NOON):
        assert deliver_some(database, {"mail": box}, "me") == 1
        assert deliver_some(database, {"mail": box}, "me") == 2
    assert box.got == [0, 1, 2]


def test_after_a_kill_in_the_middle_at_most_one_goes_out_again(database: Database) -> None:
    leave(database, *[""] * 5)

    class Killed(BaseException):
        """As kill -9: nobody catches it, and nothing is written any more."""

    got: list[int] = []

    def dies(_session: Session, payload: Mapping[str, Any]) -> None:
        got.append(payload["n"])
        if len(got) == 3:
            raise Killed

    with suppress(Killed):
        goes(database, dies)
    box = Box()
    goes(database, box, NOON + LEASE)
    while goes(database, box, NOON + LEASE):
        pass
    assert (got, sorted(box.got)) == ([0, 1, 2], [2, 3, 4])


def test_in_the_house_one_that_fails_leaves_the_others_whole(database: Database) -> None:
    def passes_on(session: Session, payload: Mapping[str, Any]) -> None:
        outbox.put(session, "next", {"n": payload["n"]}, key=str(payload["n"]))
        if payload["n"] == 1:
            raise OSError("half-way")

    leave(database, "", "", "")
    goes(database, InHouse(passes_on))
    with database.reading() as session:
        rows = session.exec(
            select(OutboxMessage).where(OutboxMessage.channel == "next").order_by(col(OutboxMessage.id))
        )
        assert [row.payload["n"] for row in rows] == [0, 2]
    assert [tried for tried, _ in attempts(database)[:3]] == [1, 1, 1]


def test_what_a_channel_gives_back_is_done_with_the_ticking_off(database: Database) -> None:
    def sends(_session: Session, payload: Mapping[str, Any]) -> Any:
        return lambda session: outbox.put(session, "next", {"n": payload["n"]})

    leave(database, "")
    goes(database, sends)
    with database.reading() as session:
        assert [row.channel for row in session.exec(select(OutboxMessage).order_by(col(OutboxMessage.id)))] == [
            "mail",
            "next",
        ]


def test_a_batch_has_an_end(database: Database) -> None:
    leave(database, *[""] * (BATCH + 1))
    with clock.at(NOON):
        assert deliver_some(database, {"mail": Box()}, "me") == BATCH


# ---------------------------------------------------------------- prepared some at a time


def test_some_are_prepared_at_once_and_each_is_handed_over_by_itself(database: Database) -> None:
    leave(database, *[""] * (AHEAD + 2))
    steps: list[tuple[str, int]] = []

    def prepare(_session: Session, payload: Mapping[str, Any]) -> Handing:
        steps.append(("prepared", payload["n"]))
        return lambda: steps.append(("sent", payload["n"]))

    with clock.at(NOON):
        assert deliver_some(database, {"mail": Prepared(prepare)}, "me") == AHEAD + 2
    first, second = range(AHEAD), range(AHEAD, AHEAD + 2)
    told = [[(verb, n) for verb in ("prepared", "sent") for n in some] for some in (first, second)]
    assert steps == told[0] + told[1]


def test_what_cannot_be_prepared_fails_alone_and_what_is_not_needed_is_ticked_off(database: Database) -> None:
    leave(database, *[""] * 4)
    sent: list[int] = []

    def prepare(_session: Session, payload: Mapping[str, Any]) -> Handing | None:
        if payload["n"] == 0:
            raise Undeliverable("nobody there")
        if payload["n"] == 1:
            raise OSError("not now")
        return None if payload["n"] == 2 else lambda: sent.append(payload["n"])

    with clock.at(NOON):
        deliver_some(database, {"mail": Prepared(prepare)}, "me")
    assert sent == [3]
    with database.reading() as session:
        rows = session.exec(select(OutboxMessage).order_by(col(OutboxMessage.id))).all()
    assert [(row.done_at is not None, row.dead_at is not None) for row in rows] == [
        (False, True),
        (False, False),
        (True, False),
        (True, False),
    ]
