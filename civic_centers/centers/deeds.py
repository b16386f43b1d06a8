"""What the record says of centers."""

from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlmodel import col

from civic_centers.centers.queries import KIND
from civic_centers.centers.tables import Center
from community.deeds.policies import in_zones
from foundation.access import Actor
from foundation.audit.kinds import DeedKind
from foundation.errors import N_


def of_center(actor: Actor, center_id: Any) -> ColumnElement[bool]:
    """The condition that a center stands in a zone whose record the actor reads."""
    here = (col(Center.id) == center_id, col(Center.community_id) == actor.community_id)
    return exists().where(*here, in_zones(actor, col(Center.zone_id)))


DEEDS = (
    DeedKind(
        kind=KIND,
        words=N_("Civic center"),
        verbs={
            "opened": N_("Civic center opened"),
            "changed": N_("Page of a civic center changed"),
            "set_hours": N_("Opening hours of a civic center changed"),
            "set_days": N_("Special days of a civic center added"),
            "unset_days": N_("Special days of a civic center taken back"),
            "gave_keys": N_("Somebody made a keeper of a civic center"),
            "took_keys": N_("Somebody keeps a civic center no more"),
            "named_themselves": N_("Keeper agreed to be named on the page of a civic center"),
            "unnamed_themselves": N_("Keeper no longer named on the page of a civic center"),
            "put_photo_up": N_("Photograph of a civic center put up"),
            "took_photo_away": N_("Photograph of a civic center taken away"),
            "closed": N_("Civic center closed for good"),
        },
        read_by=of_center,
    ),
)
