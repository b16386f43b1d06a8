"""Keeping what was changed, in the transaction of the change."""

from collections.abc import Mapping
from typing import Any

from community.changes.rules import differing
from community.changes.tables import CommunityChange
from foundation import clock
from foundation.access import Actor
from foundation.database import Session, append


def note_change(
    session: Session,
    actor: Actor,
    kind: str,
    object_id: int | None,
    title: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> None:
    """Keep who changed what, from what to what; nothing where nothing became different."""
    was, became = differing(before, after)
    if not became:
        return
    change = {
        "community_id": actor.community_id,
        "at": clock.now(),
        "person_id": actor.recorder_id,
        "kind": kind,
        "object_id": object_id,
        "title": title[:300],
        "before": was,
        "after": became,
    }
    append(session, CommunityChange, change)
