"""The pages of messages to many: writing, approving and sending them, and reading them."""

from flask import Blueprint

broadcasts = Blueprint("broadcasts", __name__, url_prefix="/c/<community>")

from community.broadcasts.pages import desk, news, writing  # noqa: E402, F401 - they add their routes to the blueprint
