"""The blueprint of the pages of suppliers."""

from flask import Blueprint

suppliers = Blueprint("suppliers", __name__, url_prefix="/c/<community>/suppliers")
