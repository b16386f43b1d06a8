"""The pages of a household: what it is, and how it divides, joins another or moves."""

from flask import Blueprint

households = Blueprint("households", __name__, url_prefix="/c/<community>/household")

from community.households.pages import changing, showing  # noqa: E402, F401 - they add their routes
