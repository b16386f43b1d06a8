"""Where the pages of moderation are registered."""

from flask import Blueprint

moderation = Blueprint("moderation", __name__, url_prefix="/c/<community>")
