"""The pages of households without e-mail: opening one, what it agreed to, and standing in its place."""

from flask import Blueprint

mandates: Blueprint = Blueprint("mandates", __name__, url_prefix="/c/<community>/offline")

from community.mandates.pages import changing, keeping, leaving, opening, standing, taking_over  # noqa: E402, F401 - routes

__all__ = ["mandates"]
