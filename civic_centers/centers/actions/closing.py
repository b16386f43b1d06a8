"""Closing a center for good: what stands open there is shown first, and ended by the features it belongs to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from civic_centers.centers.actions.running import held, put_in_index
from civic_centers.centers.policies import must_run
from civic_centers.centers.queries import KIND
from civic_centers.centers.tables import Center
from community.communities.queries import today_of
from foundation import audit
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid
from foundation.feature import registry


@dataclass(frozen=True)
class Ending:
    """What of a kind stands open at a center when it closes, and how it is ended.

    Features give some under the hook `center_closes(session, center, last_day)`. `words` are a whole sentence in the
    reader's language ("3 bookings after that day are cancelled; who booked is told."); `end(session, actor, reason)`
    ends them.
    """

    words: str
    end: Callable[[Session, Actor, str], object]


def what_stands_open(session: Session, center: Center, last_day: date) -> list[Ending]:
    """What ends with a center that is open on `last_day` for the last time."""
    return [ending for hook in registry.hooks("center_closes") for ending in hook(session, center, last_day)]


def close_center(session: Session, actor: Actor, center_id: int, *, last_day: date, words: str) -> Center:
    """Close a center for good after a day, and end what stands open there. Raises Missing, Invalid at the field."""
    center = held(session, actor, center_id)
    must_run(actor, center)
    if not words.strip():
        raise Invalid(N_("Say why, and where people can go instead."), field="words")
    if last_day < today_of(session, center.community_id):
        raise Invalid(N_("This day is over: choose today or a day to come."), field="last_day")
    if last_day < center.opened_on:
        raise Invalid(N_("It was not open yet on that day."), field="last_day")
    for ending in what_stands_open(session, center, last_day):
        ending.end(session, actor, words.strip())
    center.closed_on, center.closed_words = last_day, words.strip()
    center.version += 1
    session.add(center)
    put_in_index(session, center)
    audit.record(session, actor, "closed", KIND, center_id)
    return center
