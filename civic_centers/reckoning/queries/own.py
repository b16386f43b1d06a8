"""One's own purse: movements, receipts, and for makers what who has left still owes or is owed."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from civic_centers.purchasing.policies import keeps_cycle
from civic_centers.purchasing.tables import OrderCycle
from civic_centers.reckoning.policies import in_zones
from civic_centers.reckoning.queries.balances import balance_column
from civic_centers.reckoning.rules import PARTY, Facts, seal_of
from civic_centers.reckoning.tables import Purse, PurseEntry, PurseWords
from community.parties.tables import Party
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing

PAGE = 40


@dataclass(frozen=True)
class Line:
    """A movement of a household: `cents` above zero came in its favour."""

    id: int
    at: datetime
    kind: str
    cents: int
    title: str
    """Of the cycle, or the words of what was brought along; empty where it is of none."""
    number: int | None
    year: int | None
    undone: bool
    inward: bool
    """Whether what moved was between households: from a household that became part of this one."""
    as_of: date | None = None
    """Of what was brought along: the day on which it stood so."""


@dataclass(frozen=True)
class Receipt:
    """What a receipt says: never in which way it was paid, nor who took it."""

    id: int
    number: int
    year: int
    at: datetime
    kind: str
    cents: int
    name: str
    title: str
    seal: str
    whole: bool
    """Whether the seal still closes over what it says; also where the name was let go of after its ten years."""
    taken_back: str
    """The number of the receipt that takes it back."""
    takes_back: str


def purses_of(session: Session, party_id: int) -> list[int]:
    """The numbers of the purses a household reads: its own, and those that went over to it."""
    mine = or_(col(Purse.party_id) == party_id, col(Purse.heir_party_id) == party_id)
    return [number for number in session.scalars(select(col(Purse.id)).where(mine)) if number is not None]


def lines_of(session: Session, party_id: int, *, before: int | None = None, limit: int | None = PAGE) -> list[Line]:
    """The movements of a household, the newest first; what only passed between its own purses is left out."""
    purses = purses_of(session, party_id)
    back = aliased(PurseEntry)
    undone = select(col(back.id)).where(col(back.reverses_id) == col(PurseEntry.id)).correlate(PurseEntry).exists()
    source, target = col(PurseEntry.from_purse_id), col(PurseEntry.to_purse_id)
    statement = (
        select(PurseEntry, col(OrderCycle.title), undone, PurseWords)
        .outerjoin(PurseWords, (col(PurseWords.entry_id) == col(PurseEntry.id)) & (col(PurseEntry.kind) == "opening"))
        .outerjoin(OrderCycle, col(OrderCycle.id) == col(PurseEntry.cycle_id))
        .where(or_(source.in_(purses), target.in_(purses)), ~(source.in_(purses) & target.in_(purses)))
        .order_by(col(PurseEntry.id).desc())
    )
    if before is not None:
        statement = statement.where(col(PurseEntry.id) < before)
    if limit is not None:
        statement = statement.limit(limit + 1)
    return [
        Line(
            entry.id or 0, entry.at, entry.kind, entry.cents if entry.to_purse_id in purses else -entry.cents,
            title or (words.words if words is not None else ""), entry.receipt_number, entry.receipt_year, bool(gone),
            entry.to_purse_id in purses, entry.as_of,
        )
        for entry, title, gone, words in session.execute(statement)
    ]  # fmt: skip


def receipt_for(session: Session, actor: Actor, year: int, number: int) -> Receipt:
    """A receipt: for the household it is of, and for who keeps the till of its cycle. Raises Missing."""
    entry, purse, title = _receipt_row(session, actor, year, number)
    own = actor.party_id is not None and actor.party_id in (purse.party_id, purse.heir_party_id)
    if not own and not _keeps(session, actor, entry):
        raise Missing()
    return _receipt(session, entry, purse, title)


def receipt_to_take_back(session: Session, actor: Actor, year: int, number: int) -> Receipt:
    """The same for who keeps the till alone. Raises Missing."""
    entry, purse, title = _receipt_row(session, actor, year, number)
    if not _keeps(session, actor, entry):
        raise Missing()
    return _receipt(session, entry, purse, title)


def _receipt_row(session: Session, actor: Actor, year: int, number: int) -> tuple[PurseEntry, Purse, str]:
    statement = (
        select(PurseEntry, Purse, col(OrderCycle.title))
        .join(Purse, col(Purse.id).in_((col(PurseEntry.from_purse_id), col(PurseEntry.to_purse_id))))
        .outerjoin(OrderCycle, col(OrderCycle.id) == col(PurseEntry.cycle_id))
        .where(
            col(PurseEntry.community_id) == actor.community_id,
            col(PurseEntry.receipt_year) == year,
            col(PurseEntry.receipt_number) == number,
            col(Purse.kind) == PARTY,
        )
    )
    found = session.execute(statement).one_or_none()
    if found is None:
        raise Missing()
    return found[0], found[1], found[2] or ""


def _keeps(session: Session, actor: Actor, entry: PurseEntry) -> bool:
    if entry.cycle_id is None:
        return False
    return (
        session.scalar(select(col(OrderCycle.id)).where(col(OrderCycle.id) == entry.cycle_id, keeps_cycle(actor)))
        is not None
    )


def _receipt(session: Session, entry: PurseEntry, purse: Purse, title: str) -> Receipt:
    words = session.exec(select(PurseWords).where(col(PurseWords.entry_id) == entry.id)).one_or_none()
    other = select(PurseEntry).where(col(PurseEntry.reverses_id) == entry.id)
    back = session.exec(other).one_or_none()
    forth = session.get(PurseEntry, entry.reverses_id) if entry.reverses_id is not None else None
    name, salt = (words.name, words.salt_key) if words is not None else ("", "")
    facts = Facts(
        entry.community_id, entry.receipt_year or 0, entry.receipt_number or 0, entry.kind, purse.party_id or 0,
        entry.cents, entry.at, name, entry.cycle_id or 0,
    )  # fmt: skip
    return Receipt(
        id=entry.id or 0,
        number=entry.receipt_number or 0,
        year=entry.receipt_year or 0,
        at=entry.at,
        kind=_shown_kind(entry, forth),
        cents=entry.cents,
        name=name,
        title=title,
        seal=entry.digest,
        whole=not salt or seal_of(facts, salt) == entry.digest,
        taken_back=_number(back),
        takes_back=_number(forth),
    )


def _shown_kind(entry: PurseEntry, forth: PurseEntry | None) -> str:
    """A share that the quota paid is a payment on its receipt, and so is what takes it back."""
    kind = "payment" if entry.kind == "quota" else entry.kind
    if kind == "reversal" and forth is not None and forth.kind == "refund":
        return "reversed_refund"
    return kind


def _number(entry: PurseEntry | None) -> str:
    return "" if entry is None or entry.receipt_number is None else f"{entry.receipt_number}/{entry.receipt_year}"


def left_behind(session: Session, actor: Actor) -> list[tuple[Party, int]]:
    """The families that have left with something open, where the actor settles that: (party, balance)."""
    balance = balance_column()
    statement = (
        select(Party, balance)
        .join(Purse, col(Purse.party_id) == col(Party.id))
        .where(in_zones(actor), col(Party.closed_at).is_not(None), col(Purse.heir_party_id).is_(None), balance != 0)
        .order_by(col(Party.id))
    )
    return [(party, int(cents)) for party, cents in session.execute(statement.limit(200))]


def number_left_behind(session: Session, actor: Actor) -> int:
    """How many they are."""
    closed = (in_zones(actor), col(Party.closed_at).is_not(None), col(Purse.heir_party_id).is_(None))
    statement = select(func.count()).select_from(Purse).join(Party, col(Purse.party_id) == col(Party.id))
    return session.scalar(statement.where(*closed, balance_column() != 0)) or 0
