"""Telling volunteers, keepers and watchers."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import col, select

from civic_centers.centers.queries import people_behind
from civic_centers.centers.tables import Center
from civic_centers.volunteering.tables import Slot, Watch
from community.members.tables import Membership
from community.notifications.actions import notify
from community.notifications.rules import Notice
from foundation.access import Actor
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


def tell_keepers(session: Session, actor: Actor | None, slots: Sequence[Slot], one: Notice, several: Notice) -> None:
    """Tell who keeps the centers of these slots, but for who did it: once for each center, of the first and how many.

    `actor` None: a rule did it.
    """
    did_it = () if actor is None else (actor.person_id, actor.recorder_id)
    by_center: dict[int, list[Slot]] = {}
    for slot in sorted(slots, key=lambda slot: (slot.starts_at, slot.id or 0)):
        by_center.setdefault(slot.center_id, []).append(slot)
    for center_id, theirs in sorted(by_center.items()):
        first, notice = theirs[0], one if len(theirs) == 1 else several
        for person_id in people_behind(session, session.get_one(Center, center_id)):
            if person_id not in did_it:
                tell(session, person_id, first, notice, key=f"{first.id}:{first.version}", number=len(theirs))


def watching(session: Session, slot: Slot) -> list[int]:
    """Whom to tell that people are missing: who keeps the center, and who chose to be told."""
    keepers = people_behind(session, session.get_one(Center, slot.center_id))
    watchers = (
        select(col(Watch.person_id))
        .join(Membership, col(Membership.person_id) == col(Watch.person_id))
        .where(
            col(Watch.center_id) == slot.center_id,
            col(Membership.community_id) == slot.community_id,
            col(Membership.state) == "approved",
        )
        .order_by(col(Watch.person_id))
    )
    return list(dict.fromkeys([*keepers, *session.scalars(watchers)]))
