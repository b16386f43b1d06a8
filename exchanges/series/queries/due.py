"""What is due by the clock: ids, for the jobs. Locks nothing; each job looks again for itself."""

from sqlalchemy import exists, or_
from sqlalchemy import select as columns
from sqlmodel import col, select

from community.communities.queries import open_communities
from community.moderation.tables import Block
from community.parties.tables import Party
from community.threads.tables import Message
from exchanges.agreements.rules.silence import NUDGE_UNTIL, nudge_due
from exchanges.agreements.tables import Agreement
from exchanges.series.rules import NEAR, STANDING
from exchanges.series.tables import Series, SeriesTerms
from foundation import clock
from foundation.database import Session


def to_lay_out(session: Session) -> list[int]:
    """Series of which a day has come near, by the wall clock of their community."""
    found: list[int] = []
    for community in open_communities(session):
        statement = select(col(Series.id)).where(
            col(Series.community_id) == community.id,
            col(Series.state).in_(STANDING),
            or_(
                col(Series.laid_out_until).is_(None),
                col(Series.laid_out_until) < clock.today(community.time_zone) + NEAR,
            ),
        )
        found += session.scalars(statement.order_by(col(Series.id)))
    return found


def pressing(session: Session) -> list[int]:
    """Series with a meeting that waits, or of which one of the two is gone or has blocked the other."""
    waits = exists().where(col(Agreement.series_id) == col(Series.id), col(Agreement.state) == "proposed")
    sides = (col(Series.giver_id), col(Series.receiver_id))
    closed = exists().where(col(Party.id).in_(sides), col(Party.closed_at).is_not(None))
    blocked = exists().where(col(Block.party_id).in_(sides), col(Block.blocked_party_id).in_(sides))
    statement = select(col(Series.id)).where(
        or_(
            col(Series.state).in_(STANDING) & waits,
            col(Series.state).in_((*STANDING, "proposed")) & or_(closed, blocked),
        )
    )
    return list(session.scalars(statement.order_by(col(Series.id))))


def awaiting_an_answer(session: Session) -> list[tuple[int, int | None]]:
    """Series of which who is awaited has been silent for a while, each with the terms it is about.

    Words of theirs in the conversation are an answer too.
    """
    now = clock.now()
    spoken = exists().where(
        col(Message.thread_id) == col(Series.thread_id),
        col(Message.party_id) == col(Series.turn_id),
        col(Message.event) == "",
        col(Message.sent_at) > col(SeriesTerms.proposed_at),
    )
    statement = (
        columns(col(Series.id), col(SeriesTerms.id), col(SeriesTerms.proposed_at))
        .join(SeriesTerms, (col(SeriesTerms.series_id) == col(Series.id)) & (col(SeriesTerms.state) == "proposed"))
        .where(
            col(Series.state).in_(("proposed", "changing")),
            col(SeriesTerms.proposed_at) >= now - NUDGE_UNTIL,
            ~spoken,
        )
        .order_by(col(Series.id))
    )
    rows = session.execute(statement)
    return [(number, terms_id) for number, terms_id, said_at in rows if nudge_due(said_at, None, now)]


def unanswered(session: Session) -> list[int]:
    """Series in which a proposal or a change waits for an answer."""
    statement = select(col(Series.id)).where(col(Series.state).in_(("proposed", "changing")))
    return list(session.scalars(statement.order_by(col(Series.id))))
