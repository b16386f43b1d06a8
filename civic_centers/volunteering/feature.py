"""Volunteers of civic centers: slots and shifts, hours, the register and the insurance."""

from civic_centers.volunteering.jobs import JOBS
from civic_centers.volunteering.notices import NOTICES
from civic_centers.volunteering.policies import REGISTER, SERVE
from foundation.feature import Feature

feature = Feature(name="volunteering", permissions=(SERVE, REGISTER), jobs=JOBS, notices=NOTICES)
