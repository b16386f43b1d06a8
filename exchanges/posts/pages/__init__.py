"""The board, the pages of posts, and writing one step by step."""

from exchanges.posts.pages import board, living, mapping, showing, steps
from exchanges.posts.pages.blueprint import posts

__all__ = ["board", "living", "mapping", "posts", "showing", "steps"]
