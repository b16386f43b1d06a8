"""The blueprint of the pages of activities."""

from flask import Blueprint

activities = Blueprint("activities", __name__, url_prefix="/c/<community>")
