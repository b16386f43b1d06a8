"""Households: several adults sharing one balance, and the people they look after."""

from community.households.pages import households
from foundation.feature import Feature

feature = Feature(name="households", blueprints=(households,))
