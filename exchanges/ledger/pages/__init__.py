"""The pages of the hours: one's own time, gifts, and what makers do."""

from flask import Blueprint

ledger = Blueprint("ledger", __name__)

from exchanges.ledger.pages import (  # noqa: E402 - they add their routes to the blueprint
    giving,  # noqa: F401
    making,  # noqa: F401
    seals,  # noqa: F401
    statement,  # noqa: F401
)
