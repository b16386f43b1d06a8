"""What the record says of references; who gave one is told to nobody here."""

from community.deeds.policies import is_myself, of_another, through
from community.references.tables import ReferenceRequest
from foundation.audit.kinds import DeedKind
from foundation.errors import N_

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
        # Not of one's own: who is vouched for does not read what was answered.
        read_by=through(ReferenceRequest.id, of_another, ReferenceRequest.person_id),
        concerning=through(ReferenceRequest.id, is_myself, ReferenceRequest.person_id),
        told=("looked", "accepted", "declined"),
    ),
)
