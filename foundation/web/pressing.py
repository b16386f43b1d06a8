"""Doing what one button says."""

from collections.abc import Callable

from foundation.database import Session
from foundation.errors import DomainError, Missing
from foundation.web.formats import explain
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
