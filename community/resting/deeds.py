"""What the record says of quiet members: that somebody was asked, and who rests or came back."""

from community.deeds.policies import is_myself, of_person
from foundation.audit.kinds import DeedKind
from foundation.errors import N_

DEEDS = (
    DeedKind(
        kind="person",
        words=N_("Person"),
        verbs={
            "asked_how_they_are": N_("Asked how they are, after a long silence"),
            "let_rest": N_("Rests for now"),
            "came_back": N_("Came back from resting"),
        },
        read_by=of_person,
        concerning=is_myself,
        told=("asked_how_they_are", "let_rest", "came_back"),
        endpoint="members.person",
        parameter="person_id",
    ),
)
