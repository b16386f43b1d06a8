"""Series: meeting again and again, agreed upon once."""

from exchanges.series import actions
from exchanges.series.jobs import JOBS
from exchanges.series.notices import NOTICES
from exchanges.series.queries.lists import places_taken
from foundation.feature import Feature

feature = Feature(
    name="series",
    jobs=JOBS,
    notices=NOTICES,
    hooks={
        "places_taken": places_taken,
        "proposals_closed": actions.close_proposals,
    },
)
