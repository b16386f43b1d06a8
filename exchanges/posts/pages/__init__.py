"""The board, the pages of posts, and writing one step by step."""

from flask import Blueprint

posts = Blueprint("posts", __name__, url_prefix="/c/<community>")

from exchanges.posts.pages import board, living, mapping, showing, steps  # noqa: E402, F401 - they add their routes
