"""Verification of the seals of the record of deeds: each is made again from the lines it closed."""

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Row

from exchanges.ledger.queries import record_sealed
from exchanges.ledger.queries.canonical import moment
from exchanges.ledger.queries.checks import Fault
from exchanges.ledger.queries.record_sealed import LINE, Closed, Marks, closed_by, lines_dated, marks_of
from exchanges.ledger.queries.seal_dates import Clock, shifted
from exchanges.ledger.queries.sealed import AFTER_ALL, BEFORE_ALL
from exchanges.ledger.rules import SEAL_GRACE_SECONDS
from exchanges.ledger.tables.seals import FIRST
from foundation.clock import now
from foundation.database import Session

CHECK = "record of deeds"
FEW = 3
"""So many lines in a row are named one by one; of more only the first and the last."""
_TOUCHED = {
    "when": "its moment or community was changed",
    "who": "who did it, for whom, or who wrote it down was changed",
    "what": "what was done, to what, or how was changed",
}
_REMOVED, _PUT_IN = "it was removed", "it was put in afterwards"


def record_seal_faults(session: Session) -> Iterator[Fault]:
    """Every fault of the seals of the record, and of the lines under them."""
    number, hashed, after, clock, chain = 0, FIRST, BEFORE_ALL, Clock(), set()
    for row in record_sealed.record_seal_rows(session):
        chain.add((row.number, row.hash))
        found = list(_of_seal(session, row, (number, hashed, after)))
        yield from (Fault(CHECK, f"Record, seal %(seal)s: {each.sentence}", each.params) for each in found)
        if not found:
            yield from _date_faults(session, clock, (after, row.last_entry_id), row.number, row.made_at)
            clock.passed(row.number, row.made_at, row.lines)
        number, hashed, after = row.number, row.hash, row.last_entry_id
    yield from _told_of(session, chain)
    yield from _date_faults(session, clock, (after, AFTER_ALL), 0, moment(now()))


def _of_seal(session: Session, row: Row[Any], place: tuple[int, str, int]) -> Iterator[Fault]:
    """The faults of one seal, given number, hash and last line of the one before."""
    number, hashed, after = place
    seal = {"seal": row.number}
    if row.number == number:
        yield Fault(CHECK, "it is there twice.", seal)
        return
    if row.version != record_sealed.VERSION:
        yield Fault(CHECK, "its version %(version)s is none that is known.", {**seal, "version": row.version})
        return
    gap = row.number != number + 1
    if gap:
        yield Fault(CHECK, "the seals between %(last)s and this one were removed.", {**seal, "last": number})
    elif row.previous != hashed:
        yield Fault(CHECK, "it does not follow the seal before it: one of the two was put in another's place.", seal)
    changed = record_sealed.seal_hash(list(row[: len(record_sealed.SEAL)])) != row.hash
    if changed:
        yield Fault(CHECK, "its number, its moment, its figures or its hash were changed.", seal)
    marks = marks_of(row.marks)
    if marks is None:
        yield Fault(CHECK, "its list of lines was cut.", seal)
    # Where the seal itself cannot be believed, its list says what it closed: one fault is not to be told as many.
    first = min(marks) - 1 if gap and marks else after
    upto = max(marks) if changed and marks else row.last_entry_id
    yield from _line_faults(row, closed_by(session, first, upto), marks or {})


def _line_faults(row: Row[Any], found: Closed, marks: Marks) -> Iterator[Fault]:
    seal = {"seal": row.number}
    if found.root == row.root:
        if found.marks != row.marks:
            yield Fault(CHECK, "its list of lines was changed.", seal)
    else:
        touched = list(_touched(row.number, marks, marks_of(found.marks) or {}))
        yield from touched
        if not touched:
            yield Fault(CHECK, "its root is not that of its lines.", seal)
    if found.lines != row.lines:
        what = {**seal, "said": row.lines, "there": found.lines}
        yield Fault(CHECK, "it says %(said)s lines; there are %(there)s.", what)


def _touched(number: int, before: Marks, after: Marks) -> Iterator[Fault]:
    every = sorted(before.keys() | after.keys())
    for what, run in groupby(every, key=lambda each: _verdict(before.get(each), after.get(each))):
        lines = list(run)
        places: dict[str, object] = {"seal": number, "line": lines[0], "last": lines[-1], "count": len(lines)}
        for each in what:
            if len(lines) > FEW:
                yield Fault(CHECK, f"of %(count)s lines, %(line)s to %(last)s, which it closed: {each}.", places)
            else:
                for line in lines:
                    yield Fault(CHECK, f"of line %(line)s, which it closed: {each}.", {**places, "line": line})


def _verdict(was: tuple[bytes, ...] | None, now_: tuple[bytes, ...] | None) -> tuple[str, ...]:
    """What of a line differs; nothing for one that is as it was."""
    if now_ is None:
        return (_REMOVED,)
    if was is None:
        return (_PUT_IN,)
    return tuple(_TOUCHED[part] for part, mine, theirs in zip(LINE, was, now_, strict=True) if mine != theirs)


def _told_of(session: Session, chain: set[tuple[object, object]]) -> Iterator[Fault]:
    """Every seal of the record left a line in the record itself: a chain cut short does not agree with it."""
    recorded = set()
    for number, detail in record_sealed.seal_lines(session):
        try:
            read = json.loads(str(detail))
        except ValueError:
            read = None
        recorded.add((number, read.get("hash") if isinstance(read, dict) else None))
    for number, hashed in sorted(recorded - chain, key=str):
        what = {"seal": number, "hash": hashed}
        yield Fault(CHECK, "Record, seal %(seal)s was made with the hash %(hash)s; it is not there any more.", what)
    for number, hashed in sorted(chain - recorded, key=str):
        what = {"seal": number, "hash": hashed}
        yield Fault(CHECK, "The record knows nothing of its seal %(seal)s with the hash %(hash)s.", what)


def _date_faults(
    session: Session, clock: Clock, stretch: tuple[int, int], number: int, made_at: str
) -> Iterator[Fault]:
    """What of a stretch says that it was done well before the seals it comes after, or well after its own.

    A clock that was wrong at a seal is told by the seals of the ledger, which are made in the same hour.
    """
    clock.went_back(made_at)
    earliest = shifted(clock.complete[-1].at, -SEAL_GRACE_SECONDS) if clock.complete else ""
    latest = shifted(made_at, SEAL_GRACE_SECONDS)
    for line, at in lines_dated(session, *stretch, earliest, latest):
        if not at[:1].isdigit():
            continue  # no moment at all, which is told elsewhere
        what = {"line": line, "at": at, "seal": number if at > latest else clock.complete[-1].number}
        if at < earliest:
            sentence = "before seal %(seal)s, which does not know it."
        else:
            sentence = "after seal %(seal)s, which closes it." if number else "which is still to come."
        yield Fault(CHECK, f"Record, line %(line)s says that it was done at %(at)s, {sentence}", what)
