"""The blueprint of the pages of volunteers."""

from flask import Blueprint

volunteering = Blueprint("volunteering", __name__, url_prefix="/c/<community>")
