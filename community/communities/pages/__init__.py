"""The pages of a community as such: choosing one, its home, help, and running it."""

from flask import Blueprint

communities = Blueprint("communities", __name__)

from community.communities.pages import helping, home, look, questions, running  # noqa: E402, F401 - they add their routes to the blueprint
