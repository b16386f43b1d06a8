"""The pages of the hours: one's own time, gifts, and what makers do."""

from flask import Blueprint

ledger = Blueprint("ledger", __name__)

from exchanges.ledger.pages import giving, making, statement  # noqa: E402, F401 - they add their routes to the blueprint
