"""A delivered agreement confirmed and settled by hand: the same rows as the action writes, through the raw driver.

The agreement is held and looked at, the accounts are locked in order, limits are checked (they are constants here),
the reservation is closed, the hours move, and event, audit line, thread line,
notice and its row in the outbox are written, all at once.
"""

import json
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psycopg
from sqlalchemy import make_url

FLOOR, CEILING = -6000, 6000


@dataclass(frozen=True)
class Task:
    """An agreement to be confirmed, and the adult of the receiving household who does it."""

    agreement_id: int
    person_id: int
    party_id: int


_LOOK = """SELECT a.community_id, a.state, a.turn_id, a.giver_id, a.receiver_id, a.gift, a.delivered_minutes, a.title,
    a.thread_id, a.version, g.id AS giving, r.id AS receiving,
    (SELECT e.person_id FROM agreement_event e WHERE e.agreement_id = a.id AND e.party_id = a.giver_id
      ORDER BY e.id DESC LIMIT 1) AS speaker
  FROM agreement a JOIN account g ON g.party_id = a.giver_id JOIN account r ON r.party_id = a.receiver_id
  WHERE a.id = {id}"""
_LETTERS = """SELECT p.id, p.given_name FROM party_member m JOIN person p ON p.id = m.person_id
  WHERE m.party_id = {party} AND m.until IS NULL AND p.email IS NOT NULL"""


class SettleByHand:
    """A connection of one's own, and one method: settle an agreement, durably."""

    def __init__(self, url: str) -> None:
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

    def settle(self, task: Task) -> bool:
        """Whether the agreement waited for this and the limits let it pass."""
        return (self._on_sqlite if self.on_sqlite else self._on_postgresql)(task)

    def close(self) -> None:
        self.connection.close()

    def _on_sqlite(self, task: Task) -> bool:
        execute = self.connection.execute
        execute("BEGIN IMMEDIATE")
        seen = execute(_LOOK.format(id="?"), (task.agreement_id,)).fetchone()
        community, state, turn, giver, _receiver, _gift, minutes, title, thread, version, giving, receiving, speaker = (
            seen
        )
        letters = execute(_LETTERS.format(party="?"), (giver,)).fetchall()
        if state != "delivered" or turn != task.party_id or speaker == task.person_id:
            execute("ROLLBACK")
            return False
        moment = datetime.now(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
        execute(_CLOSE_ON_SQLITE, (moment, receiving, task.agreement_id, receiving))
        heading = (community, f"agreement:{task.agreement_id}", title, moment, task.person_id, giver, task.agreement_id)
        transfer = execute(_TRANSFER, heading).fetchall()[0][0]
        for position, account, change in ((1, receiving, -minutes), (2, giving, minutes)):
            moved = execute(_MOVE, {"account": account, "minutes": change}).fetchall()
            if not moved:
                execute("ROLLBACK")
                return False
            execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)", (transfer, position, account, change, *moved[0]))
        execute(_SETTLED, (moment, task.agreement_id, version))
        who = (task.person_id, task.party_id)
        execute(_EVENT, (task.agreement_id, moment, *who, json.dumps({"minutes": minutes})))
        detail = json.dumps({"state": "settled", "minutes": minutes})
        execute(_AUDIT, (community, moment, *who, task.person_id, task.agreement_id, detail))
        execute(_MESSAGE, (thread, *who, moment))
        for person, _ in letters:
            key = f"agreements:confirmed:{person}:{task.agreement_id}:{version + 1}"
            place = json.dumps({"agreement_id": task.agreement_id})
            told = (
                person,
                community,
                key,
                f"agreement:{task.agreement_id}",
                json.dumps({"title": title}),
                place,
                moment,
            )
            [(notification_id,)] = execute(_NOTIFICATION, told).fetchall()
            payload = _payload(task, person, community, title, notification_id)
            execute(_LETTER, (key, payload, moment, moment))
        execute("COMMIT")
        return True

    def _on_postgresql(self, task: Task) -> bool:
        execute = self.connection.execute
        seen = execute(_LOOK.format(id="%s") + " FOR UPDATE OF a", (task.agreement_id,)).fetchone()
        community, state, turn, giver, _receiver, _gift, minutes, title, thread, version, giving, receiving, speaker = (
            seen
        )
        letters = execute(_LETTERS.format(party="%s"), (giver,)).fetchall()
        if state != "delivered" or turn != task.party_id or speaker == task.person_id:
            self.connection.rollback()
            return False
        execute(_CLOSE_ON_POSTGRESQL, {"giving": giving, "receiving": receiving, "agreement": task.agreement_id})
        person = letters[0][0]
        made = execute(
            _SETTLE_ON_POSTGRESQL,
            {
                "agreement": task.agreement_id,
                "community": community,
                "request": f"agreement:{task.agreement_id}",
                "title": title,
                "person": task.person_id,
                "party": task.party_id,
                "reader": person,
                "giver": giver,
                "giving": giving,
                "receiving": receiving,
                "minutes": minutes,
                "version": version,
                "thread": thread,
                "details": json.dumps({"minutes": minutes}),
                "audited": json.dumps({"state": "settled", "minutes": minutes}),
                "key": f"agreements:confirmed:{person}:{task.agreement_id}:{version + 1}",
                "payload": _payload(task, person, community, title),
            },
        ).fetchone()
        if made is None:
            self.connection.rollback()
            return False
        self.connection.commit()
        return True


def _payload(task: Task, person: int, community: int, title: str, notification_id: int = 0) -> str:
    return json.dumps(
        {
            "person_id": person,
            "community_id": community,
            "notice": "agreements:confirmed",
            "params": {"title": title},
            "endpoint": "agreements.show",
            "values": {"agreement_id": task.agreement_id},
            "notification_id": notification_id,
        }
    )


_CLOSE_ON_SQLITE = """UPDATE reservation SET closed_at = ?, outcome = 'settled', closed_sequence = a.sequence,
    settled_sequence = a.sequence + 1
  FROM (SELECT sequence FROM account WHERE id = ?) a
  WHERE source_kind = 'agreement' AND source_id = ? AND account_id = ? AND closed_at IS NULL"""
_TRANSFER = """INSERT INTO transfer (community_id, request_key, kind, memo, at, recorded_by_id, for_party_id,
    source_kind, source_id, exempt, entry_count)
  VALUES (?, ?, 'exchange', ?, ?, ?, ?, 'agreement', ?, 0, 2) RETURNING id"""
_MOVE = f"""UPDATE account SET balance = balance + :minutes, sequence = sequence + 1
  WHERE id = :account AND balance + :minutes - reserved >= {FLOOR} AND balance + :minutes <= {CEILING}
  RETURNING balance, reserved, sequence"""
_SETTLED = """UPDATE agreement SET state = 'settled', ended_at = ?, settles_at = NULL, version = version + 1
  WHERE id = ? AND version = ?"""
_EVENT = """INSERT INTO agreement_event (agreement_id, verb, state, at, person_id, party_id, details)
  VALUES (?, 'confirm', 'settled', ?, ?, ?, ?)"""
_AUDIT = """INSERT INTO audit_entry (community_id, at, actor_person_id, party_id, recorded_by_person_id, verb, kind,
    object_id, detail) VALUES (?, ?, ?, ?, ?, 'confirm', 'agreement', ?, ?)"""
_MESSAGE = """INSERT INTO message (thread_id, author_id, party_id, words, event, params, sent_at)
  VALUES (?, ?, ?, '', '%(who)s confirmed.', '{}', ?)"""
_NOTIFICATION = """INSERT INTO notification (person_id, community_id, key, notice, topic, matter, urgent, params,
    endpoint, place, created_at, way)
  VALUES (?, ?, ?, 'agreements:confirmed', 'exchanges', ?, 0, ?, 'agreements.show', ?, ?, 'new')
  ON CONFLICT DO NOTHING RETURNING id"""
_LETTER = """INSERT INTO outbox_message (channel, key, payload, created_at, due_at, attempts)
  VALUES ('notice', ?, ?, ?, ?, 0) ON CONFLICT DO NOTHING"""

_CLOSE_ON_POSTGRESQL = """WITH locked AS (
    SELECT id, sequence FROM account WHERE id IN (%(giving)s, %(receiving)s) ORDER BY id FOR NO KEY UPDATE)
  UPDATE reservation SET closed_at = now(), outcome = 'settled', closed_sequence = a.sequence,
    settled_sequence = a.sequence + 1
  FROM locked a WHERE a.id = %(receiving)s AND source_kind = 'agreement' AND source_id = %(agreement)s
    AND account_id = a.id AND closed_at IS NULL"""
_SETTLE_ON_POSTGRESQL = f"""WITH moving AS (
    SELECT id, reserved, sequence + 1 AS sequence, position, change, balance + change AS balance
    FROM (SELECT *, CASE id WHEN %(giving)s THEN 2 ELSE 1 END AS position,
        CASE id WHEN %(giving)s THEN %(minutes)s::int ELSE -%(minutes)s::int END AS change
      FROM account WHERE id IN (%(giving)s, %(receiving)s)) a
  ), made AS (
    INSERT INTO transfer (community_id, request_key, kind, memo, at, recorded_by_id, for_party_id, source_kind,
      source_id, exempt, entry_count)
    SELECT %(community)s, %(request)s, 'exchange', %(title)s, now(), %(person)s, %(giver)s, 'agreement', %(agreement)s,
      FALSE, 2
    WHERE (SELECT count(*) FROM moving WHERE balance - reserved >= {FLOOR} AND balance <= {CEILING}) = 2
    ON CONFLICT (request_key) DO NOTHING RETURNING id
  ), moved AS (
    UPDATE account a SET balance = m.balance, sequence = m.sequence FROM made, moving m WHERE a.id = m.id
  ), posted AS (
    INSERT INTO entry (transfer_id, position, account_id, minutes, balance_after, reserved_after, sequence)
    SELECT made.id, position, moving.id, change, balance, reserved, sequence FROM made, moving
  ), settled AS (
    UPDATE agreement SET state = 'settled', ended_at = now(), settles_at = NULL, version = version + 1 FROM made
    WHERE agreement.id = %(agreement)s AND version = %(version)s
  ), told AS (
    INSERT INTO agreement_event (agreement_id, verb, state, at, person_id, party_id, details)
    SELECT %(agreement)s, 'confirm', 'settled', now(), %(person)s, %(party)s, %(details)s::json FROM made
  ), audited AS (
    INSERT INTO audit_entry (community_id, at, actor_person_id, party_id, recorded_by_person_id, verb, kind, object_id,
      detail)
    SELECT %(community)s, now(), %(person)s, %(party)s, %(person)s, 'confirm', 'agreement', %(agreement)s,
      %(audited)s::jsonb FROM made
  ), said AS (
    INSERT INTO message (thread_id, author_id, party_id, words, event, params, sent_at)
    SELECT %(thread)s, %(person)s, %(party)s, '', '%%(who)s confirmed.', '{{}}', now() FROM made
  ), noted AS (
    INSERT INTO notification (person_id, community_id, key, notice, topic, matter, urgent, params, endpoint, place,
      created_at, way)
    SELECT %(reader)s, %(community)s, %(key)s, 'agreements:confirmed', 'exchanges', %(request)s, FALSE,
      jsonb_build_object('title', %(title)s::text), 'agreements.show',
      jsonb_build_object('agreement_id', %(agreement)s::int), now(), 'new' FROM made
    ON CONFLICT DO NOTHING RETURNING id
  ), letter AS (
    INSERT INTO outbox_message (channel, key, payload, created_at, due_at, attempts)
    SELECT 'notice', %(key)s, %(payload)s::jsonb || jsonb_build_object('notification_id', noted.id), now(), now(), 0
    FROM noted ON CONFLICT DO NOTHING
  ) SELECT id FROM made"""
