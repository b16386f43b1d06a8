"""The blueprint of the pages of the wall."""

from flask import Blueprint

wall = Blueprint("wall", __name__, url_prefix="/c/<community>")
