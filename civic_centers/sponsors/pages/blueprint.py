"""The blueprint of the pages of sponsors."""

from flask import Blueprint

sponsors = Blueprint("sponsors", __name__, url_prefix="/c/<community>")
