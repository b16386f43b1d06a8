"""Care circles."""

from civic_centers.circles import tables
from foundation.feature import Feature

feature = Feature(name="circles")
TABLES = tables
