"""What is kept of who wrote to many, and of who was told."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from sqlmodel import col, delete, or_, select

from community.broadcasts.actions.writing import remove
from community.broadcasts.queries import outcome_of
from community.broadcasts.tables import Broadcast, BroadcastTelling
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.keeping import Cutoff, Gone, Retention
from foundation.personal.kinds import Row


def _written(session: Session, whose: Whose) -> Iterator[Row]:
    mine = or_(col(Broadcast.author_id) == whose.person_id, col(Broadcast.approved_by_id) == whose.person_id)
    return rows_of(session, Broadcast, col(Broadcast.community_id) == whose.community_id, mine)


def _told(session: Session, whose: Whose) -> Iterator[Row]:
    here = select(Broadcast.id).where(col(Broadcast.community_id) == whose.community_id)
    mine = (col(BroadcastTelling.person_id) == whose.person_id, col(BroadcastTelling.broadcast_id).in_(here))
    return rows_of(session, BroadcastTelling, *mine)


PERSONAL = (
    PersonalData(
        kind="broadcasts",
        words=N_("What you wrote to many people as a maker, or approved"),
        purpose=N_("So that everybody knows who speaks, and makers do not say the same twice"),
        basis="interest",
        keeping=N_("Two years after it went out"),
        rows=_written,
        tables=(Broadcast,),
    ),
    PersonalData(
        kind="broadcast_tellings",
        words=N_("Which messages of the makers were sent to you. Not whether you opened them"),
        purpose=N_("So that each reaches you once"),
        basis="interest",
        keeping=N_("A month after it went out: then only the numbers are kept"),
        rows=_told,
        tables=(BroadcastTelling,),
    ),
)
MOST_AT_ONCE = 20
"""The figures of so many are made final in one transaction."""


def _who_was_told(session: Session, cutoff: Cutoff, limit: int) -> Gone:
    """Keep the figures, and let go of who it was: at most `limit` people at once, the figures with the last of them."""
    due = (
        select(Broadcast)
        .where(cutoff.passed(col(Broadcast.ended_at), col(Broadcast.community_id)), col(Broadcast.delivered).is_(None))
        .order_by(col(Broadcast.id))
        .limit(MOST_AT_ONCE)
        .with_for_update()
    )
    gone: Gone = Counter()
    for one in session.exec(due):
        if gone.total() >= limit:
            break
        outcome = outcome_of(session, one)
        one.delivered, one.called = outcome.delivered + outcome.waiting, outcome.called
        # Whom nobody called within a month was not reached.
        one.failed = outcome.failed + outcome.to_call
        session.add(one)
        session.flush()
        tellings = delete(BroadcastTelling).where(col(BroadcastTelling.broadcast_id) == one.id)
        session.exec(tellings.execution_options(synchronize_session=False))
        gone[one.community_id] += outcome.told
    return gone


def _old_ones(session: Session, cutoff: Cutoff, limit: int) -> Gone:
    over = cutoff.passed(col(Broadcast.ended_at), col(Broadcast.community_id))
    left_lying = (col(Broadcast.state) == "draft") & cutoff.passed(
        col(Broadcast.changed_at), col(Broadcast.community_id)
    )
    statement = select(Broadcast.id, Broadcast.community_id).where(over | left_lying)
    rows = session.exec(statement.order_by(col(Broadcast.id)).limit(limit)).all()
    remove(session, [number for number, _community_id in rows if number is not None])
    return Counter(community_id for _number, community_id in rows)


RETENTIONS = (
    Retention(
        "broadcast_tellings",
        N_("To whom makers sent a message to many"),
        timedelta(days=30),
        _who_was_told,
        kind="broadcast_tellings",
        least=timedelta(days=7),
        most=timedelta(days=80),
    ),
    Retention(
        "broadcasts",
        N_("Messages to many"),
        timedelta(days=730),
        _old_ones,
        kind="broadcasts",
        least=timedelta(days=90),
        most=timedelta(days=3650),
    ),
)
