"""The pages of privacy: what is kept, everything about oneself in one file, and on paper for who is not online."""

from flask import Blueprint

privacy = Blueprint("privacy", __name__)

from community.privacy.pages import on_paper, own  # noqa: E402, F401 - they add their routes
