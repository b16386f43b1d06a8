"""Doing what one button says, or what one form does."""

from collections.abc import Callable

from werkzeug.wrappers import Response as Answer

from foundation.database import Session
from foundation.errors import DomainError, Missing
from foundation.web.formats import explain
from foundation.web.forms import BaseForm
from foundation.web.pages import say
from foundation.web.state import writing


def pressed(act: Callable[[Session], object], done: str) -> bool:
    """Do it, and say on the next page that it is done; where a rule says no, say why. Whether it was done.

    Raises Missing.
    """
    try:
        with writing() as session:
            act(session)
    except Missing:
        raise
    except DomainError as error:
        say(explain(error), "urgent")
        return False
    say(done)
    return True


def sent(form: BaseForm, act: Callable[[Session], object], again: Callable[[int], Answer], done: str) -> Answer | None:
    """Do what a form says, and say on the next page that it is done; None then.

    Where something is wrong, the page that `again` makes with a status: the words stand in the form, and the reason.
    Raises Missing.
    """
    if not form.validate_on_submit():
        return again(422)
    if refused := tried(form, act):
        return again(refused)
    say(done)
    return None


def tried(form: BaseForm, act: Callable[[Session], object]) -> int:
    """Do it; where a rule says no, put that into the form and give the status of the answer, else 0. Raises Missing."""
    try:
        with writing() as session:
            act(session)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return error.status
    return 0
