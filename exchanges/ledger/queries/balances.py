"""A balance as people read it: what was given, what was received, and what else moved."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, func, text
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from exchanges.ledger.queries.accounts import AccountState, account_of
from exchanges.ledger.tables import Account, Entry, Reservation, Transfer
from foundation import clock
from foundation.database import Session


@dataclass(frozen=True, slots=True)
class Balance:
    """All in minutes. balance = given - received + came_in - went_out."""

    account: AccountState
    given: int
    received: int
    came_in: int
    """Hours that came otherwise: gifts, grants, welcome hours, an opening balance."""
    went_out: int
    """Hours given away: gifts to others or to the fund."""

    @property
    def difference(self) -> int:
        """How much more was received than given in exchanges; below zero, how much more was given."""
        return self.received - self.given

    @property
    def has_other_hours(self) -> bool:
        """Whether hours moved otherwise than by exchanges, so that given and received alone are not the balance."""
        return bool(self.came_in or self.went_out)


@dataclass(frozen=True, slots=True)
class Month:
    """What one month moved, in minutes. `first` is its first day.

    An amount is below zero when more was undone in that month than was done.
    """

    first: date
    given: int = 0
    received: int = 0
    came_in: int = 0
    went_out: int = 0


@dataclass(frozen=True, slots=True)
class Whole:
    """All accounts of a community together. `total` is always zero."""

    accounts: int
    transfers: int
    exchanged: int
    """Minutes of help given in exchanges."""
    above: int
    """Minutes on accounts above zero."""
    below: int
    """Minutes on accounts below zero, as a number below zero."""
    fund: int

    @property
    def total(self) -> int:
        return self.above + self.below


# A reversal counts against what it undoes: hours given that never were are no longer given.
_FLOWS = """
  coalesce(sum(CASE WHEN coalesce(o.kind, t.kind) = 'exchange' AND (e.minutes > 0) <> (o.id IS NOT NULL)
    THEN e.minutes END), 0) AS given,
  -coalesce(sum(CASE WHEN coalesce(o.kind, t.kind) = 'exchange' AND (e.minutes < 0) <> (o.id IS NOT NULL)
    THEN e.minutes END), 0) AS received,
  coalesce(sum(CASE WHEN coalesce(o.kind, t.kind) <> 'exchange' AND (e.minutes > 0) <> (o.id IS NOT NULL)
    THEN e.minutes END), 0) AS came_in,
  -coalesce(sum(CASE WHEN coalesce(o.kind, t.kind) <> 'exchange' AND (e.minutes < 0) <> (o.id IS NOT NULL)
    THEN e.minutes END), 0) AS went_out
  FROM entry e JOIN transfer t ON t.id = e.transfer_id LEFT JOIN transfer o ON o.id = t.reverses_id
"""
_ALL_FLOWS = text(f"SELECT {_FLOWS} WHERE e.account_id = :account_id")


_OUT = (1, 3)


def balance_of(session: Session, party_id: int) -> Balance:
    """How a party stands. The caller has seen that the actor may know. Raises Missing."""
    account = account_of(session, party_id)
    flows = session.execute(_ALL_FLOWS, {"account_id": account.id}).one()
    return Balance(account, *(int(amount) for amount in flows))


def reserved_for(session: Session, account_id: int, source_kind: str) -> int:
    """How many of the minutes set aside on an account are promised to things of one kind."""
    statement = select(func.coalesce(func.sum(Reservation.minutes), 0)).where(
        col(Reservation.account_id) == account_id,
        col(Reservation.source_kind) == source_kind,
        col(Reservation.closed_at).is_(None),
    )
    return int(session.exec(statement).one())


def balance_on(session: Session, account_id: int, moment: datetime) -> int:
    """The balance as it was just before a moment, in minutes."""
    statement = (
        select(func.coalesce(func.sum(Entry.minutes), 0))
        .join(Transfer, col(Transfer.id) == col(Entry.transfer_id))
        .where(col(Entry.account_id) == account_id, col(Transfer.at) < moment)
    )
    return int(session.exec(statement).one())


def balances_of(session: Session, party_ids: Iterable[int]) -> dict[int, int]:
    """The balances of many parties, in minutes; 0 for those without an account."""
    wanted = list(party_ids)
    statement = select(Account.party_id, Account.balance).where(col(Account.party_id).in_(wanted))
    found = {party: balance for party, balance in session.exec(statement) if party is not None}
    return {party: found.get(party, 0) for party in wanted}


def months_of(session: Session, account_id: int, zone: str, count: int = 6) -> list[Month]:
    """The last `count` months up to this one, oldest first, by the calendar of a time zone."""
    firsts = last_months(clock.today(zone), count)
    months = {first: [0, 0, 0, 0] for first in firsts}
    original = aliased(Transfer)
    statement = (
        select(col(Transfer.at), col(Entry.minutes), col(Transfer.kind), col(original.kind))
        .join(Transfer, col(Transfer.id) == col(Entry.transfer_id))
        .outerjoin(original, col(original.id) == col(Transfer.reverses_id))
        .where(col(Entry.account_id) == account_id, col(Transfer.at) >= clock.start_of_day(firsts[0], zone))
    )
    for at, minutes, kind, original_kind in session.execute(statement):
        sums = months.get(clock.local(at, zone).date().replace(day=1))
        if sums is not None:
            where = _flow(minutes, original_kind or kind, undone=original_kind is not None)
            sums[where] += -minutes if where in _OUT else minutes
    return [Month(first, *sums) for first, sums in months.items()]


def whole_of(session: Session, community_id: int) -> Whole:
    """All accounts of a community together: anyone may see that they sum to zero."""
    of_community = col(Account.community_id) == community_id
    balance = col(Account.balance)
    accounts, above, below, fund = session.execute(
        select(
            func.count(),
            func.coalesce(func.sum(case((balance > 0, balance), else_=0)), 0),
            func.coalesce(func.sum(case((balance < 0, balance), else_=0)), 0),
            func.coalesce(func.sum(case((col(Account.kind) == "fund", balance), else_=0)), 0),
        ).where(of_community)
    ).one()
    transfers, exchanged = session.execute(_EXCHANGED, {"community_id": community_id}).one()
    return Whole(accounts, transfers, int(exchanged), int(above), int(below), int(fund))


_EXCHANGED = text("""
SELECT count(DISTINCT t.id), coalesce(sum(CASE
    WHEN coalesce(o.kind, t.kind) = 'exchange' AND a.kind = 'party' AND (e.minutes < 0) <> (o.id IS NOT NULL)
    THEN -e.minutes END), 0)
FROM transfer t JOIN entry e ON e.transfer_id = t.id JOIN account a ON a.id = e.account_id
  LEFT JOIN transfer o ON o.id = t.reverses_id
WHERE t.community_id = :community_id""")


def minutes_exchanged(session: Session, community_id: int, since: datetime) -> int:
    """How many minutes of help were given in exchanges since a moment; what was undone does not count."""
    undoing = aliased(Transfer)
    statement = (
        select(func.coalesce(func.sum(-col(Entry.minutes)), 0))
        .join(Transfer, col(Transfer.id) == col(Entry.transfer_id))
        .join(Account, col(Account.id) == col(Entry.account_id))
        .outerjoin(undoing, col(undoing.reverses_id) == col(Transfer.id))
        .where(
            col(Transfer.community_id) == community_id,
            col(Transfer.at) >= since,
            col(Transfer.kind) == "exchange",
            col(undoing.id).is_(None),
            col(Account.kind) == "party",
            col(Entry.minutes) < 0,
        )
    )
    return int(session.exec(statement).one())


def last_months(today: date, count: int) -> list[date]:
    """The first days of the last `count` months, this one included, oldest first."""
    number = today.year * 12 + today.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(number - count + 1, number + 1)]


def _flow(minutes: int, kind: str, *, undone: bool) -> int:
    """Which sum of a month an entry counts in: 0 given, 1 received, 2 came in, 3 went out.

    A reversal counts, with its opposite sign, in the sum of what it undoes.
    """
    inward = (minutes > 0) != undone
    if kind == "exchange":
        return 0 if inward else 1
    return 2 if inward else 3
