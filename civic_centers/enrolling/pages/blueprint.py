"""The blueprint of the pages of places."""

from flask import Blueprint

enrolling = Blueprint("enrolling", __name__, url_prefix="/c/<community>")
