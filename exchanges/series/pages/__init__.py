"""The pages of series."""

from exchanges.series.pages import answering, calling, proposing, showing
from exchanges.series.pages.blueprint import series

__all__ = ["answering", "calling", "proposing", "series", "showing"]
