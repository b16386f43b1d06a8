"""What the calendar reads: lines for its pages, and what its feeds are made of."""

from civic_centers.calendar.queries.feeds import (
    PURPOSE,
    Dated,
    Scope,
    State,
    dated,
    feed_of,
    has_feed,
    newest_activities,
    newest_state,
    person_behind,
    state_of,
)
from civic_centers.calendar.queries.lines import (
    ON_A_PAGE,
    Cell,
    Filters,
    Line,
    Stretch,
    days_with_lines,
    lines_after,
    lines_before,
    month_cells,
)

__all__ = [
    "ON_A_PAGE",
    "PURPOSE",
    "Cell",
    "Dated",
    "Filters",
    "Line",
    "Scope",
    "State",
    "Stretch",
    "dated",
    "days_with_lines",
    "feed_of",
    "has_feed",
    "lines_after",
    "lines_before",
    "month_cells",
    "newest_activities",
    "newest_state",
    "person_behind",
    "state_of",
]
