"""What of the transfers under a seal is not as the seal says, told by transfer, or by stretches where it is many."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Row

from exchanges.ledger.queries.canonical import PARTS
from exchanges.ledger.queries.checks import Fault
from exchanges.ledger.queries.sealed import Summary, marks_of

Marks = dict[int, tuple[bytes, ...]]

FEW = 3
"""So many transfers in a row are named one by one; of more only the first and the last."""

_TOUCHED = {
    "heading": "its date, kind, request key, source, or who recorded it and for whom",
    "words": "the words",
    "entries": "amounts, accounts or what they came to",
    "accounts": "accounts that began with it (whose they are, of what kind, since when)",
    "promised": "promises made just before it",
    "closed": "promises ended just before it",
    "limits": "limits set just before it",
}
_MANY_TOUCHED = {
    "heading": "dates, kinds, request keys, sources, or who recorded them and for whom",
    "words": "the words",
    "entries": "amounts, accounts or what they came to",
    "accounts": "accounts that began with them (whose they are, of what kind, since when)",
    "promised": "promises made just before them",
    "closed": "promises ended just before them",
    "limits": "limits set just before them",
}
_REMOVED, _PUT_IN = ("removed",), ("put in",)


def marks_kept(row: Row[Any]) -> Marks | None:
    """The marks of a seal as it was read; None when they were cut."""
    if not isinstance(row.marks, bytes | memoryview):
        return None
    try:
        return marks_of(bytes(row.marks))
    except ValueError:
        return None


def history_faults(row: Row[Any], found: Summary, marks: Marks) -> Iterator[Fault]:
    """What of the transfers that a seal closed is not as it was, given what is there now."""
    if found.root == row.root:
        if found.marks != row.marks:
            yield Fault("seals", "its list of transfers was changed.")
    else:
        touched = list(_touched(marks, marks_of(found.marks)))
        yield from touched
        if not touched:
            yield Fault("seals", "its root is not that of its transfers.")
    if (found.transfers, found.entries) != (row.transfers, row.entries):
        yield Fault(
            "seals",
            "it says %(said)s transfers with %(entries)s entries; there are %(there)s with %(there_entries)s.",
            {
                "said": row.transfers,
                "entries": row.entries,
                "there": found.transfers,
                "there_entries": found.entries,
            },
        )


def _touched(before: Marks, after: Marks) -> Iterator[Fault]:
    every = sorted(before.keys() | after.keys())
    for what, run in groupby(every, key=lambda each: _verdict(before.get(each), after.get(each))):
        if not what:
            continue
        transfers = list(run)
        if len(transfers) > FEW:
            yield from _many(what, transfers)
        else:
            for transfer_id in transfers:
                yield from _one(what, transfer_id)


def _verdict(was: tuple[bytes, ...] | None, now: tuple[bytes, ...] | None) -> tuple[str, ...]:
    """Which PARTS of a transfer differ, or that it went or came; nothing for one that is as it was."""
    if now is None:
        return _REMOVED
    if was is None:
        return _PUT_IN
    return tuple(part for part, mine, theirs in zip(PARTS, was, now, strict=True) if mine != theirs)


def _one(what: tuple[str, ...], transfer_id: int) -> Iterator[Fault]:
    places: dict[str, object] = {"transfer": transfer_id}
    if what == _REMOVED:
        yield Fault("seals", "transfer %(transfer)s, which it closed, was removed.", places)
    elif what == _PUT_IN:
        yield Fault("seals", "transfer %(transfer)s was put in afterwards, among those it closed.", places)
    else:
        for part in what:
            sentence = f"of transfer %(transfer)s, which it closed, {_TOUCHED[part]} were changed."
            yield Fault("seals", sentence, places)


def _many(what: tuple[str, ...], transfers: Sequence[int]) -> Iterator[Fault]:
    places: dict[str, object] = {"count": len(transfers), "first": transfers[0], "last": transfers[-1]}
    those = "%(count)s transfers, from %(first)s to %(last)s,"
    if what == _REMOVED:
        yield Fault("seals", f"{those} which it closed, were removed.", places)
    elif what == _PUT_IN:
        yield Fault("seals", f"{those} were put in afterwards, among those it closed.", places)
    else:
        for part in what:
            yield Fault("seals", f"of {those} which it closed, {_MANY_TOUCHED[part]} were changed.", places)
