"""Categories: what an offer or a need is about."""

from community.categories.pages import categories
from community.categories.policies import KEEP
from foundation.feature import Feature

feature = Feature(name="categories", blueprints=(categories,), permissions=(KEEP,))
