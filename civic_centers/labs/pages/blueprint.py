"""The blueprint of the pages of labs."""

from flask import Blueprint

labs = Blueprint("labs", __name__, url_prefix="/c/<community>/labs")
