"""Activities of civic centers and their sessions."""

from foundation.feature import Feature

feature = Feature(name="activities")
