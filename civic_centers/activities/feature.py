"""Activities of civic centers and their sessions.

Features of the same center may add to their pages, and hear of what becomes of dates, by these hooks:
`activity_sections(session, actor, activity)` and `session_sections(session, actor, activity, one)` give a dict with a
`template`, or None;
`sessions_cancelled(session, actor, sessions, reason)`, `sessions_restored(session, actor, sessions)` and
`sessions_moved(session, actor, moves)`, with moves as (session, old start, old end), are called in the transaction of
the change: who holds something there tells its people;
`places_shrunk(session, session_id, new_places)` gives the Ending of who is beyond the new places, or None.
"""

from typing import Any

from civic_centers.activities.pages import activities
from civic_centers.activities.pages.words import saying
from civic_centers.activities.queries.lists import next_at_center
from civic_centers.centers.policies import may_keep
from civic_centers.centers.tables import Center
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import Feature

ON_CENTER_PAGE = 5


def center_section(session: Session, actor: Actor, center: Center) -> dict[str, Any] | None:
    """What comes next, on the page of a center."""
    keeps = center.closed_on is None and may_keep(session, actor, center.id or 0)
    coming = next_at_center(session, center.id or 0, ON_CENTER_PAGE)
    if not coming and not keeps:
        return None
    return {
        "template": "civic_centers/activities/_section.html",
        "center": center,
        "coming": coming,
        "keeps": False,
        **saying(),
    }


feature = Feature(
    name="activities",
    blueprints=(activities,),
    on_behalf=("activities.listing", "activities.show", "activities.show_session"),
    hooks={"center_sections": center_section},
)
