"""The blueprint of the pages of the calendar."""

from flask import Blueprint

calendar = Blueprint("calendar", __name__, url_prefix="/c/<community>")
