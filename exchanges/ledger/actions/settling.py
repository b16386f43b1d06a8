"""Settling: what was received and what was given become one transfer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from exchanges.ledger.actions.driving import Statement, run
from exchanges.ledger.actions.locking import lock_accounts, lock_households
from exchanges.ledger.actions.opening import fund_account, open_accounts
from exchanges.ledger.actions.posting import already_posted, post_transfer
from exchanges.ledger.actions.reserving import close
from exchanges.ledger.queries.accounts import AccountState
from exchanges.ledger.rules import Line, MoreThanReserved, Source, merged, overflow
from exchanges.ledger.tables import Account, Entry
from foundation.access import Actor
from foundation.clock import now
from foundation.database import Session
from foundation.errors import N_


@dataclass(frozen=True, slots=True)
class Received:
    """A party and the minutes it received. `agreed` is its yes to more than was reserved."""

    party_id: int
    minutes: int
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """A party and the minutes it gave."""

    party_id: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Settled:
    """The transfer, and how many minutes of it went to the community fund."""

    transfer_id: int
    to_fund: int
    repeated: bool = False


def settle(
    session: Session,
    actor: Actor,
    source: Source,
    *,
    received: Sequence[Received],
    given: Sequence[Given],
    request_key: str,
    memo: str = "",
    for_party_id: int | None = None,
    promised: Source | None = None,
) -> Settled:
    """Move the minutes of an exchange from those who received to those who gave, closing their reservations.

    Up to what is reserved it never fails. Raises MoreThanReserved for more than that without the receiver's yes, and
    BelowFloor when the part beyond passes the floor. What would pass a giver's ceiling, and what was received beyond
    what was given (a lesson for five), goes to the community fund: `AccountState.would_overflow` says it
    beforehand. Reserved minutes that were not needed are free again. Raises ValueError for parties that appear twice
    or for more given than received. Without the actor's party the transfer is for `for_party_id`. `promised` is what
    the minutes were reserved for, where that is not the source itself.
    """
    _check_shares(received, given)
    session.flush()
    at = now()
    accounts = _lock_all(session, actor, _parties(received, given), at)
    # Only now: the same request may have been waiting behind the first one.
    reserved, repeated = _standing(
        session, promised or source, request_key, [accounts[share.party_id].id for share in received]
    )
    if repeated:
        earlier = already_posted(session, actor, request_key, "exchange", source, for_party_id)
        if earlier is not None:
            return Settled(earlier.transfer_id, _minutes_to_fund(session, earlier.transfer_id), repeated=True)
    lines = _received_lines(session, received, accounts, reserved)
    to_fund = sum(share.minutes for share in received)
    for gift in given:
        account = accounts[gift.party_id]
        kept = gift.minutes
        if account.ceiling is not None:
            kept -= overflow(account.balance, gift.minutes, account.ceiling)
        lines.append(Line(account.id, kept))
        to_fund -= kept
    if to_fund:
        fund_id = fund_account(session, actor.community_id)
        lock_accounts(session, actor.community_id, [fund_id], at)
        lines.append(Line(fund_id, to_fund))
    posted = post_transfer(
        session,
        actor,
        merged(lines),
        request_key=request_key,
        kind="exchange",
        source=source,
        memo=memo,
        for_party_id=for_party_id,
        at=at,
    )
    return Settled(posted.transfer_id, to_fund)


def _lock_all(session: Session, actor: Actor, parties: list[int], at: datetime) -> dict[int, AccountState]:
    """The accounts of parties, locked in the one order; those without one get it first."""
    locked = lock_households(session, actor.community_id, parties, at)
    if len(locked) == len(parties):
        return locked
    by_party = open_accounts(session, parties)
    accounts = lock_accounts(session, actor.community_id, by_party.values(), at)
    return {party_id: accounts[account_id] for party_id, account_id in by_party.items()}


_STANDING = Statement.of(
    """SELECT account_id, id, minutes FROM reservation WHERE source_kind = :source_kind AND source_id = :source_id
    AND closed_at IS NULL AND account_id IN :accounts
  UNION ALL SELECT NULL, id, 0 FROM transfer WHERE request_key = :request_key""",
    source_id="int",
    accounts="int[]",
)


def _standing(
    session: Session, promised: Source, request_key: str, accounts: list[int]
) -> tuple[dict[int, tuple[int, int]], bool]:
    """What is reserved for something, as id and minutes by locked account; and whether the request was made before."""
    rows = run(
        session.connection(),
        _STANDING,
        source_kind=promised.kind,
        source_id=promised.id,
        accounts=accounts,
        request_key=request_key,
    )
    reserved = {account: (number, minutes) for account, number, minutes in rows if account is not None}
    return reserved, len(reserved) < len(rows)


def _received_lines(
    session: Session,
    received: Sequence[Received],
    accounts: dict[int, AccountState],
    reserved: dict[int, tuple[int, int]],
) -> list[Line]:
    """A line for each who received, with their reservations closed."""
    lines: list[Line] = []
    taken: list[int] = []
    left: list[int] = []
    for share in received:
        account_id = accounts[share.party_id].id
        reservation_id, covered = reserved.get(account_id, (None, 0))
        if share.minutes > covered and not share.agreed:
            raise MoreThanReserved(
                N_("%(asked_minutes)s is more than the %(agreed_minutes)s that were agreed."),
                advice=N_("Who received the help must say yes to the longer time first."),
                asked_minutes=share.minutes,
                agreed_minutes=covered,
            )
        if reservation_id is not None:
            (taken if share.minutes > 0 else left).append(reservation_id)
        if share.minutes > 0:
            lines.append(Line(account_id, -share.minutes, min(covered, share.minutes)))
    close(session, taken, settled=True)
    close(session, left, settled=False)
    return lines


def _check_shares(received: Sequence[Received], given: Sequence[Given]) -> None:
    parties = _parties(received, given)
    if len(set(parties)) != len(parties):
        raise ValueError("a party appears twice in one exchange")
    if any(share.minutes < 0 for share in received) or any(share.minutes <= 0 for share in given):
        raise ValueError("minutes received and given are above zero")
    taken = sum(share.minutes for share in received)
    if taken == 0 or sum(share.minutes for share in given) > taken:
        raise ValueError("nobody can be given more minutes than were received")


def _parties(received: Sequence[Received], given: Sequence[Given]) -> list[int]:
    return [share.party_id for share in received] + [share.party_id for share in given]


def _minutes_to_fund(session: Session, transfer_id: int) -> int:
    statement = (
        select(Entry.minutes)
        .join(Account, col(Account.id) == col(Entry.account_id))
        .where(col(Entry.transfer_id) == transfer_id, col(Account.kind) == "fund")
    )
    return session.scalar(statement) or 0
