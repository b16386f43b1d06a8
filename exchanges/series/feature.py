"""Series: meeting again and again, agreed upon once."""

from foundation.feature import Feature

feature = Feature(name="series")
