"""What the record says of messages to many: read by the makers of those they went to."""

from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import aliased
from sqlmodel import col

from community.broadcasts.policies import WRITE
from community.broadcasts.tables import Broadcast, BroadcastZone
from community.deeds.policies import in_zones, is_myself, through
from foundation.access import Actor
from foundation.audit.kinds import DeedKind
from foundation.errors import N_


def _of_their_zones(actor: Actor, broadcast_id: Any) -> ColumnElement[bool]:
    """The condition that it went to everybody, or to a zone whose record the actor reads."""
    one, zone = aliased(Broadcast), aliased(BroadcastZone)
    here = (col(one.id) == broadcast_id, col(one.community_id) == actor.community_id)
    to_all = exists().where(*here, col(one.audience) == "community")
    to_theirs = exists().where(*here, col(zone.broadcast_id) == col(one.id), in_zones(actor, col(zone.zone_id)))
    return to_all | to_theirs


VERBS = {
    "wrote": N_("Wrote a message to many"),
    "changed": N_("Changed a message to many"),
    "sent_off": N_("Sent a message to many off"),
    "approved": N_("Approved a message to many"),
    "sent_back": N_("Sent a message to many back to its author"),
    "cancelled": N_("Took a message to many back before it went out"),
    "began": N_("A message to many began to go out"),
    "sent": N_("A message to many has gone out"),
    "stopped": N_("Stopped a message to many"),
    "discarded": N_("Threw the draft of a message to many away"),
    "hid": N_("Took a message to many out of sight"),
    "showed_again": N_("Showed a message to many again"),
}
DEEDS = (
    DeedKind(
        kind="broadcast",
        words=N_("Message to many"),
        verbs=VERBS,
        read_by=_of_their_zones,
        concerning=through(Broadcast.id, is_myself, Broadcast.author_id),
        told=("approved", "sent_back", "cancelled", "stopped", "hid", "showed_again"),
        endpoint="broadcasts.show",
        parameter="broadcast_id",
        opens_with=WRITE,
    ),
)
