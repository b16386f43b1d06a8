"""Reading the history of a community as seals see it: transfer by transfer, a few thousand at a time.

What happened on an account between two of its entries (it was opened, minutes were promised or given back, limits were
set) belongs to the later entry, and so to that entry's transfer: from then on nothing of it can change any more, and
nothing can be added, since all of it is numbered by the entry before and written under the account's lock.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from struct import Struct
from typing import Any

from sqlalchemy import Row, text

from exchanges.ledger.queries import canonical
from exchanges.ledger.queries.canonical import PARTS, Tree, digest, leaf, packed
from foundation.database import Session

AT_ONCE = 2000
"""How many transfers are read at a time."""
BEFORE_ALL, AFTER_ALL = -(2**63) - 1, 2**63 - 1
"""Comes before every id, and after which there is none."""
_WITHIN = "BETWEEN :first AND :upto"
_MARK = Struct(">q" + "4s" * len(PARTS))
_MOMENTS = {"at", "opened_at", "reserved_at", "closed_at", "set_at", "in_force_from", "recorded_at", "made_at"}

Digests = tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A transfer as a seal sees it: its id, how many entries it has, and the digests of its PARTS."""

    transfer_id: int
    entries: int
    digests: Digests

    @property
    def mark(self) -> bytes:
        """The id and the beginning of each digest."""
        return _MARK.pack(self.transfer_id, *(each[:4] for each in self.digests))


@dataclass(slots=True)
class Summary:
    """What a seal says of a stretch of history, apart from its place in the chain."""

    transfers: int
    entries: int
    last_transfer_id: int
    root: str
    marks: bytes


def marks_of(kept: bytes) -> dict[int, tuple[bytes, ...]]:
    """The marks a seal kept, by transfer. Raises ValueError when they were cut."""
    if len(kept) % _MARK.size:
        raise ValueError("the marks of a seal are not whole")
    return {found[0]: tuple(found[1:]) for found in _MARK.iter_unpack(kept)}


def summary_of(leaves: Iterator[Leaf]) -> Summary:
    """Take the leaves together."""
    tree, marks, entries, last = Tree(), bytearray(), 0, 0
    for each in leaves:
        tree.add(leaf(each.digests))
        marks += each.mark
        entries += each.entries
        last = each.transfer_id
    return Summary(tree.size, entries, last, tree.root, bytes(marks))


def leaves_of(session: Session, community_id: int, after: int, upto: int, most: int | None = None) -> Iterator[Leaf]:
    """The transfers of a community with ids above `after` up to `upto`, in order; no more than `most`."""
    left = most
    while left is None or left > 0:
        count = AT_ONCE if left is None else min(AT_ONCE, left)
        found = _read(session, community_id, after, upto, count)
        yield from found
        if len(found) < count:
            return
        after = found[-1].transfer_id
        left = None if left is None else left - count


def rules_digest(session: Session, community_id: int, after: int, upto: int) -> str:
    """The hash of the rules of a community with ids above `after` up to `upto`."""
    rows = session.execute(
        text(
            f"SELECT {_columns('r', canonical.RULES, _dialect(session))} FROM community_rules r "
            f"WHERE r.community_id = :community_id AND r.id {_WITHIN} ORDER BY r.id"
        ),
        {"community_id": community_id, **within(after, upto)},
    )
    return digest("rules", "".join(packed(row) for row in rows)).hex()


def rules_between(session: Session, community_id: int, after: int, upto: int) -> list[tuple[int, str]]:
    """The rules of a community with ids above `after` up to `upto`, and since when they hold, as it is hashed."""
    columns = _columns("r", ("id", "in_force_from"), _dialect(session))
    rows = session.execute(
        text(f"SELECT {columns} FROM community_rules r WHERE r.community_id = :community_id AND r.id {_WITHIN}"),
        {"community_id": community_id, **within(after, upto)},
    )
    return [(rules_id, str(since)) for rules_id, since in rows]


def transfers_dated(
    session: Session, community_id: int, after: int, upto: int, before: str, later: str
) -> list[tuple[int, str]]:
    """The transfers of a community with ids above `after` up to `upto` that say they were made before or after moments.

    Moments are written as they are hashed, and so are those that are given, with each the transfer's id.
    """
    made = _columns("t", ("at",), _dialect(session)).removesuffix(" AS at")
    rows = session.execute(
        text(
            f"SELECT t.id, {made} FROM transfer t WHERE +t.community_id = :community_id "
            f"AND t.id {_WITHIN} AND ({made} < :before OR {made} > :later) ORDER BY t.id LIMIT {AT_ONCE}"
        ),
        {"community_id": community_id, **within(after, upto), "before": before, "later": later},
    )
    return [(transfer_id, str(at)) for transfer_id, at in rows]


def seal_rows(session: Session, community_id: int) -> Iterator[Row[Any]]:
    """The seals of a community as they are hashed, in order, with version, hash and marks."""
    columns = _columns("s", (*canonical.SEAL, "version", "hash", "marks"), _dialect(session))
    return iter(
        session.execute(
            text(f"SELECT {columns} FROM seal s WHERE s.community_id = :community_id ORDER BY s.number, s.hash"),
            {"community_id": community_id},
            execution_options={"yield_per": 10},
        )
    )


def _read(session: Session, community_id: int, after: int, upto: int, count: int) -> list[Leaf]:
    dialect = _dialect(session)
    transfers = session.execute(
        text(
            f"SELECT {_columns('t', canonical.HEADING + canonical.WORDS, dialect)} FROM transfer t "
            f"WHERE +t.community_id = :community_id AND t.id {_WITHIN} ORDER BY t.id LIMIT :count"
        ),
        {"community_id": community_id, **within(after, upto), "count": count},
    ).all()
    if not transfers:
        return []
    these = {"community_id": community_id, "first": transfers[0][0], "last": transfers[-1][0]}
    found = {name: _by_transfer(session, query, these) for name, query in _queries(dialect).items()}
    erased = _erased(session, these)
    return [_leaf(tuple(row), found, erased) for row in transfers]


def _erased(session: Session, these: Mapping[str, int]) -> dict[int, bytes]:
    """The hashes that were kept of words that were erased."""
    query = "SELECT transfer_id, digest FROM erased_words WHERE transfer_id BETWEEN :first AND :last"
    rows = session.execute(text(query), {"first": these["first"], "last": these["last"]})
    return {transfer_id: _bytes(kept) for transfer_id, kept in rows}


def _bytes(kept: object) -> bytes:
    """What somebody changed into no hash hashes to something else: that is all there is to know of it."""
    try:
        return bytes.fromhex(str(kept))
    except ValueError:
        return digest("words", packed([str(kept)]))


def words_digest(memo: str) -> bytes:
    """The hash of the words of a transfer."""
    return digest("words", packed([memo]))


def _leaf(row: Sequence[Any], found: Mapping[str, Mapping[int, list[str]]], erased: Mapping[int, bytes]) -> Leaf:
    # Words that are there speak for themselves, whatever is kept in their place.
    words = erased[row[0]] if row[-1] == "" and row[0] in erased else digest("words", packed(row[-1:]))
    digests = [digest("heading", packed(row[:-1])), words]
    for name, by_transfer in found.items():
        rows = by_transfer.get(row[0])
        digests.append(digest(name, "".join(rows)) if rows else _NOTHING[name])
    return Leaf(row[0], len(found["entries"].get(row[0], ())), tuple(digests))


_NOTHING = {name: digest(name, "") for name in PARTS}


def _by_transfer(session: Session, query: str, within: Mapping[str, int]) -> dict[int, list[str]]:
    """The packed rows of a query, by the transfer in its first column."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for transfer_id, *values in session.execute(text(query), within):
        found[transfer_id].append(packed(values))
    return found


# Read in this order, from the entries to the rest: CROSS JOIN keeps SQLite from beginning with all reservations, and
# the plus from going through the whole community by its index.
_FROM_ENTRIES = """SELECT t.id, {columns} FROM transfer t CROSS JOIN entry e {others}
  WHERE +t.community_id = :community_id AND t.id BETWEEN :first AND :last AND e.transfer_id = t.id {where}
  ORDER BY t.id, e.position, {order}"""
_JOINED = {
    "entries": ("e", canonical.ENTRY, "", "", "e.account_id, e.sequence"),
    "accounts": ("a", canonical.ACCOUNT, "account a", "AND e.sequence = 1 AND a.id = e.account_id", "a.id"),
    "promised": ("r", canonical.PROMISED, "reservation r", "AND r.opened_sequence = e.sequence - 1", "r.id"),
    "closed": ("r", canonical.CLOSED, "reservation r", "AND r.closed_sequence = e.sequence - 1", "r.id"),
    "limits": ("l", canonical.LIMIT, "account_limit l", "AND l.from_sequence = e.sequence - 1", "l.id"),
}


@cache
def _queries(dialect: str) -> dict[str, str]:
    """For each of the PARTS after the first two, how its rows are found."""
    queries = {}
    for name, (alias, columns, table, where, order) in _JOINED.items():
        on_account = f" AND {alias}.account_id = e.account_id" if alias in {"r", "l"} else ""
        queries[name] = _FROM_ENTRIES.format(
            columns=_columns(alias, columns, dialect),
            others=f"CROSS JOIN {table}" if table else "",
            where=where + on_account,
            order=order,
        )
    return queries


def columns_as_hashed(session: Session, alias: str, names: Iterable[str]) -> str:
    """The columns of a table, its moments in the one form that is hashed."""
    return _columns(alias, names, _dialect(session))


def _columns(alias: str, names: Iterable[str], dialect: str) -> str:
    """The columns of a table, its moments in the one form that is hashed."""

    def moment(column: str) -> str:
        if dialect == "sqlite":
            written = f"substr({column}, 1, 10) || 'T' || substr({column}, 12) || 'Z'"
            # In any other form it is no moment of ours, and is not to pass for one: nor with more behind an U+0000.
            as_we_write = (
                f"typeof({column}) = 'text' AND substr({column}, 11, 1) = ' ' AND length(CAST({column} AS BLOB)) = 26"
            )
            return f"CASE WHEN {as_we_write} THEN {written} ELSE '?' || {column} END"
        return f"""to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24\\:MI\\:SS.US"Z"')"""

    return ", ".join(
        f"{moment(f'{alias}.{name}')} AS {name}" if name in _MOMENTS else f"{alias}.{name}" for name in names
    )


def within(after: int, upto: int) -> dict[str, int]:
    """Ids above `after` up to `upto`: the smallest there can be among them, and nothing after the largest."""
    return {"first": after + 1, "upto": upto} if after < AFTER_ALL else {"first": 1, "upto": 0}


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name
