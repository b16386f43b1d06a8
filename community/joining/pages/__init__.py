"""The pages of joining: asking, where one stands, the makers' queue, invitations."""

from flask import Blueprint

joining = Blueprint("joining", __name__, url_prefix="/c/<community>")

from community.joining.pages import asking, deciding, inviting  # noqa: E402, F401 - they add their routes
