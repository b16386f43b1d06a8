"""The pages of labs: for everybody, for who is in one, and for who runs it."""

from civic_centers.labs.pages import diary, joining, making, resources, showing, working
from civic_centers.labs.pages.blueprint import labs

__all__ = ["diary", "joining", "labs", "making", "resources", "showing", "working"]
