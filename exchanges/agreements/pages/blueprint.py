"""Where the addresses of agreements begin, and how a step is taken from a page."""

from collections.abc import Callable

from flask import Blueprint
from flask_babel import gettext as _

from community.communities.queries import rules_in_force
from foundation.crypto.sealed import Confidential
from foundation.database import Session
from foundation.once import first_time
from foundation.web import community, person_id, reading, writing
from foundation.web.forms import BaseForm

agreements = Blueprint("agreements", __name__, url_prefix="/c/<community>")


@agreements.context_processor
def travel() -> dict[str, Callable[..., object]]:
    """Whether the journey counts here, said wherever minutes are written; and what no phone may keep."""
    return {"travel_words": travel_words, "is_confidential": is_confidential}


def is_confidential(words: object) -> bool:
    """Whether words are of something that only few may read."""
    return isinstance(words, Confidential)


def travel_words() -> str:
    """The community's rule about travel time in force now, as a sentence."""
    if rules_in_force(reading(), community().id).travel_time_counts:
        return _("The journey counts here: add it to the time.")
    return _("The journey does not count here: only the time you are together.")


def once(form: BaseForm, deed: Callable[[Session], object]) -> None:
    """Do it in the turn to write, once for each form sent. Domain errors pass through, with nothing done.

    The same form with other words in it, sent after going back, is no repeat: its own version says whether it may be.
    """
    typed = [(field.name, field.data) for field in form if field.name != "csrf_token"]
    key = form.request_key.data or ""
    with writing() as session:
        if first_time(session, f"{key} {typed}" if key else "", person_id()):
            deed(session)
