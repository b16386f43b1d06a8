"""The pages of who gives, and of pledges."""

from civic_centers.sponsors.pages import answering, mine, offering, showing
from civic_centers.sponsors.pages.blueprint import sponsors

__all__ = ["answering", "mine", "offering", "showing", "sponsors"]
