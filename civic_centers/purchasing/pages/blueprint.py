"""The blueprint of the pages of shared orders."""

from flask import Blueprint

purchasing = Blueprint("purchasing", __name__, url_prefix="/c/<community>/orders")
