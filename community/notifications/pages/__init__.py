"""What I was told and how I wish to be, what waits for me, whom makers call, and the letters of a trial."""

from flask import Blueprint

notifications = Blueprint("notifications", __name__)

from community.notifications.pages import notices, waiting, wishes  # noqa: E402, F401 - they add their routes
