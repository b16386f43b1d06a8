"""What the record says of moving: to who moves, and to nobody else. Makers read the joining there, the leaving here."""

from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlmodel import col

from community.moving.tables import CommunityMove
from foundation.audit.kinds import DeedKind
from foundation.errors import N_
from foundation.personal import Whose


def _own(whose: Whose, move_id: Any) -> ColumnElement[bool]:
    return exists().where(col(CommunityMove.id) == move_id, col(CommunityMove.person_id) == whose.person_id)


DEEDS = (
    DeedKind(
        kind="community_move",
        words=N_("Move to another community"),
        verbs={
            "asked": N_("Asked to move to another community"),
            "withdrew": N_("Stayed after all"),
            "carried": N_("What was ticked went along to the other community"),
        },
        concerning=_own,
        told=("asked", "withdrew", "carried"),
    ),
)
