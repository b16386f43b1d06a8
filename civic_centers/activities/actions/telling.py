"""Telling the keepers of a center about its activities."""

from collections.abc import Mapping

from civic_centers.activities.tables import Activity
from civic_centers.centers.queries import people_behind
from civic_centers.centers.tables import Center
from community.notifications.actions import notify
from community.notifications.rules import Notice
from foundation.access import Actor
from foundation.database import Session


def tell_keepers(
    session: Session,
    actor: Actor | None,
    activity: Activity,
    center: Center,
    notice: Notice,
    said: Mapping[str, object],
    *,
    key: str,
    session_id: int | None = None,
) -> None:
    """Tell those who keep the center, but for who did it; the link leads to the activity, or to one of its dates."""
    values: dict[str, object] = {"activity_id": activity.id}
    if session_id is not None:
        values["session_id"] = session_id
    for person_id in people_behind(session, center):
        if actor is not None and person_id in (actor.person_id, actor.recorder_id):
            continue
        notify(
            session,
            person_id=person_id,
            community_id=activity.community_id,
            notice=notice,
            params=said,
            endpoint="activities.show" if session_id is None else "activities.show_session",
            values=values,
            key=key,
        )
