"""The pages of time cheques: one's sheets, printing and voiding, and redeeming somebody else's."""

from flask import Blueprint

cheques: Blueprint = Blueprint("cheques", __name__, url_prefix="/c/<community>")

from exchanges.cheques.pages import printing, redeeming, with_card  # noqa: E402, F401 - routes

__all__ = ["cheques"]
