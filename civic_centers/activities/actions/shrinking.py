"""Other numbers of places: where there are fewer than were taken, who holds them says what becomes of the rest."""

from collections.abc import Collection, Iterable

from sqlalchemy import true, update
from sqlmodel import col

from civic_centers.activities.rules import check_reason
from civic_centers.activities.tables import ActivitySession
from civic_centers.centers.actions import Ending
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Refused
from foundation.feature import registry


class TooManyThere(Refused):
    """More people hold a place than there would be, and nothing can be done with the rest."""

    def __init__(self, one: ActivitySession) -> None:
        super().__init__(
            N_("On %(starts_at)s %(taken)s places are taken already: there cannot be fewer."),
            field="places",
            advice=N_("Speak with who is enrolled first."),
            starts_at=one.starts_at,
            taken=one.taken,
        )


def what_shrinks(session: Session, sessions: Iterable[ActivitySession], places: int | None) -> list[Ending]:
    """What becomes of who is beyond the new places: shown before anything changes.

    Features give it under the hook `places_shrunk(session, session_id, new_places)`, an Ending or None.
    """
    if places is None:
        return []
    return [
        ending
        for one in sessions
        if one.taken > places
        for hook in registry.hooks("places_shrunk")
        if (ending := hook(session, one.id, places)) is not None
    ]


def set_places(
    session: Session, actor: Actor, sessions: Collection[ActivitySession], places: int | None, reason: str
) -> None:
    """Give dates so many places. Raises Invalid without a reason where somebody loses theirs, TooManyThere."""
    endings = what_shrinks(session, sessions, places)
    said = check_reason(reason) if endings else ""
    for ending in endings:
        ending.end(session, actor, said)
    session.flush()
    enough = true() if places is None else col(ActivitySession.taken) <= places
    for one in sessions:
        done = update(ActivitySession).where(col(ActivitySession.id) == one.id, enough).values(places=places)
        if not session.exec(done.execution_options(synchronize_session="fetch")).rowcount:
            session.refresh(one)
            raise TooManyThere(one)
