"""Where the pages hang. Their address says nothing: it stands in the history of the telephone."""

from flask import Blueprint

housing = Blueprint("housing", __name__, url_prefix="/c/<community>/beside-you")
