"""The pages of series."""

from exchanges.series.pages import answering, proposing, showing
from exchanges.series.pages.blueprint import series

__all__ = ["answering", "proposing", "series", "showing"]
