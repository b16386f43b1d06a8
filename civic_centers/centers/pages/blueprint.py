"""The blueprint of the pages of centers."""

from flask import Blueprint

centers = Blueprint("centers", __name__, url_prefix="/c/<community>/centers")
