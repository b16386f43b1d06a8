"""What families ask of the quota, for them and for the makers who read it; and what everybody may know of the quota."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, exists, func
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from civic_centers.reckoning.policies import GRANT, entrusted
from civic_centers.reckoning.queries.balances import balance_of_kind
from civic_centers.reckoning.rules import PARTY, QUOTA, Moved, Period, Shares, shares_of, told_of
from civic_centers.reckoning.tables import Purse, PurseEntry, QuotaRequest
from community.communities.queries import community_of, today_of
from community.parties.tables import Party
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing

LIMIT = 200


@dataclass(frozen=True)
class Told:
    """What everybody may know of the quota: by periods, no smaller than a few families."""

    given: list[Period]
    used: list[Period]


def request_entrusted(session: Session, actor: Actor, request_id: int) -> QuotaRequest:
    """A request, for the makers who read it. Raises Missing."""
    statement = select(QuotaRequest).where(col(QuotaRequest.id) == request_id, entrusted(actor))
    request = session.exec(statement).one_or_none()
    if request is None:
        raise Missing()
    return request


def request_of_own(session: Session, actor: Actor, request_id: int) -> QuotaRequest:
    """A request of the household acted for, or an offer to it. Raises Missing."""
    request = session.get(QuotaRequest, request_id)
    if request is None or request.community_id != actor.community_id or request.party_id != actor.must_be_party():
        raise Missing()
    return request


def requests_of_own(session: Session, party_id: int, limit: int = 5) -> list[QuotaRequest]:
    """What the household asked or was offered, the newest first."""
    mine = select(QuotaRequest).where(col(QuotaRequest.party_id) == party_id)
    return list(session.exec(mine.order_by(col(QuotaRequest.id).desc()).limit(limit)))


def requests_waiting(session: Session, actor: Actor) -> list[tuple[QuotaRequest, Party]]:
    """What waits for an answer of the makers, or of a family, the oldest first."""
    statement = (
        select(QuotaRequest, Party)
        .join(Party, col(Party.id) == col(QuotaRequest.party_id))
        .where(entrusted(actor), col(QuotaRequest.state) == "waiting")
        .order_by(col(QuotaRequest.id))
        .limit(LIMIT)
    )
    return [(request, party) for request, party in session.exec(statement)]


def number_asked(actor: Actor) -> ColumnElement[int] | None:
    """One where requests wait for the makers of a zone: they are one line."""
    if actor.is_on_behalf or not actor.may(GRANT):
        return None
    waiting = (entrusted(actor), col(QuotaRequest.state) == "waiting", col(QuotaRequest.kind) == "asked")
    return case((exists().where(*waiting), 1), else_=0)


def number_offered(actor: Actor) -> ColumnElement[int] | None:
    """One where an offer waits for the household acted for."""
    if actor.party_id is None:
        return None
    waiting = (
        col(QuotaRequest.party_id) == actor.party_id,
        col(QuotaRequest.state) == "waiting",
        col(QuotaRequest.kind) == "offered",
    )
    return case((exists().where(*waiting), 1), else_=0)


def in_quota(session: Session, actor: Actor) -> int:
    """What the quota holds now, in euro cents: for the makers who give from it. Raises Missing."""
    if actor.is_on_behalf or not actor.may(GRANT):
        raise Missing()
    return balance_of_kind(session, actor.community_id, QUOTA)


def told_of_quota(session: Session, community_id: int) -> Told:
    """What came into the quota and what it paid, by periods that are over and no smaller than a few families."""
    today = today_of(session, community_id)
    return Told(
        told_of(_moves(session, community_id, into=True), today),
        told_of(_moves(session, community_id, into=False), today),
    )


def shares_paid(session: Session, community_id: int) -> list[Shares]:
    """How many shares of orders the quota paid, by periods that are over and of five families at least.

    One that was taken back is none. A household that went over to another is the same family as that.
    """
    back, zone = aliased(PurseEntry), community_of(session, community_id).time_zone
    undone = select(col(back.id)).where(col(back.reverses_id) == col(PurseEntry.id)).exists()
    statement = (
        select(col(PurseEntry.at), func.coalesce(col(Purse.heir_party_id), col(Purse.party_id)))
        .join(Purse, col(Purse.id) == col(PurseEntry.to_purse_id))
        .where(col(PurseEntry.community_id) == community_id, col(PurseEntry.kind) == "quota", ~undone)
        .order_by(col(PurseEntry.id))
    )
    moves = [Moved(clock.local(at, zone).date(), 0, whose) for at, whose in session.execute(statement)]
    return shares_of(moves, today_of(session, community_id))


def _moves(session: Session, community_id: int, *, into: bool) -> list[Moved]:
    """Every movement of the quota one way, less what was taken back; whose it was is its other purse."""
    quota = select(col(Purse.id)).where(col(Purse.community_id) == community_id, col(Purse.kind) == QUOTA)
    here, there = col(PurseEntry.to_purse_id), col(PurseEntry.from_purse_id)
    if not into:
        here, there = there, here
    back = aliased(PurseEntry)
    undone = select(col(back.id)).where(col(back.reverses_id) == col(PurseEntry.id)).exists()
    statement = (
        select(PurseEntry, col(Purse.id), col(Purse.kind))
        .join(Purse, col(Purse.id) == there)
        .where(
            col(PurseEntry.community_id) == community_id,
            here.in_(quota),
            col(PurseEntry.kind) != "reversal",
            ~undone,
        )
        .order_by(col(PurseEntry.id))
    )
    zone = community_of(session, community_id).time_zone
    # What came in from no family, a sponsor perhaps, counts as of one giver each time.
    return [
        Moved(clock.local(entry.at, zone).date(), entry.cents, purse_id or 0 if kind == PARTY else -(entry.id or 0))
        for entry, purse_id, kind in session.execute(statement)
    ]
