"""The pages of places: for families, and for who keeps the door."""

from civic_centers.enrolling.pages import door, family, fetching, listing
from civic_centers.enrolling.pages.blueprint import enrolling

__all__ = ["door", "enrolling", "family", "fetching", "listing"]
