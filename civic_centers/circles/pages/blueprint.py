"""The blueprint of the pages of care circles."""

from flask import Blueprint

circles = Blueprint("circles", __name__, url_prefix="/c/<community>")
