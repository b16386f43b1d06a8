"""Needs in the search index, and those that a question finds."""

from collections.abc import Iterable

from sqlmodel import col, select

from civic_centers.centers.queries import KIND as CENTER
from civic_centers.centers.queries import centers_with
from civic_centers.centers.tables import Center
from civic_centers.wall.policies import seen_by
from civic_centers.wall.tables import WallNeed
from foundation.access import Actor
from foundation.database import Session
from foundation.search import EVERYBODY, Entry, Question
from foundation.search.queries import audiences, found_objects

FOUND = "wallneed"
"""As which needs stand in the search index, whose terms are letters and figures only."""
MOST_FOUND = 100
NeedAt = tuple[WallNeed, Center]


def entries_of(needs: Iterable[WallNeed]) -> list[Entry]:
    """What the search index says of needs: those that hang on a wall and are still open."""
    return [
        Entry(
            kind=FOUND,
            object_id=need.id or 0,
            community_id=need.community_id,
            moment=need.shown_at or need.written_at,
            title=need.words,
            audiences=[EVERYBODY],
        )
        for need in needs
        if need.state in ("open", "became")
    ]


def entries_after(session: Session, after: int, limit: int) -> list[Entry]:
    """The entries of the next needs in the order of their ids: for rebuilding the index."""
    wanted = select(WallNeed).where(col(WallNeed.id) > after, col(WallNeed.state).in_(("open", "became")))
    return entries_of(session.exec(wanted.order_by(col(WallNeed.id)).limit(limit)))


def found_by(session: Session, actor: Actor, asked: Question, limit: int) -> tuple[list[Center], list[NeedAt]]:
    """The centers, and the needs with their centers, that answer a question: what is called like that comes first."""
    here = actor.community_id
    wanted = {
        kind: [[audiences(kind, here, [EVERYBODY]), *demands] for demands in asked.likeliest_first]
        for kind in (CENTER, FOUND)
    }
    ids = found_objects(session, here, wanted, MOST_FOUND)
    centers = centers_with(session, actor, ids[CENTER][:limit])
    there = select(WallNeed, Center).join(Center, col(Center.id) == col(WallNeed.center_id))
    rows = session.execute(there.where(col(WallNeed.id).in_(ids[FOUND]), seen_by(actor))) if ids[FOUND] else ()
    needs = {need.id or 0: (need, center) for need, center in rows}
    return (
        [centers[one] for one in ids[CENTER] if one in centers],
        [needs[one] for one in ids[FOUND] if one in needs][:limit],
    )
