"""The blueprint of the pages of vouchers."""

from flask import Blueprint

vouchers = Blueprint("vouchers", __name__, url_prefix="/c/<community>")
