"""Taking a waiting row for oneself, and saying how the work on it ended.

Every change is a conditional UPDATE: of many workers one gets a row, and who lost it (its lease ran out while
it worked) cannot end it for the one who has it now.
"""

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import takewhile
from typing import Any, TypeVar

import sqlalchemy
from sqlalchemy import ColumnElement, Update, and_, bindparam, delete, or_, update
from sqlmodel import col, select

from foundation import clock
from foundation.claims.rules import LONGEST_WAIT, wait_before_retry
from foundation.claims.tables import Claimable
from foundation.claims.waking import wake_after_commit
from foundation.database import Session, table_of

ClaimableRow = TypeVar("ClaimableRow", bound=Claimable)

LONGEST_ERROR = 2000
ABANDONED = "Its worker ended, or took too long, before it was done."


@dataclass(frozen=True)
class Claim:
    """A row that is ours until `until`. `attempts` counts this one."""

    id: int
    queue: str
    key: str | None
    payload: Mapping[str, Any]
    attempts: int
    by: str
    until: datetime


class LostClaim(Exception):
    """The lease ran out and somebody else may have the row: whatever was done for it must be rolled back."""


def waiting(table: type[Claimable], queue: Any, queues: Collection[str]) -> ColumnElement[bool]:
    """The condition that a row of these queues may be claimed now."""
    now = clock.now()
    return and_(
        queue.in_(sorted(queues)),
        _open(table),
        col(table.due_at) <= now,
        or_(col(table.claimed_until).is_(None), col(table.claimed_until) <= now),
    )


def claim_one(
    session: Session,
    table: type[Claimable],
    queue: Any,
    leases: Mapping[str, timedelta],
    worker: str,
) -> Claim | None:
    """Claim the row that has been due longest, for the lease of its queue; None when nothing is due.

    Its attempt is counted now, so that a row which kills its worker each time is given up in the end.
    """
    return next(iter(claim_some(session, table, queue, leases, worker, most=1)), None)


def claim_some(
    session: Session,
    table: type[Claimable],
    queue: Any,
    leases: Mapping[str, timedelta],
    worker: str,
    *,
    most: int,
    also: Collection[ColumnElement[bool]] = (),
) -> list[Claim]:
    """Claim up to `most` rows at once, those that have been due longest; `also` are conditions of this table's own.

    What was tried before comes alone: should it have killed its worker, it takes no others with it to their end.
    """
    may = (waiting(table, queue, leases), *also)
    found: Sequence[Any] = session.execute(
        sqlalchemy.select(col(table.id), queue, col(table.key), col(table.payload), col(table.attempts))
        .where(*may)
        .order_by(col(table.due_at), col(table.id))
        .limit(most)
        .with_for_update(skip_locked=True, of=table)
    ).all()
    fresh = list(takewhile(lambda row: row.attempts == 0, found))
    chosen = fresh or found[:1]
    if not chosen:
        return []
    by, now = f"{worker}/{secrets.token_hex(8)}", clock.now()
    until = {name: now + leases[name] for name in {row[1] for row in chosen}}
    taken: set[int | None] = set()
    for name, end in until.items():
        ids = [row.id for row in chosen if row[1] == name]
        statement = (
            update(table)
            .where(col(table.id).in_(ids), waiting(table, queue, leases))
            .values(claimed_by=by, claimed_until=end, attempts=col(table.attempts) + 1)
            .returning(col(table.id))
            .execution_options(synchronize_session=False)
        )
        taken.update(session.scalars(statement))
    return [
        Claim(row.id, row[1], row.key, row.payload, row.attempts + 1, by, until[row[1]])
        for row in chosen
        if row.id in taken
    ]


def give_back(session: Session, table: type[Claimable], claims: Collection[Claim]) -> None:
    """Let go of rows that were claimed and not begun: they were not tried, and anybody may claim them at once."""
    for by in {claim.by for claim in claims}:
        session.exec(
            update(table)
            .where(
                col(table.id).in_([claim.id for claim in claims if claim.by == by]),
                col(table.claimed_by) == by,
                _open(table),
            )
            .values(claimed_by=None, claimed_until=None, attempts=col(table.attempts) - 1)
            .execution_options(synchronize_session=False)
        )


def put_off(session: Session, table: type[Claimable], claim: Claim, until: datetime) -> None:
    """It is not the hour for it: it was not tried, and waits until then. Raises LostClaim when it is no longer ours."""
    _end(session, table, claim, due_at=until, attempts=claim.attempts - 1)


def finish(session: Session, table: type[Claimable], claim: Claim, *, kept: Mapping[str, Any]) -> None:
    """The work is done; `kept` is what stays of its payload. Raises LostClaim when the row is no longer ours."""
    # A payload that stays as it is need not be written once more.
    changed = {} if kept == claim.payload else {"payload": dict(kept)}
    _end(session, table, claim, done_at=clock.now(), last_error=None, **changed)


def fail(
    session: Session,
    table: type[Claimable],
    claim: Claim,
    error: BaseException,
    *,
    give_up: bool,
    longest_wait: timedelta = LONGEST_WAIT,
) -> None:
    """The work failed: try again later, or never. Raises LostClaim when the row is no longer ours."""
    now = clock.now()
    words = f"{type(error).__name__}: {error}".replace("\x00", "")[:LONGEST_ERROR]
    if give_up:
        _end(session, table, claim, dead_at=now, last_error=words)
    else:
        later = now + wait_before_retry(claim.attempts, longest_wait)
        _end(session, table, claim, due_at=later, last_error=words)


def anything_waiting(
    session: Session,
    table: type[Claimable],
    queue: Any,
    queues: Collection[str],
    also: Collection[ColumnElement[bool]] = (),
) -> bool:
    """Whether something may be claimed: a look that disturbs no writer."""
    found = select(col(table.id)).where(waiting(table, queue, queues), *also).limit(1)
    return session.exec(found).first() is not None


def give_up_on_abandoned(session: Session, table: type[Claimable], max_attempts: int) -> int:
    """Bury rows whose last allowed attempt ended without a word, and say how many they were."""
    now = clock.now()
    statement = (
        update(table)
        .where(_open(table), col(table.attempts) >= max_attempts, col(table.claimed_until) <= now)
        .values(dead_at=now, claimed_by=None, claimed_until=None, last_error=ABANDONED)
        .execution_options(synchronize_session=False)
    )
    return int(session.exec(statement).rowcount)


def dead_rows(session: Session, table: type[ClaimableRow], limit: int = 200) -> list[ClaimableRow]:
    """The rows that were given up, the latest first."""
    statement = select(table).where(col(table.dead_at).is_not(None)).order_by(col(table.dead_at).desc()).limit(limit)
    return list(session.exec(statement))


def revive(session: Session, table: type[Claimable], row_id: int) -> bool:
    """Have a row that was given up tried again, from the start; False when it was not, or no longer, given up."""
    now = clock.now()
    revived = session.exec(
        update(table)
        .where(col(table.id) == row_id, col(table.dead_at).is_not(None))
        .values(dead_at=None, due_at=now, attempts=0)
        .execution_options(synchronize_session=False)
    )
    if revived.rowcount == 1:
        wake_after_commit(session)
    return bool(revived.rowcount == 1)


def hurry(session: Session, table: type[Claimable], ids: Collection[int]) -> int:
    """Have open rows that wait for another try tried now, and say how many they were."""
    now = clock.now()
    sooner = session.exec(
        update(table)
        .where(col(table.id).in_(ids), _open(table), col(table.due_at) > now, col(table.claimed_until).is_(None))
        .values(due_at=now)
        .execution_options(synchronize_session=False)
    )
    if sooner.rowcount:
        wake_after_commit(session)
    return int(sooner.rowcount)


def let_go(session: Session, table: type[Claimable], row_id: int) -> bool:
    """Drop a row that was given up: nobody needs it any more. False when it was not, or no longer, given up."""
    dropped = session.exec(delete(table).where(col(table.id) == row_id, col(table.dead_at).is_not(None)))
    return bool(dropped.rowcount == 1)


def purge_done(session: Session, table: type[Claimable], older_than: timedelta) -> int:
    """Drop rows done longer ago than `older_than`, and say how many they were. Dead ones stay."""
    before = clock.now() - older_than
    return int(session.exec(delete(table).where(col(table.done_at) < before)).rowcount)


def _open(table: type[Claimable]) -> ColumnElement[bool]:
    return and_(col(table.done_at).is_(None), col(table.dead_at).is_(None))


def _end(session: Session, table: type[Claimable], claim: Claim, **values: Any) -> None:
    session.flush()
    told = {"this_row": claim.id, "ours": claim.by, "claimed_by": None, "claimed_until": None, **values}
    if session.connection().execute(_ending(table, tuple(values)), told).rowcount != 1:
        raise LostClaim(f"{table.__name__} {claim.id}")


@cache
def _ending(table: type[Claimable], names: tuple[str, ...]) -> Update:
    """Made once, and past the mapper: it is said for every message, and making it takes longer than running it."""
    rows = table_of(table)
    mine = (rows.c.id == bindparam("this_row"), rows.c.claimed_by == bindparam("ours"))
    still_open = (rows.c.done_at.is_(None), rows.c.dead_at.is_(None))
    changed: dict[str, Any] = {name: bindparam(name) for name in (*names, "claimed_by", "claimed_until")}
    return rows.update().where(*mine, *still_open).values(changed)
