"""What the record says of checks for care, and of who hears concerns."""

from community.deeds.policies import is_myself, of_community, of_person, through
from community.safeguarding.tables import CareCheck
from foundation.audit.kinds import DeedKind
from foundation.errors import N_

DEEDS = (
    DeedKind(
        kind="care_check",
        words=N_("Check for care"),
        verbs={"recorded": N_("Check for care recorded"), "withdrew": N_("Check for care withdrawn")},
        read_by=through(CareCheck.id, of_person, CareCheck.person_id),
        concerning=through(CareCheck.id, is_myself, CareCheck.person_id),
        told=("recorded", "withdrew"),
    ),
    DeedKind(
        kind="safeguarding_lead",
        words=N_("Safeguarding lead"),
        verbs={"named": N_("Safeguarding lead named"), "ended": N_("No safeguarding lead any more")},
        read_by=of_community,
        concerning=is_myself,
        told=("named", "ended"),
    ),
    DeedKind(
        kind="care_requirement",
        words=N_("What care asks for"),
        verbs={"required": N_("What care asks for changed")},
        read_by=of_community,
    ),
)
