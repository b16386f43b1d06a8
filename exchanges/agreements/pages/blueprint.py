"""Where the addresses of agreements begin, and how a step is taken from a page."""

from collections.abc import Callable

from flask import Blueprint

from foundation.database import Session
from foundation.once import first_time
from foundation.web import person_id, writing
from foundation.web.forms import BaseForm

agreements = Blueprint("agreements", __name__, url_prefix="/c/<community>")


def once(form: BaseForm, deed: Callable[[Session], object]) -> None:
    """Do it in the turn to write, once for each form sent. Domain errors pass through, with nothing done."""
    with writing() as session:
        if first_time(session, form.request_key.data or "", person_id()):
            deed(session)
