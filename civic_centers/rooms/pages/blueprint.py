"""The blueprint of the pages of rooms."""

from flask import Blueprint

rooms = Blueprint("rooms", __name__, url_prefix="/c/<community>")
