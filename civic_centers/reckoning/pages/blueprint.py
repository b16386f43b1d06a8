"""The blueprint of the pages of money."""

from flask import Blueprint

reckoning = Blueprint("reckoning", __name__, url_prefix="/c/<community>")
