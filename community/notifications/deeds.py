"""What the record says of telephone calls to who has no e-mail."""

from community.deeds.policies import is_myself, of_person, through
from community.notifications.tables import CallToMake
from foundation.audit.kinds import DeedKind
from foundation.errors import N_

DEEDS = (
    DeedKind(
        kind="call_to_make",
        words=N_("Telephone call"),
        verbs={"called": N_("A maker called, to tell something")},
        read_by=through(CallToMake.id, of_person, CallToMake.person_id),
        concerning=through(CallToMake.id, is_myself, CallToMake.person_id),
        told=("called",),
    ),
)
