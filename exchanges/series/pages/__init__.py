"""The pages of series."""

from exchanges.series.pages import answering, calendar, calling, proposing, showing
from exchanges.series.pages.blueprint import series

__all__ = ["answering", "calendar", "calling", "proposing", "series", "showing"]
