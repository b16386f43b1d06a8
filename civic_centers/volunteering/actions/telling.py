"""Telling volunteers, keepers and watchers."""

from typing import Any

from civic_centers.centers.tables import Center
from civic_centers.volunteering.tables import Slot
from community.notifications.actions import notify
from community.notifications.rules import Notice
from foundation.database import Session


def tell(session: Session, person_id: int, slot: Slot, notice: Notice, *, key: str, **more: Any) -> None:
    """Tell one person of a slot."""
    said = {
        "center": session.get_one(Center, slot.center_id).name,
        "role": slot.role,
        "starts_at": slot.starts_at,
        "taken": slot.taken,
        "least": slot.least,
        **more,
    }
    notify(
        session,
        person_id=person_id,
        community_id=slot.community_id,
        notice=notice,
        params=notice.taking(said),
        endpoint="volunteering.show",
        values={"slot_id": slot.id},
        key=key,
    )
