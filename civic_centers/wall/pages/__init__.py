"""The pages of the wall: for everybody, and for the people of the center."""

from civic_centers.wall.pages import answering, on_paper, showing
from civic_centers.wall.pages.blueprint import wall

__all__ = ["answering", "on_paper", "showing", "wall"]
