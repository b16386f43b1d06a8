"""Suppliers of solidarity purchasing: what they sell, what it costs from which day, and who keeps that."""

from civic_centers.suppliers.policies import KEEP, RUN, SEE
from foundation.feature import Feature

feature = Feature(name="suppliers", permissions=(RUN, KEEP, SEE))
