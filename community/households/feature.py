"""Households: several adults sharing one balance, and the people they look after."""

from community.households.pages import households
from community.households.personal import PERSONAL
from foundation.feature import Feature

feature = Feature(name="households", blueprints=(households,), personal_data=PERSONAL)
