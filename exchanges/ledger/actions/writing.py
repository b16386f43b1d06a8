"""The statements that write a transfer with its entries: one on PostgreSQL, three on SQLite, none through the mapper.

They hold the limits under lock and write nothing where an account would pass them; posting.py asks why.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Connection

from exchanges.ledger.actions.driving import for_psycopg, on_sqlite
from exchanges.ledger.actions.locking import RULES_AT
from exchanges.ledger.rules import EXEMPT_KINDS, FUND_FLOOR, Line, Source

_WITHIN_LIMITS = f"""(:exempt OR a.kind = 'issue' OR (
    (w.minutes + w.covered >= 0 OR a.balance + w.minutes - a.reserved >=
      coalesce(a.floor_minutes, CASE a.kind WHEN 'fund' THEN {FUND_FLOOR} ELSE r.floor_minutes END))
    AND (w.minutes <= 0 OR (a.kind = 'fund' AND a.ceiling_minutes IS NULL)
      OR a.balance + w.minutes <= coalesce(a.ceiling_minutes, r.ceiling_minutes))))"""

_COLUMNS = """community_id, request_key, kind, memo, at, recorded_by_id, for_party_id,
    source_kind, source_id, reverses_id, exempt, entry_count"""


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


def write_on_sqlite(connection: Connection, heading: Heading, lines: Sequence[Line]) -> int | None:
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


def write_on_postgresql(connection: Connection, heading: Heading, lines: Sequence[Line]) -> int | None:
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
