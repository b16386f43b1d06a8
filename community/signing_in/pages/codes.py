"""A code typed by hand: tries are counted, so that nobody finds one by guessing."""

from collections.abc import Callable
from typing import Any

from community.signing_in.actions import count_attempt, forget_attempts
from community.signing_in.pages.coming_in import subjects_for
from community.signing_in.rules import TooManyAttempts
from foundation.errors import DomainError
from foundation.web import actor, writing
from foundation.web.forms import BaseForm


def look_behind(form: BaseForm, what: str, look: Callable[[str], Any]) -> int:
    """Look behind the code of a form, counted as a try at `what` by whoever typed it.

    Gives 0 where it opens something; else the status of the answer, with the reason at the field `code`.
    """
    subjects = subjects_for(f"{what} {actor().person_id}", code=True)
    try:
        with writing() as session:
            count_attempt(session, subjects)
        look(form["code"].data or "")
    except DomainError as error:
        too_many = isinstance(error, TooManyAttempts)
        if too_many:
            error.advice = None
        error.field = "code"
        form.refuse(error)
        return 429 if too_many else 422
    with writing() as session:
        forget_attempts(session, subjects)
    return 0
