"""The statement of one account: its entries with the running balance, newest first."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select
from sqlalchemy.orm import Mapped, aliased
from sqlmodel import col

from community.members.tables import Person
from community.parties.tables import Party
from exchanges.ledger.tables import Account, Entry, Transfer
from foundation.database import Session

PAGE = 50
KINDS = ("all", "given", "received", "other")


@dataclass(frozen=True, slots=True)
class Wish:
    """What of a statement is asked for: from `since` up to before `until`, of one of KINDS, before an entry."""

    since: datetime | None = None
    until: datetime | None = None
    kind: str = "all"
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Movement:
    """One entry of an account. `minutes` above zero came in, below zero went out."""

    sequence: int
    transfer_id: int
    at: datetime
    kind: str
    memo: str
    minutes: int
    balance_after: int
    source_kind: str
    source_id: int | None
    recorded_by: str
    """The name of who recorded it; empty when a rule of the community did."""
    for_party_id: int | None
    with_parties: tuple[str, ...]
    """The other sides, by name; the fund is among them, the issue account has none."""
    undoes: str
    """The kind of the transfer that this one undoes; empty for none."""
    undone: bool


def statement_of(session: Session, account_id: int, wish: Wish, limit: int = PAGE) -> list[Movement]:
    """The newest entries that the wish asks for, one more than `limit` when there are more."""
    rows = session.execute(_movements((account_id,), wish).limit(limit + 1)).all()
    return list(_with_others(session, rows))


def whole_statement(session: Session, account_id: int, wish: Wish) -> Iterator[Movement]:
    """Every entry that the wish asks for, newest first, a page at a time."""
    before = wish.before
    while True:
        asked = Wish(wish.since, wish.until, wish.kind, before)
        rows = session.execute(_movements((account_id,), asked).limit(500)).all()
        if not rows:
            return
        yield from _with_others(session, rows)
        before = rows[-1][0]


def statements_of(session: Session, account_ids: Collection[int], wish: Wish) -> dict[int, list[Movement]]:
    """The entries of many accounts that the wish asks for, by account, the oldest first."""
    rows = session.execute(_movements(account_ids, wish)).all()
    found: dict[int, list[Movement]] = {account_id: [] for account_id in account_ids}
    for row, movement in zip(rows, _with_others(session, rows), strict=True):
        found[row[-1]].insert(0, movement)
    return found


def _movements(account_ids: Collection[int], wish: Wish) -> Select[*tuple[Any, ...]]:
    original, undoing = aliased(Transfer), aliased(Transfer)
    statement = (
        select(
            col(Entry.sequence),
            col(Entry.minutes),
            col(Entry.balance_after),
            col(Transfer.id),
            col(Transfer.at),
            col(Transfer.kind),
            col(Transfer.memo),
            col(Transfer.source_kind),
            col(Transfer.source_id),
            col(Transfer.for_party_id),
            col(Person.given_name),
            col(Person.family_name),
            col(original.kind),
            col(undoing.id),
            col(Entry.account_id),
        )
        .select_from(Entry)
        .join(Transfer, col(Transfer.id) == col(Entry.transfer_id))
        .outerjoin(Person, col(Person.id) == col(Transfer.recorded_by_id))
        .outerjoin(original, col(original.id) == col(Transfer.reverses_id))
        .outerjoin(undoing, col(undoing.reverses_id) == col(Transfer.id))
        .where(col(Entry.account_id).in_(account_ids))
        .order_by(col(Entry.sequence).desc())
    )
    if wish.before is not None:
        statement = statement.where(col(Entry.sequence) < wish.before)
    if wish.since is not None:
        statement = statement.where(col(Transfer.at) >= wish.since)
    if wish.until is not None:
        statement = statement.where(col(Transfer.at) < wish.until)
    if wish.kind != "all":
        statement = statement.where(_of_kind(wish.kind, col(original.kind)))
    return statement


def _of_kind(kind: str, original_kind: Mapped[str]) -> ColumnElement[bool]:
    """Entries given, received, or neither; what undoes one is shown with it."""
    exchanged = or_(col(Transfer.kind) == "exchange", original_kind == "exchange")
    if kind == "other":
        return ~exchanged | and_(col(Transfer.kind) == "reversal", original_kind != "exchange")
    inward = or_(
        and_(col(Transfer.kind) == "exchange", col(Entry.minutes) > 0),
        and_(col(Transfer.kind) == "reversal", col(Entry.minutes) < 0),
    )
    return and_(exchanged, inward if kind == "given" else ~inward)


def _with_others(session: Session, rows: Sequence[Row[*tuple[Any, ...]]]) -> Iterator[Movement]:
    sides = _sides(session, [row[3] for row in rows])
    for row in rows:
        sequence, minutes, balance_after, transfer_id, at, kind, memo, source_kind, source_id, party_id = row[:10]
        given_name, family_name, undoes, undone, account_id = row[10:]
        yield Movement(
            sequence=sequence,
            transfer_id=transfer_id,
            at=at,
            kind=kind,
            memo=memo,
            minutes=minutes,
            balance_after=balance_after,
            source_kind=source_kind,
            source_id=source_id,
            recorded_by=f"{given_name or ''} {family_name or ''}".strip(),
            for_party_id=party_id,
            with_parties=tuple(name for account, name in sides[transfer_id] if account != account_id),
            undoes=undoes or "",
            undone=undone is not None,
        )


def _sides(session: Session, transfer_ids: Iterable[int]) -> dict[int, list[tuple[int, str]]]:
    """The accounts of parties in each transfer, with the party's name."""
    statement = (
        select(col(Entry.transfer_id), col(Entry.account_id), col(Party.name))
        .join(Account, col(Account.id) == col(Entry.account_id))
        .join(Party, col(Party.id) == col(Account.party_id))
        .where(col(Entry.transfer_id).in_(list(transfer_ids)))
        .order_by(col(Entry.transfer_id), col(Entry.position))
    )
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for transfer_id, account_id, name in session.execute(statement):
        found[transfer_id].append((account_id, name))
    return found
