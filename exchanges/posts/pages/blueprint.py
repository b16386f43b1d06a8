"""Where the pages of posts are registered."""

from flask import Blueprint

posts = Blueprint("posts", __name__, url_prefix="/c/<community>")
