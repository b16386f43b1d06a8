"""The blueprint of all pages about who looks after others."""

from flask import Blueprint

safeguarding = Blueprint("safeguarding", __name__, url_prefix="/c/<community>")
