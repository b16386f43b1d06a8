"""The pages of privacy: what is kept, everything about oneself in one file, and on paper for who is not online."""

from flask import Blueprint

privacy: Blueprint = Blueprint("privacy", __name__)

from community.privacy.pages import on_paper, own  # noqa: E402, F401 - routes

__all__ = ["privacy"]
