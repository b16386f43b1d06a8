"""The pages of who gives, and of pledges."""

from civic_centers.sponsors.pages import answering, mine, offering, showing  # noqa: F401 - routes
from civic_centers.sponsors.pages.blueprint import sponsors

__all__ = ["sponsors"]
