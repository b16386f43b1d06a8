"""Care circles: families who take turns with the children."""

from civic_centers.circles import actions
from civic_centers.circles.deeds import DEEDS
from civic_centers.circles.jobs import JOBS, care_changed, consent_changed
from civic_centers.circles.notices import NOTICES
from civic_centers.circles.personal import PERSONAL, RETENTIONS
from civic_centers.circles.policies import TAKE_PART, TEND
from foundation.feature import Feature

feature = Feature(
    name="circles",
    permissions=(TAKE_PART, TEND),
    jobs=JOBS,
    notices=NOTICES,
    personal_data=PERSONAL,
    retentions=RETENTIONS,
    deeds=DEEDS,
    hooks={
        "care_changed": care_changed,
        "care_stopped": actions.let_go_of_carer,
        "member_stopped": actions.let_go_of_carer,
        "consent_changed": consent_changed,
        "dependant_removed": actions.dependant_removed,
        "person_ended": actions.adult_ends,
        "party_blocked": actions.part,
        "somebody_leaves": actions.somebody_leaves,
        "somebody_forgotten": actions.forget,
        "names_gone": actions.names_gone,
        "household_joined": actions.household_joined,
    },
)
