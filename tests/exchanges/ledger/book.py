"""The ledger of the cast, with short names for what the tests of the ledger do."""

import uuid
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import text

from exchanges.ledger.actions.erasing import erase_one
from exchanges.ledger.actions.opening import fund_account, issue_account, open_account
from exchanges.ledger.actions.posting import post_transfer
from exchanges.ledger.queries.accounts import AccountState, account_of
from exchanges.ledger.queries.verification import faults, hold_still
from exchanges.ledger.rules import Line, Posted, Source
from foundation.access import Actor, Grant
from foundation.database import Database, Session
from tests.cast import Cast

ERRAND = Source("test", 1)
"""Something nothing else knows of."""
TABLES = (
    "transfer", "erased_words", "entry", "account", "account_limit", "reservation", "seal", "community_rules",
    "audit_entry",
)  # fmt: skip
_CONSTRAINTS = f"""SELECT conrelid::regclass::text, conname FROM pg_constraint
  WHERE contype IN ('c', 'f', 'u') AND conrelid::regclass::text IN {TABLES}"""


@dataclass
class Book:
    """Accounts of the cast, by name; `fund` and `issue` beside them, `zoe` in the other community."""

    database: Database
    cast: Cast
    accounts: dict[str, int]

    @property
    def maker(self) -> Actor:
        """A maker of the whole community who has no part in anything."""
        return replace(self.cast.administrator.actor, grants=(Grant("member"), Grant("maker")))

    def move(
        self, giver: str, receiver: str, minutes: int, *, key: str | None = None, kind: str = "exchange"
    ) -> Posted:
        """Post an exchange: the giver's balance rises, the receiver's falls."""
        lines = [Line(self.accounts[receiver], -minutes), Line(self.accounts[giver], minutes)]
        return self.post(lines, key=key, kind=kind)

    def post(
        self,
        lines: list[Line],
        *,
        key: str | None = None,
        kind: str = "exchange",
        source: Source = ERRAND,
        memo: str = "prova",
    ) -> Posted:
        with self.database.writing() as session:
            return self.post_in(session, lines, key=key, kind=kind, source=source, memo=memo)

    def post_in(
        self,
        session: Session,
        lines: list[Line],
        *,
        key: str | None = None,
        kind: str = "exchange",
        source: Source = ERRAND,
        memo: str = "prova",
        actor: Actor | None = None,
    ) -> Posted:
        """The same in a transaction of the caller's."""
        return post_transfer(
            session,
            actor or self.cast.maker.actor,
            lines,
            request_key=key or uuid.uuid4().hex,
            kind=kind,
            source=source,
            memo=memo,
        )

    def erase(self, transfer_id: int) -> None:
        """Erase the words of a movement, as when they name somebody who has left."""
        words = self.ask("SELECT memo FROM transfer WHERE id = :id", id=transfer_id)[0][0]
        with self.database.writing() as session:
            erase_one(session, self.cast.community.id, transfer_id, words)

    def state(self, name: str) -> AccountState:
        with self.database.reading() as session:
            return account_of(session, self.cast.members[name].party.id if name != "fund" else self.cast.fund.id)

    def balance(self, name: str) -> int:
        return int(self.ask("SELECT balance FROM account WHERE id = :id", id=self.accounts[name])[0][0])

    def ask(self, query: str, **parameters: Any) -> list[Any]:
        with self.database.reading() as session:
            return list(session.execute(text(query), parameters).all())

    def attack(self, *statements: str, **parameters: Any) -> None:
        """What somebody does who holds the database: statements as they are, in one transaction."""
        with self.database.writing() as session:
            for statement in statements:
                session.execute(text(statement), parameters)

    def disarm(self) -> list[str]:
        """Drop every trigger, check and index that stands in the way of planting a fault, as a forger would.

        On SQLite it gives the statements that put the triggers back, as a careful one does.
        """
        triggers = []
        with self.database.writing_engine.connect() as connection:
            if self.database.dialect == "sqlite":
                raw = connection.connection.driver_connection
                connection.commit()
                raw.execute("PRAGMA foreign_keys = OFF")
                raw.execute("PRAGMA ignore_check_constraints = ON")
                found = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
                for name, statement in found:
                    raw.execute(f"DROP TRIGGER {name}")
                    triggers.append(statement)
            else:
                for table in TABLES:
                    connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
                for table, name in connection.execute(text(_CONSTRAINTS)).all():
                    connection.execute(text(f'ALTER TABLE {table} DROP CONSTRAINT IF EXISTS "{name}" CASCADE'))
                connection.commit()
        return triggers


def open_book(database: Database, cast: Cast) -> Book:
    """Open an account for everybody, the fund and the issue account."""
    with database.writing() as session:
        accounts = {name: open_account(session, member.party.id) for name, member in cast.members.items()}
        accounts["fund"] = fund_account(session, cast.community.id)
        accounts["issue"] = issue_account(session, cast.community.id)
    return Book(database, cast, accounts)


def found(book: Book, community_id: int | None = None) -> list[str]:
    """What verification says, each line with the name of its check before it."""
    with book.database.reading() as session:
        hold_still(session)
        return [f"{fault.check}: {fault}" for fault in faults(session, community_id)]
