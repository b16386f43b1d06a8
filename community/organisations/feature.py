"""Organisations: businesses, associations, schools, parishes, public bodies, with several people acting for them."""

from community.organisations.pages import organisations
from foundation.feature import Feature

feature = Feature(name="organisations", blueprints=(organisations,))
