"""The people a household looks after: what is kept of them, who said yes to it, and what they themselves say."""

from community.dependants.actions import carry_refusals, forget_household, let_go
from community.dependants.jobs import JOBS
from community.dependants.notices import NOTICES
from community.dependants.pages import dependants, own_view
from community.dependants.personal import PERSONAL
from foundation.feature import Feature

feature = Feature(
    name="dependants",
    blueprints=(dependants, own_view),
    jobs=JOBS,
    notices=NOTICES,
    personal_data=PERSONAL,
    hooks={
        "dependant_added": carry_refusals,
        "dependant_removed": let_go,
        "somebody_forgotten": forget_household,
    },
)
