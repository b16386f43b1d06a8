"""The record of deeds as its seals see it: line by line, a few thousand at a time.

The hashes are made with what makes those of the ledger (canonical.py); docs/decisions/0046 tells it to people.
"""

from dataclasses import dataclass
from struct import Struct
from typing import Any

from sqlalchemy import Row, text

from exchanges.ledger.queries.canonical import Tree, digest, leaf, packed
from exchanges.ledger.queries.sealed import columns_as_hashed, within
from foundation.database import Session

VERSION = 1
AT_ONCE = 5000
"""How many lines are read at a time."""

LINE = {
    "when": ("id", "community_id", "at"),
    "who": ("actor_person_id", "party_id", "recorded_by_person_id"),
    "what": ("verb", "kind", "object_id", "detail"),
}
"""What the hash of a line is made of, in this order."""
SEAL = ("number", "made_at", "last_entry_id", "lines", "root", "previous")
"""In this order they make the hash of a seal of the record; the version stands before them."""
OWN_KIND = "record_seal"
"""Of the line that each seal of the record leaves in the record itself: alone it is nothing new to seal."""
_MARK = Struct(">q" + "4s" * len(LINE))

Marks = dict[int, tuple[bytes, ...]]


@dataclass(slots=True)
class Closed:
    """What a seal says of a stretch of the record, apart from its place in the chain."""

    lines: int
    last_entry_id: int
    root: str
    marks: bytes
    news: bool
    """Whether any of it is more than the lines of the seals themselves."""


def closed_by(session: Session, after: int, upto: int, most: int | None = None) -> Closed:
    """The lines with ids above `after` up to `upto`, in order, taken together; no more than `most`."""
    tree, marks, last, news = Tree(), bytearray(), 0, False
    while most is None or tree.size < most:
        count = AT_ONCE if most is None else min(AT_ONCE, most - tree.size)
        rows = _read(session, after, upto, count)
        for row in rows:
            digests = _digests(tuple(row))
            tree.add(leaf(digests))
            marks += _MARK.pack(row[0], *(each[:4] for each in digests))
            news = news or row.kind != OWN_KIND
        last = rows[-1][0] if rows else last
        after = last
        if len(rows) < count:
            break
    return Closed(tree.size, last, tree.root, bytes(marks), news)


def marks_of(kept: object) -> Marks | None:
    """The marks of a seal as they were read; None when they were cut."""
    if not isinstance(kept, bytes | memoryview) or len(bytes(kept)) % _MARK.size:
        return None
    return {found[0]: tuple(found[1:]) for found in _MARK.iter_unpack(bytes(kept))}


def seal_hash(values: list[object]) -> str:
    """The hash of a seal of the record, from its values in the order of SEAL."""
    return digest("record seal", packed(values)).hex()


def record_seal_rows(session: Session) -> list[Row[Any]]:
    """The seals of the record as they are hashed, in order, with version, hash and marks."""
    columns = columns_as_hashed(session, "s", (*SEAL, "version", "hash", "marks"))
    return list(session.execute(text(f"SELECT {columns} FROM record_seal s ORDER BY s.number, s.hash")))


def lines_dated(session: Session, after: int, upto: int, before: str, later: str) -> list[tuple[int, str]]:
    """The lines with ids above `after` up to `upto` that say they were written before or after moments."""
    at = columns_as_hashed(session, "a", ("at",)).removesuffix(" AS at")
    rows = session.execute(
        text(
            f"SELECT a.id, {at} FROM audit_entry a WHERE a.id BETWEEN :first AND :upto "
            f"AND ({at} < :before OR {at} > :later) ORDER BY a.id LIMIT {AT_ONCE}"
        ),
        {**within(after, upto), "before": before, "later": later},
    )
    return [(line, str(said)) for line, said in rows]


def seal_lines(session: Session) -> list[tuple[object, object]]:
    """Number and hash of every seal of the record, as the record itself tells of them."""
    rows = session.execute(
        text(
            "SELECT object_id, CAST(detail AS TEXT) FROM audit_entry "
            f"WHERE kind = '{OWN_KIND}' AND verb = 'sealed' ORDER BY id"
        )
    )
    return [(number, str(detail)) for number, detail in rows]


def _digests(row: tuple[Any, ...]) -> tuple[bytes, ...]:
    found, at = [], 0
    for part, columns in LINE.items():
        found.append(digest(f"record {part}", packed(row[at : at + len(columns)])))
        at += len(columns)
    return tuple(found)


def _read(session: Session, after: int, upto: int, count: int) -> list[Row[Any]]:
    plain = [name for columns in LINE.values() for name in columns if name != "detail"]
    columns = columns_as_hashed(session, "a", plain)
    return list(
        session.execute(
            text(
                f"SELECT {columns}, CAST(a.detail AS TEXT) AS detail FROM audit_entry a "
                "WHERE a.id BETWEEN :first AND :upto ORDER BY a.id LIMIT :count"
            ),
            {**within(after, upto), "count": count},
        )
    )
