"""What the record says of needs on walls."""

from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlmodel import col

from civic_centers.wall.tables import WallNeed
from community.deeds.policies import in_zones, is_myself, through
from foundation.access import Actor
from foundation.audit.kinds import DeedKind
from foundation.errors import N_


def _read_by(actor: Actor, need_id: Any) -> ColumnElement[bool]:
    here = (col(WallNeed.id) == need_id, col(WallNeed.community_id) == actor.community_id)
    return exists().where(*here, in_zones(actor, col(WallNeed.zone_id)))


DEEDS = (
    DeedKind(
        kind="wall_need",
        words=N_("Need on a wall"),
        verbs={
            "copied": N_("Need copied from the sheet in the hall"),
            "put_up": N_("Need read by a maker and put on the wall"),
            "withdrew": N_("Need taken down by who wrote it"),
            "began": N_("Somebody began to make something of a need"),
            "became": N_("Something was made of a need"),
            "answered": N_("Need on a wall answered"),
            "merged": N_("Need merged with another that says the same"),
            "closed": N_("Need on a wall closed"),
            "hid": N_("Need taken out of sight"),
            "showed_again": N_("Need shown again"),
            "wrote": N_("Need written on a wall"),
        },
        read_by=_read_by,
        concerning=through(WallNeed.id, is_myself, WallNeed.person_id),
        told=("wrote", "put_up", "withdrew", "became", "answered", "merged", "closed", "hid", "showed_again"),
        unnamed=("hid", "showed_again", "put_up"),
    ),
)
