"""The same rows as the ledger's action writes, written by hand through the raw driver as well as we know how.

Limits are checked under lock and repeats are known, as in the action; the limits themselves are constants here.
"""

import sqlite3
import uuid
from datetime import UTC, datetime
from typing import Any

import psycopg
from sqlalchemy import make_url

FLOOR, CEILING = -600, 2400

_ON_POSTGRESQL = f"""
WITH locked AS (
  SELECT id, balance, reserved, sequence, CASE id WHEN %(giver)s::int THEN %(minutes)s::int ELSE -%(minutes)s::int END
      AS minutes, CASE id WHEN %(giver)s::int THEN 2 ELSE 1 END AS position
  FROM account WHERE id IN (%(giver)s::int, %(receiver)s::int) ORDER BY id FOR NO KEY UPDATE
), made AS (
  INSERT INTO transfer (community_id, request_key, kind, memo, at, recorded_by_id, for_party_id, source_kind,
    source_id, exempt, entry_count)
  SELECT %(community)s::int, %(key)s, 'exchange', 'Orlo', %(at)s::timestamptz, %(person)s::int, %(party)s::int,
    'agreement', 1, FALSE, 2
  WHERE (SELECT count(*) FROM locked
    WHERE balance + minutes - reserved >= {FLOOR} AND balance + minutes <= {CEILING}) = 2
  ON CONFLICT (request_key) DO NOTHING RETURNING id
), moved AS (
  UPDATE account a SET balance = l.balance + l.minutes, sequence = l.sequence + 1 FROM made, locked l WHERE a.id = l.id
), posted AS (
  INSERT INTO entry (transfer_id, position, account_id, minutes, balance_after, reserved_after, sequence)
  SELECT made.id, l.position, l.id, l.minutes, l.balance + l.minutes, l.reserved, l.sequence + 1 FROM made, locked l
) SELECT id FROM made"""

_TRANSFER = """INSERT INTO transfer (community_id, request_key, kind, memo, at, recorded_by_id, for_party_id,
    source_kind, source_id, exempt, entry_count)
  VALUES (?, ?, 'exchange', 'Orlo', ?, ?, ?, 'agreement', 1, 0, 2) RETURNING id"""
_MOVE = f"""UPDATE account SET balance = balance + :minutes, sequence = sequence + 1
  WHERE id = :account AND balance + :minutes - reserved >= {FLOOR} AND balance + :minutes <= {CEILING}
  RETURNING balance, reserved, sequence"""
_ENTRY = "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)"


class ByHand:
    """A connection of one's own, and one method: post an exchange, durably."""

    def __init__(self, url: str, community: int, person: int, party: int) -> None:
        self.given: dict[str, Any] = {"community": community, "person": person, "party": party}
        address = make_url(url)
        self.on_sqlite = address.drivername.startswith("sqlite")
        if self.on_sqlite:
            self.connection: Any = sqlite3.connect(str(address.database), isolation_level=None, timeout=60)
            for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "cache_size = -65536"):
                self.connection.execute(f"PRAGMA {pragma}")
        else:
            self.connection = psycopg.connect(
                host=address.query["host"], user=address.username, dbname=address.database, prepare_threshold=2
            )

    def post(self, giver: int, receiver: int, minutes: int) -> bool:
        """Whether the limits let it pass."""
        return (self._on_sqlite if self.on_sqlite else self._on_postgresql)(giver, receiver, minutes)

    def close(self) -> None:
        self.connection.close()

    def _on_postgresql(self, giver: int, receiver: int, minutes: int) -> bool:
        numbers = {"giver": str(giver), "receiver": str(receiver), "minutes": str(minutes)}
        moment = {"key": uuid.uuid4().hex, "at": datetime.now(UTC).isoformat()}
        people = {name: str(value) for name, value in self.given.items()}
        made = self.connection.execute(_ON_POSTGRESQL, {**people, **numbers, **moment}).fetchone()
        self.connection.commit()
        return made is not None

    def _on_sqlite(self, giver: int, receiver: int, minutes: int) -> bool:
        execute, given = self.connection.execute, self.given
        execute("BEGIN IMMEDIATE")
        moment = datetime.now(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
        heading = (given["community"], uuid.uuid4().hex, moment, given["person"], given["party"])
        transfer = execute(_TRANSFER, heading).fetchall()[0][0]
        for position, account, change in ((1, receiver, -minutes), (2, giver, minutes)):
            moved = execute(_MOVE, {"account": account, "minutes": change}).fetchall()
            if not moved:
                execute("ROLLBACK")
                return False
            balance, reserved, sequence = moved[0]
            execute(_ENTRY, (transfer, position, account, change, balance, reserved, sequence))
        execute("COMMIT")
        return True
