"""Where the pages of the hours are registered."""

from flask import Blueprint

ledger = Blueprint("ledger", __name__)
