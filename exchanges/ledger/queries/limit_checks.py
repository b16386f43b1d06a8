"""Verification of the limits: no entry and no reservation took an account beyond what was in force at the time."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol, cast

from sqlalchemy import text
from sqlmodel import col, select

from community.communities.tables import CommunityRules
from exchanges.ledger.queries.checks import Fault, scoped
from exchanges.ledger.rules import FUND_FLOOR, RULES_GRACE_SECONDS
from exchanges.ledger.tables import AccountLimit
from foundation.database import Session, UtcDateTime

GRACE = timedelta(seconds=RULES_GRACE_SECONDS)


@dataclass
class _Limits:
    """Limits that came into force one after another, from a moment or from an entry on; None is no limit of its own."""

    since: list[datetime] | list[int] = field(default_factory=list)
    floors: list[int | None] = field(default_factory=list)
    ceilings: list[int | None] = field(default_factory=list)


# Only entries beyond the strictest limit there ever was are looked at one by one. (SQLite reads CROSS JOIN in the
# order written: all entries, and few of them go on.) What an entry took of its own reservation was free beforehand,
# so only what goes beyond is held against the floor.
_SUSPECTS = """SELECT a.id AS account, a.kind AS kind, c.community_id AS community, e.sequence AS sequence,
    c.at AS at, TRUE AS is_entry, e.minutes + coalesce((SELECT sum(r.minutes) FROM reservation r
      WHERE r.account_id = a.id AND r.settled_sequence = e.sequence), 0) AS beyond,
    e.minutes AS minutes, e.balance_after AS balance, e.balance_after - e.reserved_after AS available
  FROM entry e CROSS JOIN account a CROSS JOIN transfer c
  WHERE a.id = e.account_id AND c.id = e.transfer_id AND {in_community}
    AND a.kind <> 'issue' AND c.kind NOT IN ('opening', 'leaving', 'reversal')
    AND ((e.minutes < 0 AND e.balance_after - e.reserved_after
        < CASE a.kind WHEN 'fund' THEN :fund_floor ELSE :highest_floor END)
      OR (e.minutes > 0 AND e.balance_after > :lowest_ceiling))
  UNION ALL
  SELECT a.id, a.kind, c.community_id, r.opened_sequence + 1, r.reserved_at, FALSE, -r.minutes, -r.minutes,
    NULL, r.available_after
  FROM reservation r JOIN account a ON a.id = r.account_id JOIN account c ON c.id = a.id
  WHERE {in_community} AND r.available_after < CASE a.kind WHEN 'fund' THEN :fund_floor ELSE :highest_floor END"""


class _Suspect(Protocol):
    """A row of _SUSPECTS."""

    account: int
    kind: str
    community: int
    is_entry: bool
    sequence: int
    at: datetime
    beyond: int
    minutes: int
    balance: int
    available: int


def limit_faults(session: Session, community_id: int | None) -> Iterator[Fault]:
    """Entries and reservations that took an account beyond the limits in force at the time."""
    rules, own = _rules(session), _own_limits(session)
    every = [*rules.values(), *own.values()]
    highest = max((floor for limits in every for floor in limits.floors if floor is not None), default=0)
    lowest = min((ceiling for limits in every for ceiling in limits.ceilings if ceiling is not None), default=0)
    suspects = session.execute(
        text(scoped(_SUSPECTS, community_id)).columns(at=UtcDateTime),
        {"highest_floor": highest, "fund_floor": FUND_FLOOR, "lowest_ceiling": lowest},
        execution_options={"yield_per": 1000},
    )
    for found in suspects:
        row = cast(_Suspect, found)
        floor = _in_force(rules, own, row, "floors")
        ceiling = _in_force(rules, own, row, "ceilings")
        what = {"account": row.account, "sequence": row.sequence, "balance": row.balance, "available": row.available}
        if row.beyond < 0 and floor is not None and row.available < floor:
            yield Fault(
                "floor",
                (
                    "Account %(account)s: at entry %(sequence)s %(available)s minutes were left, "
                    "below its floor of %(limit)s."
                ),
                {**what, "limit": floor},
            )
        if row.minutes > 0 and ceiling is not None and row.balance > ceiling:
            yield Fault(
                "ceiling",
                (
                    "Account %(account)s: entry %(sequence)s took it to %(balance)s minutes, "
                    "above its ceiling of %(limit)s."
                ),
                {**what, "limit": ceiling},
            )


def _in_force(rules: dict[int, _Limits], own: dict[int, _Limits], row: _Suspect, which: str) -> int | None:
    """The limit of an account at an entry or reservation; the loosest where it cannot be told which one held."""
    possible = _own_in_force(own[row.account], row, which) if row.account in own else [None]
    held = [limit for limit in possible if limit is not None]
    if len(held) < len(possible):
        if row.kind == "fund" and which == "ceilings":
            return None
        held += [FUND_FLOOR] if row.kind == "fund" else _community_in_force(rules, row, which)
    if not held:
        return None
    return min(held) if which == "floors" else max(held)


def _own_in_force(limits: _Limits, row: _Suspect, which: str) -> list[int | None]:
    """What the account's own limits said; None among them where it was the community's that held."""
    values: list[int | None] = [None, *getattr(limits, which)]
    last = bisect_right(limits.since, row.sequence - 1)
    if row.is_entry:
        return [values[last]]
    # A limit set between the same two entries as the reservation may have come before or after it.
    return values[bisect_right(limits.since, row.sequence - 2) : last + 1]


def _community_in_force(rules: dict[int, _Limits], row: _Suspect, which: str) -> list[int]:
    """The community's limit at that moment, and those before it within the grace of a change."""
    limits = rules.get(row.community)
    if limits is None:
        return []
    last = max(bisect_right(limits.since, row.at), 1)
    first = max(bisect_right(limits.since, row.at - GRACE), 1)
    return list(getattr(limits, which)[first - 1 : last])


def _rules(session: Session) -> dict[int, _Limits]:
    found: dict[int, _Limits] = defaultdict(_Limits)
    statement = select(
        CommunityRules.community_id,
        CommunityRules.in_force_from,
        CommunityRules.floor_minutes,
        CommunityRules.ceiling_minutes,
    ).order_by(col(CommunityRules.in_force_from), col(CommunityRules.id))
    for community_id, since, floor, ceiling in session.exec(statement):
        _add(found[community_id], since, floor, ceiling)
    return dict(found)


def _own_limits(session: Session) -> dict[int, _Limits]:
    found: dict[int, _Limits] = defaultdict(_Limits)
    statement = select(
        AccountLimit.account_id,
        AccountLimit.from_sequence,
        AccountLimit.floor_minutes,
        AccountLimit.ceiling_minutes,
    ).order_by(col(AccountLimit.from_sequence), col(AccountLimit.id))
    for account_id, since, floor, ceiling in session.exec(statement):
        _add(found[account_id], since, floor, ceiling)
    return dict(found)


def _add(limits: _Limits, since: datetime | int, floor: int | None, ceiling: int | None) -> None:
    limits.since.append(since)  # type: ignore[arg-type]  # moments for a community, entries for an account
    limits.floors.append(floor)
    limits.ceilings.append(ceiling)
