# ruff: noqa: T201 - it speaks to the test through its output
"""A process that writes, for the tests of turns between processes.

python -m tests.foundation.database.writer URL NAME TIMES          writes TIMES notes, prints its longest wait
python -m tests.foundation.database.writer URL NAME hold           writes one, says "holding" and never ends
python -m tests.foundation.database.writer URL NAME greenlets      writes from 8 greenlets
"""

import sys
import time

if sys.argv[3:] == ["greenlets"]:
    import gevent.monkey

    gevent.monkey.patch_all()

import gevent
from sqlalchemy import insert

from foundation.database import Database
from tests.foundation.database.notes import Note


def write(database: Database, words: str) -> float:
    """Write one note; the seconds that took."""
    begun = time.perf_counter()
    with database.writing() as session:
        session.exec(insert(Note).values(words=words))
    return time.perf_counter() - begun


def hold(database: Database, name: str) -> None:
    with database.writing() as session:
        session.exec(insert(Note).values(words=name))
        print("holding", flush=True)
        sys.stdin.read()


def greenlets(database: Database, name: str) -> None:
    """Says "still running" when the other greenlets go on although all writers wait."""
    written: list[float] = []

    def write_some(number: int) -> None:
        for time_ in range(20):
            written.append(write(database, f"{name} {number} {time_}"))
            gevent.sleep(0)

    writers = [gevent.spawn(write_some, number) for number in range(8)]
    for _ in range(50):
        gevent.sleep(0.001)
    if not written:
        print("still running", flush=True)
    gevent.joinall(writers, raise_error=True)


def main(url: str, name: str, task: str) -> None:
    database = Database(url)
    if task == "hold":
        hold(database, name)
    elif task == "greenlets":
        greenlets(database, name)
    else:
        print("ready", flush=True)
        sys.stdin.readline()
        print(max(write(database, f"{name} {number}") for number in range(int(task))))


if __name__ == "__main__":
    main(*sys.argv[1:])
