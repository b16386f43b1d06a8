"""History: what was changed about a community, by whom, from what to what."""

from community.changes.pages import changes
from community.changes.policies import HISTORY
from foundation.feature import Feature

feature = Feature(name="changes", blueprints=(changes,), permissions=(HISTORY,))
