"""Labs in the search index, and those that a question finds."""

from collections.abc import Iterable, Mapping, Sequence

from sqlmodel import col, select

from civic_centers.labs.policies import TAKE_PART, seen_by
from civic_centers.labs.tables import Lab
from foundation.access import Actor
from foundation.database import Session
from foundation.search import EVERYBODY, MEMBERS, Entry

FOUND = "communitylab"
"""As which labs stand in the search index, whose terms are letters and figures only."""


def entries_of(labs: Iterable[Lab]) -> list[Entry]:
    """What the search index says of labs: those that were opened and are in sight."""
    return [
        Entry(
            kind=FOUND,
            object_id=lab.id or 0,
            community_id=lab.community_id,
            moment=lab.opened_at,
            title=lab.name,
            body=f"{lab.need} {lab.words}",
            audiences=[EVERYBODY, MEMBERS] if lab.is_public else [MEMBERS],
        )
        for lab in labs
        if lab.opened_at is not None and lab.hidden_at is None
    ]


def entries_after(session: Session, after: int, limit: int) -> list[Entry]:
    """The entries of the next labs in the order of their ids: for rebuilding the index."""
    there = (col(Lab.id) > after, col(Lab.opened_at).is_not(None), col(Lab.hidden_at).is_(None))
    return entries_of(session.exec(select(Lab).where(*there).order_by(col(Lab.id)).limit(limit)))


def among(actor: Actor) -> Mapping[str, Sequence[str]]:
    """Which labs the actor finds at all."""
    return {FOUND: [MEMBERS] if actor.person_id is not None and actor.may(TAKE_PART) else [EVERYBODY]}


def found_by(session: Session, actor: Actor, ids: Sequence[int], limit: int) -> list[Lab]:
    """Of the labs that the index found those that the actor may look at."""
    rows = session.exec(select(Lab).where(col(Lab.id).in_(ids), seen_by(actor))) if ids else ()
    labs = {lab.id or 0: lab for lab in rows}
    return [labs[one] for one in ids if one in labs][:limit]
