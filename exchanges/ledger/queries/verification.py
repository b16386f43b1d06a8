"""Verification: everything is computed again from the entries, and each fault is named.

It trusts no trigger and no constraint, since whoever holds the database can drop them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from exchanges.ledger.queries.checks import CHECKS, Check, Fault, scoped
from exchanges.ledger.queries.forms import form_faults
from exchanges.ledger.queries.guards import guard_faults
from exchanges.ledger.queries.limit_checks import limit_faults
from exchanges.ledger.queries.record_checks import record_seal_faults
from exchanges.ledger.queries.seal_checks import KeptSeal, faults_against, seal_faults
from exchanges.ledger.queries.sources import source_faults
from foundation.database import Session
from foundation.errors import DomainError

UNREADABLE = (DBAPIError, DomainError, ArithmeticError, LookupError, TypeError, ValueError)
"""What is raised by values that somebody changed into something else."""


@dataclass(frozen=True)
class Figures:
    """What was looked at."""

    communities: int
    accounts: int
    transfers: int
    entries: int
    reservations: int
    minutes: int
    """All that ever moved."""
    seals: int
    unsealed: int
    """Transfers that no seal closes yet."""
    record_seals: int
    unsealed_lines: int
    """Lines of the record of deeds, of all communities, that no seal closes yet."""


def figures(session: Session, community_id: int | None = None) -> Figures:
    """How much there is to verify."""

    def ask(query: str) -> tuple[int, ...]:
        return tuple(int(count) for count in session.execute(text(scoped(query, community_id))).one())

    communities, accounts = ask("SELECT count(DISTINCT c.community_id), count(*) FROM account c WHERE {in_community}")
    (transfers,) = ask("SELECT count(*) FROM transfer c WHERE {in_community}")
    (reservations,) = ask(
        "SELECT count(*) FROM reservation r JOIN account c ON c.id = r.account_id WHERE {in_community}"
    )
    of_transfers = "" if community_id is None else "JOIN transfer c ON c.id = e.transfer_id"
    entries, minutes = ask(
        f"""SELECT count(*), coalesce(sum(CASE WHEN e.minutes > 0 THEN e.minutes END), 0)
        FROM entry e {of_transfers} WHERE {{in_community}}"""
    )
    (seals,) = ask("SELECT count(*) FROM seal c WHERE {in_community}")
    (unsealed,) = ask(
        """SELECT count(*) FROM transfer c LEFT JOIN
          (SELECT community_id, max(last_transfer_id) AS last FROM seal GROUP BY community_id) s
          ON s.community_id = c.community_id
        WHERE (s.last IS NULL OR c.id > s.last) AND {in_community}"""
    )
    record_seals, last = ask("SELECT count(*), coalesce(max(last_entry_id), 0) FROM record_seal")
    (lines,) = ask(f"SELECT count(*) FROM audit_entry WHERE id > {last}")
    return Figures(
        communities, accounts, transfers, entries, reservations, minutes, seals, unsealed, record_seals, lines
    )


def hold_still(session: Session) -> None:
    """Let the session see one moment of the ledger while others go on writing. To be called before it reads."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def faults(session: Session, community_id: int | None = None) -> Iterator[Fault]:
    """Every fault of the ledger, or of one community's part of it, as it is found.

    Who holds the database may have written words where a number belongs: what cannot be computed is a fault too.
    """
    return _told(
        session,
        [
            partial(seal_faults, session, community_id),
            # The record is one for the whole installation, so it is looked at with the whole.
            *([partial(record_seal_faults, session)] if community_id is None else []),
            partial(form_faults, session, community_id),
            *(partial(_of_check, session, check, community_id) for check in CHECKS),
            partial(limit_faults, session, community_id),
        ],
    )


def all_faults(session: Session, community_id: int | None = None, kept: Sequence[KeptSeal] = ()) -> Iterator[Fault]:
    """The same, and before it what of its guards is gone; after it what it comes from, and the seals that were kept."""
    yield from _told(session, [partial(guard_faults, session)])
    yield from faults(session, community_id)
    behind = [partial(source_faults, session, community_id), partial(faults_against, session, kept, community_id)]
    yield from _told(session, behind)


def _told(session: Session, parts: Iterable[Callable[[], Iterator[Fault]]]) -> Iterator[Fault]:
    """The faults of each part; what a part cannot compute is told, each reason once, and the others go on."""
    reasons = set()
    with _whatever_text(session):
        for part in parts:
            try:
                with _one_part(session):
                    yield from part()
            except UNREADABLE as error:
                fault = _unreadable(error)
                if str(fault) not in reasons:
                    reasons.add(str(fault))
                    yield fault


@contextmanager
def _one_part(session: Session) -> Iterator[None]:
    """On PostgreSQL a question that cannot be answered spoils the transaction: this far only."""
    raw: Any = session.connection().connection.driver_connection
    with nullcontext() if getattr(raw, "autocommit", True) else session.begin_nested():
        yield


def _unreadable(error: Exception) -> Fault:
    """The fault that something could not be computed. Raises the error again when it is the connection that broke."""
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        raise error
    reason = error.orig if isinstance(error, DBAPIError) else error
    sentence = "Something there is no number, no moment or no text any more, and cannot be computed: %(error)s"
    return Fault("values", sentence, {"error": " ".join(str(reason).split())[:200]})


@contextmanager
def _whatever_text(session: Session) -> Iterator[None]:
    """Let SQLite give texts that are none, bytes that no text has: they hash to something else, which is all we ask."""
    if session.get_bind().dialect.name != "sqlite":
        yield
        return
    raw: Any = session.connection().connection.driver_connection
    raw.text_factory = lambda kept: kept.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        raw.text_factory = str


def _of_check(session: Session, check: Check, community_id: int | None) -> Iterator[Fault]:
    rows = session.execute(text(scoped(check.query, community_id)), execution_options={"yield_per": 1000}).mappings()
    for row in rows:
        yield Fault(check.name, check.sentence, dict(row))
