"""The pages of centers: for everybody, and for their keepers."""

from civic_centers.centers.pages import changing, keeping, showing
from civic_centers.centers.pages.blueprint import centers

__all__ = ["centers", "changing", "keeping", "showing"]
