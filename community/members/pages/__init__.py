"""The pages of people: who is here, profiles, oneself, roles."""

from flask import Blueprint

members = Blueprint("members", __name__)

from community.members.pages import finding, myself, roles  # noqa: E402, F401 - they add their routes
