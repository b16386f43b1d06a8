"""Posting a transfer: the one place where minutes move.

Written for speed: one statement on PostgreSQL, three on SQLite, none of them through the mapper. The limits are held
under lock, by the statement itself; why one refused is only asked for afterwards.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Connection, text

from exchanges.ledger.actions.driving import for_psycopg, on_sqlite
from exchanges.ledger.actions.locking import RULES_AT, lock_accounts
from exchanges.ledger.queries.accounts import AccountState, party_names
from exchanges.ledger.rules import (
    EXEMPT_KINDS,
    FUND_FLOOR,
    LONGEST_KEY,
    LONGEST_MEMO,
    AlreadyReversed,
    KeyUsedBefore,
    Line,
    Posted,
    Source,
    available,
    check_lines,
    refused_above_ceiling,
    refused_below_floor,
    refused_fund_empty,
)
from foundation.access import Actor
from foundation.clock import now
from foundation.database import Session
from foundation.errors import N_

_TRIES = 3


@dataclass(frozen=True, slots=True)
class Heading:
    """Everything of a transfer but its entries."""

    community_id: int
    request_key: str
    kind: str
    source: Source
    memo: str
    at: datetime
    recorded_by_id: int | None
    for_party_id: int | None
    reverses_id: int | None = None

    @property
    def exempt(self) -> bool:
        return self.kind in EXEMPT_KINDS


def post_transfer(
    session: Session,
    actor: Actor,
    lines: Sequence[Line],
    *,
    request_key: str,
    kind: str,
    source: Source,
    memo: str = "",
    for_party_id: int | None = None,
    reverses_id: int | None = None,
    at: datetime | None = None,
) -> Posted:
    """Move minutes between accounts of the actor's community: two or more lines that sum to zero.

    The same `request_key` moves them once; the second time gives the first transfer. Raises BelowFloor or
    AboveCeiling when an account would pass its limits, unless the kind is exempt, and ValueError for lines that are
    no transfer. Who may do it is for the caller to know. `at` is the moment by whose rules the caller has reckoned.
    """
    check_lines(lines)
    if not 0 < len(request_key) <= LONGEST_KEY:
        raise ValueError("a transfer needs a request key of sensible length")
    heading = Heading(
        community_id=actor.community_id,
        request_key=request_key,
        kind=kind,
        source=source,
        memo=memo[:LONGEST_MEMO],
        at=at or now(),
        recorded_by_id=actor.recorder_id,
        for_party_id=for_party_id or actor.party_id,
        reverses_id=reverses_id,
    )
    session.flush()  # a party opened in this transaction must be there before its account moves
    connection = session.connection()
    write = _write_on_sqlite if connection.dialect.name == "sqlite" else _write_on_postgresql
    for _ in range(_TRIES):
        transfer_id = write(connection, heading, lines)
        if transfer_id is not None:
            return Posted(transfer_id)
        repeated = posted_before(session, heading)
        if repeated is not None:
            return repeated
        _refuse(session, actor, heading, lines)
    raise RuntimeError("a transfer was refused for no reason that could be found")


def posted_before(session: Session, heading: Heading) -> Posted | None:
    """The transfer that this very request has already led to.

    Raises KeyUsedBefore when the key belongs to a request for something else.
    """
    found = session.execute(
        text(
            "SELECT id, community_id, kind, source_kind, source_id, for_party_id FROM transfer "
            "WHERE request_key = :request_key"
        ),
        {"request_key": heading.request_key},
    ).one_or_none()
    if found is None:
        return None
    same = (heading.community_id, heading.kind, heading.source.kind, heading.source.id, heading.for_party_id)
    if tuple(found[1:]) != same:
        raise KeyUsedBefore()
    return Posted(found.id, repeated=True)


def already_posted(
    session: Session, actor: Actor, request_key: str, kind: str, source: Source, for_party_id: int | None = None
) -> Posted | None:
    """The same, for an action that looks before it posts."""
    whom = for_party_id or actor.party_id
    heading = Heading(actor.community_id, request_key, kind, source, "", now(), actor.recorder_id, whom)
    return posted_before(session, heading)


def _refuse(session: Session, actor: Actor, heading: Heading, lines: Sequence[Line]) -> None:
    """Find out, under lock, why a transfer was refused, and raise it. Comes back when it would pass now."""
    if heading.reverses_id is not None:
        refuse_second_reversal(session, heading.reverses_id)
    accounts = lock_accounts(session, heading.community_id, [line.account_id for line in lines], heading.at)
    if heading.exempt:
        return
    for line in lines:
        refuse_beyond_limits(session, actor, accounts[line.account_id], line)


def refuse_second_reversal(session: Session, transfer_id: int) -> None:
    """Raises AlreadyReversed when the transfer has been undone."""
    found = session.execute(
        text("SELECT id FROM transfer WHERE reverses_id = :transfer_id"), {"transfer_id": transfer_id}
    ).one_or_none()
    if found is not None:
        raise AlreadyReversed(N_("This transfer was already undone."))


def refuse_beyond_limits(session: Session, actor: Actor, account: AccountState, line: Line) -> None:
    """Raises BelowFloor or AboveCeiling when `line` would take the account (as locked) beyond its limits."""
    if account.kind == "issue":
        return
    after = account.balance + line.minutes
    if line.minutes + line.covered < 0 and after - account.reserved < account.floor:
        # Read only now: the covered minutes are no longer reserved, yet were no part of what was free.
        left = max(available(account.balance, account.reserved, account.floor) - line.covered, 0)
        asked = -line.minutes - line.covered
        if account.kind == "fund":
            raise refused_fund_empty(left=left, minutes=asked)
        name, own = _whose(session, actor, account)
        raise refused_below_floor(own=own, name=name, left=left, minutes=asked)
    if line.minutes > 0 and account.ceiling is not None and after > account.ceiling:
        name, own = _whose(session, actor, account)
        room = max(account.ceiling - account.balance, 0)
        raise refused_above_ceiling(own=own, name=name, room=room, minutes=line.minutes)


def _whose(session: Session, actor: Actor, account: AccountState) -> tuple[str, bool]:
    party_id = account.party_id or 0
    own = party_id == actor.party_id or party_id in actor.party_ids
    return party_names(session, [party_id]).get(party_id, ""), own


# ---------------------------------------------------------------- the statements

_WITHIN_LIMITS = f"""(:exempt OR a.kind = 'issue' OR (
    (w.minutes + w.covered >= 0 OR a.balance + w.minutes - a.reserved >=
      coalesce(a.floor_minutes, CASE a.kind WHEN 'fund' THEN {FUND_FLOOR} ELSE r.floor_minutes END))
    AND (w.minutes <= 0 OR (a.kind = 'fund' AND a.ceiling_minutes IS NULL)
      OR a.balance + w.minutes <= coalesce(a.ceiling_minutes, r.ceiling_minutes))))"""

_COLUMNS = """community_id, request_key, kind, memo, at, recorded_by_id, for_party_id,
    source_kind, source_id, reverses_id, exempt, entry_count"""


@cache
def _on_sqlite(count: int) -> tuple[str, str, str]:
    """The three statements that post a transfer of `count` entries on SQLite.

    The entries are parameters of the statement, and every join begins with them: from a table of JSON the planner
    would rather read all accounts.
    """
    lines = range(1, count + 1)
    rows = ", ".join(f"(:account{n}, :minutes{n}, :covered{n})" for n in lines)
    accounts = ", ".join(f":account{n}" for n in lines)
    minutes = "CASE id " + " ".join(f"WHEN :account{n} THEN :minutes{n}" for n in lines) + " END"
    position = "CASE id " + " ".join(f"WHEN :account{n} THEN {n}" for n in lines) + " END"
    transfer = f"""WITH w(account_id, minutes, covered) AS (VALUES {rows})
      INSERT INTO transfer ({_COLUMNS})
      SELECT :community_id, :request_key, :kind, :memo, :at, :recorded_by_id, :for_party_id,
        :source_kind, :source_id, :reverses_id, :exempt, :entry_count
      WHERE NOT EXISTS (SELECT 1 FROM transfer WHERE request_key = :request_key)
        AND (:reverses_id IS NULL OR NOT EXISTS (SELECT 1 FROM transfer WHERE reverses_id = :reverses_id))
        AND {count} = (SELECT count(*) FROM {RULES_AT} r CROSS JOIN w CROSS JOIN account a ON a.id = w.account_id
          WHERE a.community_id = :community_id AND {_WITHIN_LIMITS})
      RETURNING id"""
    move = f"UPDATE account SET balance = balance + {minutes}, sequence = sequence + 1 WHERE id IN ({accounts})"
    entries = f"""INSERT INTO entry
        (transfer_id, position, account_id, minutes, balance_after, reserved_after, sequence)
      SELECT :transfer_id, {position}, id, {minutes}, balance, reserved, sequence
      FROM account WHERE id IN ({accounts}) ORDER BY 2"""
    return transfer, move, entries


_TYPES = {
    "community_id": "int",
    "at": "timestamptz",
    "recorded_by_id": "int",
    "for_party_id": "int",
    "source_id": "int",
    "reverses_id": "int",
    "exempt": "boolean",
    "entry_count": "int",
    "accounts": "int[]",
    "minutes": "int[]",
    "covered": "int[]",
}


# The accounts are locked in the order of locking.py. Every part sees the database as it was when the statement
# began, except `locked`, which waits and then reads what is there: so the figures all come from it.
_POSTGRESQL = for_psycopg(
    f"""WITH w AS (
    SELECT * FROM unnest(:accounts, :minutes, :covered)
      WITH ORDINALITY AS w(account_id, minutes, covered, position)
  ), locked AS (
    SELECT id, kind, balance, reserved, sequence, floor_minutes, ceiling_minutes FROM account
    WHERE id = ANY(:accounts) AND community_id = :community_id
    ORDER BY kind DESC, id FOR NO KEY UPDATE
  ), checked AS (
    SELECT w.position, w.minutes, a.id, a.balance + w.minutes AS balance, a.reserved, a.sequence + 1 AS sequence,
      {_WITHIN_LIMITS} AS within
    FROM w JOIN locked a ON a.id = w.account_id, {RULES_AT} r
  ), made AS (
    INSERT INTO transfer ({_COLUMNS})
    SELECT :community_id, :request_key, :kind, :memo, :at, :recorded_by_id, :for_party_id,
      :source_kind, :source_id, :reverses_id, :exempt, :entry_count
    WHERE (SELECT count(*) FROM checked WHERE within) = :entry_count
    ON CONFLICT DO NOTHING RETURNING id
  ), moved AS (
    UPDATE account SET balance = c.balance, sequence = c.sequence FROM made, checked c
    WHERE account.id = c.id AND account.id = ANY(:accounts)
  ), posted AS (
    INSERT INTO entry (transfer_id, position, account_id, minutes, balance_after, reserved_after, sequence)
    SELECT made.id, c.position, c.id, c.minutes, c.balance, c.reserved, c.sequence FROM made, checked c
  ) SELECT id FROM made""",
    _TYPES,
)


def _write_on_sqlite(connection: Connection, heading: Heading, lines: Sequence[Line]) -> int | None:
    parameters: dict[str, object] = {
        **_words(heading),
        "community_id": heading.community_id,
        # The moment in the form in which UtcDateTime keeps it on SQLite.
        "at": heading.at.replace(tzinfo=None).isoformat(" ", "microseconds"),
        "recorded_by_id": heading.recorded_by_id,
        "for_party_id": heading.for_party_id,
        "source_id": heading.source.id,
        "reverses_id": heading.reverses_id,
        "exempt": heading.exempt,
        "entry_count": len(lines),
    }
    for number, line in enumerate(lines, 1):
        parameters[f"account{number}"] = line.account_id
        parameters[f"minutes{number}"] = line.minutes
        parameters[f"covered{number}"] = line.covered
    transfer, move, entries = _on_sqlite(len(lines))
    made = on_sqlite(connection, transfer, parameters)
    if not made:
        return None
    parameters["transfer_id"] = made[0][0]
    on_sqlite(connection, move, parameters)
    on_sqlite(connection, entries, parameters)
    return int(made[0][0])


def _write_on_postgresql(connection: Connection, heading: Heading, lines: Sequence[Line]) -> int | None:
    parameters = {
        **_words(heading),
        "community_id": str(heading.community_id),
        "at": heading.at.isoformat(),
        "recorded_by_id": _number(heading.recorded_by_id),
        "for_party_id": _number(heading.for_party_id),
        "source_id": _number(heading.source.id),
        "reverses_id": _number(heading.reverses_id),
        "exempt": "true" if heading.exempt else "false",
        "entry_count": str(len(lines)),
        "accounts": _array(line.account_id for line in lines),
        "minutes": _array(line.minutes for line in lines),
        "covered": _array(line.covered for line in lines),
    }
    made = connection.exec_driver_sql(_POSTGRESQL, parameters).all()
    return made[0][0] if made else None


def _words(heading: Heading) -> dict[str, object]:
    return {
        "request_key": heading.request_key,
        "kind": heading.kind,
        "memo": heading.memo,
        "source_kind": heading.source.kind,
    }


def _number(value: int | None) -> str | None:
    return None if value is None else str(value)


def _array(values: Iterable[int]) -> str:
    return "{" + ",".join(map(str, values)) + "}"
