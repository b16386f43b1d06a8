"""Where the addresses of conversations begin, and how something is done in one once."""

from collections.abc import Callable

from flask import Blueprint, request

from foundation.database import Session
from foundation.once import first_time
from foundation.web import person_id, writing
from foundation.web.forms import BaseForm

conversations = Blueprint("conversations", __name__, url_prefix="/c/<community>")


def whole_number(value: str) -> int | None:
    """A number from an address or a hidden field; None for anything else."""
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 19 else None


def asked_number(name: str) -> int | None:
    """A number of the address; None when it is not asked for."""
    return whole_number(request.args.get(name, ""))


def once(form: BaseForm, deed: Callable[[Session], object]) -> None:
    """Do it in the turn to write, once for each form sent. Domain errors pass through, with nothing done.

    The same form with other words in it, sent after going back, is no repeat.
    """
    typed = [(field.name, field.data) for field in form if field.name not in ("csrf_token", "photos")]
    names = [getattr(one, "filename", "") for one in getattr(form, "chosen", ())]
    key = form.request_key.data or ""
    with writing() as session:
        if first_time(session, f"{key} {typed} {names}" if key else "", person_id()):
            deed(session)
