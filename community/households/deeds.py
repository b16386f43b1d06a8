"""What the record says of households and organisations, and who reads it."""

from community.deeds.policies import is_own_party, of_party
from foundation.audit.kinds import DeedKind
from foundation.errors import N_

DEEDS = (
    DeedKind(
        kind="party",
        words=N_("Household"),
        verbs={
            "opened": N_("Household or organisation opened"),
            "added_person": N_("Somebody added to a household"),
            "ended_person": N_("Somebody no longer acts for a household"),
            "invited": N_("Somebody invited into a household"),
            "moved": N_("Household moved to another zone"),
            "edited": N_("Description changed"),
            "changed_photo": N_("Photograph changed"),
            "took_photo_away": N_("Photograph taken away"),
            "changed_skills": N_("What they can give and need changed"),
            "changed_availability": N_("Hours when they can changed"),
            "proposed_to_join": N_("Two households would like to become one"),
            "joined": N_("Two households became one"),
            "proposed_to_divide": N_("A household would like to divide"),
            "divided": N_("A household divided"),
        },
        read_by=of_party,
        concerning=is_own_party,
        told=(
            "opened", "added_person", "ended_person", "invited", "moved", "edited", "changed_photo", "took_photo_away",
            "joined", "divided",
        ),
        unnamed=("took_photo_away",),
        endpoint="members.party",
        parameter="party_id",
    ),
)  # fmt: skip
