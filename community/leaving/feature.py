"""Leaving a community: what is open ends, hours find their way, personal data goes, and two weeks to come back."""

from community.leaving.actions.forgetting import take_names_out
from community.leaving.jobs import JOBS
from community.leaving.notices import NOTICES
from community.leaving.pages import leaving
from community.leaving.personal import PERSONAL
from foundation.feature import Feature

feature = Feature(
    name="leaving",
    blueprints=(leaving,),
    jobs=JOBS,
    notices=NOTICES,
    personal_data=PERSONAL,
    hooks={"names_gone": take_names_out},
)
