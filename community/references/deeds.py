"""What the record says of references; who gave one is told to nobody here."""

from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlmodel import col

from community.deeds.policies import of_person
from community.references.tables import ReferenceRequest
from foundation.access import Actor
from foundation.audit.kinds import DeedKind
from foundation.errors import N_
from foundation.personal import Whose


def _read_by(actor: Actor, request_id: Any) -> ColumnElement[bool]:
    """Not of one's own: who is vouched for does not read what was answered."""
    return exists().where(
        col(ReferenceRequest.id) == request_id,
        of_person(actor, col(ReferenceRequest.person_id)),
        col(ReferenceRequest.person_id) != actor.person_id,
    )


def _own(whose: Whose, request_id: Any) -> ColumnElement[bool]:
    return exists().where(col(ReferenceRequest.id) == request_id, col(ReferenceRequest.person_id) == whose.person_id)


DEEDS = (
    DeedKind(
        kind="reference_request",
        words=N_("Reference"),
        verbs={
            "asked": N_("Reference asked for"),
            "answered": N_("Reference answered"),
            "looked": N_("Reference read by a maker"),
            "accepted": N_("Reference accepted"),
            "declined": N_("Reference not accepted"),
            "withdrew": N_("Reference asked for no more"),
        },
        read_by=_read_by,
        concerning=_own,
        told=("looked", "accepted", "declined"),
    ),
)
