"""Needs in the search index, and those that a question finds."""

from collections.abc import Iterable, Mapping, Sequence

from sqlmodel import col, select

from civic_centers.centers.queries import KIND as CENTER
from civic_centers.centers.queries import centers_with
from civic_centers.centers.tables import Center
from civic_centers.wall.policies import seen_by
from civic_centers.wall.tables import WallNeed
from foundation.access import Actor
from foundation.database import Session
from foundation.search import EVERYBODY, Entry

FOUND = "wallneed"
"""As which needs stand in the search index, whose terms are letters and figures only."""
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


def among(_actor: Actor) -> Mapping[str, Sequence[str]]:
    """Everybody finds all centers, and all that hangs on their walls."""
    return {CENTER: [EVERYBODY], FOUND: [EVERYBODY]}


def found_by(
    session: Session, actor: Actor, ids: Mapping[str, Sequence[int]], limit: int
) -> tuple[list[Center], list[NeedAt]]:
    """Of the centers, and the needs with their centers, that the index found those that the actor may see."""
    of_centers, of_needs = ids.get(CENTER, ()), ids.get(FOUND, ())
    centers = centers_with(session, actor, of_centers[:limit])
    there = select(WallNeed, Center).join(Center, col(Center.id) == col(WallNeed.center_id))
    rows = session.execute(there.where(col(WallNeed.id).in_(of_needs), seen_by(actor))) if of_needs else ()
    needs = {need.id or 0: (need, center) for need, center in rows}
    return (
        [centers[one] for one in of_centers if one in centers],
        [needs[one] for one in of_needs if one in needs][:limit],
    )
