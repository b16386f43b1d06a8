"""The blueprint of the pages of imports."""

from flask import Blueprint

imports = Blueprint("imports", __name__)
