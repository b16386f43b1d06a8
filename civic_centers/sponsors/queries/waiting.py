"""What waits: pledges that makers have to look at, and those whose last day is near."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, case, exists, or_
from sqlmodel import col, func, select

from civic_centers.sponsors.policies import DECIDE, OFFER, decided_by, seen_by
from civic_centers.sponsors.rules import REMIND_BEFORE
from civic_centers.sponsors.tables import Pledge
from community.moderation.policies import own_ids
from community.parties.tables import Party
from foundation import clock
from foundation.access import Actor
from foundation.database import Session

PAGE = 30
LOOK_BACK = timedelta(days=7)
"""So long the names of what was kept are looked at after its last day."""


def _offered(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return decided_by(actor), col(Pledge.state) == "offered"


def number_offered(actor: Actor) -> ColumnElement[int] | None:
    """One where pledges wait for the yes of this maker: they are one line, which asks nothing more."""
    if actor.person_id is None or actor.is_on_behalf or not actor.may(DECIDE):
        return None
    return case((exists().where(*_offered(actor)), 1), else_=0)


def _due(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    mine = col(Pledge.party_id).in_(sorted(own_ids(actor)))
    soon = (clock.now() + REMIND_BEFORE).date()
    here = col(Pledge.community_id) == actor.community_id
    return here, mine, col(Pledge.state) == "accepted", col(Pledge.until_on) <= soon


def number_due(actor: Actor) -> ColumnElement[int] | None:
    """How much of what the actor's organisations promised is due soon and not given whole."""
    if actor.person_id is None or not actor.may(OFFER) or not own_ids(actor):
        return None
    return select(func.count()).select_from(Pledge).where(*_due(actor)).scalar_subquery()


def due_soon(session: Session, actor: Actor) -> list[Pledge]:
    """These pledges, the soonest first."""
    return list(session.exec(select(Pledge).where(*_due(actor)).order_by(col(Pledge.until_on), col(Pledge.id))))


def pledges_for_makers(
    session: Session, actor: Actor, after: int | None = None, *, limit: int = PAGE
) -> tuple[list[tuple[Pledge, str]], bool]:
    """What is promised in the zones of a maker, what waits first, then what goes on, then the rest; whether more is.

    `after` is the number of the last one seen. Where that is not there, it begins anew.
    """
    rank = case((col(Pledge.state) == "offered", 0), (col(Pledge.state) == "accepted", 1), else_=2)
    statement = select(Pledge, col(Party.name)).join(Party, col(Party.id) == col(Pledge.party_id))
    statement = statement.where(seen_by(actor))
    if after is not None:
        last = session.scalar(select(rank).where(col(Pledge.id) == after, seen_by(actor)))
        if last is not None:
            statement = statement.where(or_(rank > last, (rank == last) & (col(Pledge.id) < after)))
    rows = session.execute(statement.order_by(rank, col(Pledge.id).desc()).limit(limit + 1)).all()
    return [(pledge, name) for pledge, name in rows[:limit]], len(rows) > limit


def over(session: Session, today: date, limit: int) -> list[int]:
    """What was promised until a day that is over and was never given whole; for a while what was, for its name."""
    waits = col(Pledge.state).in_(("accepted", "offered"))
    lately = (col(Pledge.state) == "kept") & (col(Pledge.until_on) >= today - LOOK_BACK)
    late = (or_(waits, lately), col(Pledge.until_on) < today)
    return list(session.scalars(select(col(Pledge.id)).where(*late).order_by(col(Pledge.id)).limit(limit)))


def to_remind(session: Session, today: date) -> list[int]:
    """What is to be given within two weeks, or to begin tomorrow."""
    near = (
        col(Pledge.state) == "accepted",
        (col(Pledge.until_on) >= today) & (col(Pledge.until_on) <= today + REMIND_BEFORE)
        | (col(Pledge.from_on) == today + timedelta(days=1)),
    )
    return list(session.scalars(select(col(Pledge.id)).where(*near).order_by(col(Pledge.id))))
