"""Promising minutes when an agreement is accepted, and giving them back."""

from sqlmodel import col, select

from exchanges.ledger.actions.driving import Statement, run
from exchanges.ledger.actions.locking import lock_accounts
from exchanges.ledger.actions.opening import open_account
from exchanges.ledger.actions.posting import refuse_beyond_limits
from exchanges.ledger.rules import Line, Source
from exchanges.ledger.tables import Reservation
from foundation.access import Actor
from foundation.clock import now
from foundation.database import Session


def reserve(session: Session, actor: Actor, party_id: int, minutes: int, source: Source) -> int:
    """Promise `minutes` of a party to a source, such as an accepted agreement; gives the reservation's id.

    A reservation that is already open for the same source and as long is given back as it is. Raises BelowFloor when
    balance less everything reserved would pass the floor, ValueError for minutes that cannot be.
    """
    if minutes <= 0 or source.id is None:
        raise ValueError("a reservation needs minutes and something it is for")
    account_id = open_account(session, party_id)
    account = lock_accounts(session, actor.community_id, [account_id])[account_id]
    already = open_reservations(session, source, [account_id])
    if already:
        if already[0].minutes != minutes:
            raise ValueError("release the old reservation before making another for the same source")
        return _id(already[0])
    refuse_beyond_limits(session, actor, account, Line(account_id, -minutes))
    reservation = Reservation(
        account_id=account_id,
        source_kind=source.kind,
        source_id=source.id,
        minutes=minutes,
        available_after=account.balance - account.reserved - minutes,
        opened_sequence=account.sequence,
        reserved_at=now(),
    )
    session.add(reservation)
    session.flush()
    return _id(reservation)


def release(session: Session, actor: Actor, source: Source, party_id: int | None = None) -> int:
    """Give back every minute still reserved for a source; how many they were, 0 when there was nothing.

    Where several parties have hours reserved for it, `party_id` gives back those of one only.
    """
    statement = select(Reservation.account_id).where(
        col(Reservation.source_kind) == source.kind,
        col(Reservation.source_id) == source.id,
        col(Reservation.closed_at).is_(None),
    )
    if party_id is not None:
        statement = statement.where(col(Reservation.account_id) == open_account(session, party_id))
    holding = sorted(set(session.exec(statement)))
    if not holding:
        return 0
    lock_accounts(session, actor.community_id, holding)
    reservations = open_reservations(session, source, holding)
    close(session, [_id(each) for each in reservations], settled=False)
    return sum(each.minutes for each in reservations)


def open_reservations(session: Session, source: Source, account_ids: list[int]) -> list[Reservation]:
    """The open reservations of a source on accounts that the caller has locked."""
    statement = (
        select(Reservation)
        .where(
            col(Reservation.source_kind) == source.kind,
            col(Reservation.source_id) == source.id,
            col(Reservation.account_id).in_(account_ids),
            col(Reservation.closed_at).is_(None),
        )
        .order_by(col(Reservation.account_id))
        # What this session may have read before it had the lock is of no use.
        .execution_options(populate_existing=True)
    )
    return list(session.exec(statement))


def close(session: Session, reservation_ids: list[int], *, settled: bool) -> None:
    """Close reservations on accounts that the caller has locked; settled, the next entry of each must take it."""
    if reservation_ids:
        run(session.connection(), _SETTLE if settled else _RELEASE, ids=reservation_ids, at=now())


def _closing(outcome: str, settled_sequence: str) -> Statement:
    words = f"""UPDATE reservation SET closed_at = :at, outcome = '{outcome}', closed_sequence = a.sequence,
        settled_sequence = {settled_sequence}
      FROM account a WHERE a.id = reservation.account_id AND reservation.id IN :ids"""
    return Statement.of(words, ids="int[]", at="timestamptz")


_SETTLE = _closing("settled", "a.sequence + 1")
_RELEASE = _closing("released", "NULL")


def _id(reservation: Reservation) -> int:
    if reservation.id is None:
        raise RuntimeError("the database gave the reservation no number")
    return reservation.id
