"""Doing what a form says, once, and coming back to it with the reason where it cannot be."""

from collections.abc import Callable
from typing import Any

from flask import request

from care.housing.queries.cases import KIND
from foundation import audit
from foundation.database import Session
from foundation.errors import DomainError, Missing
from foundation.once import first_time
from foundation.web import Answer, actor, person_id, say, writing
from foundation.web.formats import explain
from foundation.web.forms import BaseForm
from foundation.web.state import database

Act = Callable[[Session], Any]
Again = Callable[[int], Answer]


def seen(case_id: int | None) -> None:
    """In somebody's place a maker reads it too: that is written down like any other look."""
    if actor().is_on_behalf:
        audit.looked(database(), actor(), KIND, case_id or 0)


def done(form: BaseForm, act: Act, again: Again, done_so: Callable[[], Answer]) -> Answer:
    """Do it, once for each request key; else show the page again, with the words kept and the reason at the field."""
    if not form.validate_on_submit():
        return again(422)
    try:
        once(form, act)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return again(error.status)
    return done_so()


def done_or_said(form: BaseForm, act: Act, back: Callable[[], Answer], words: str | Callable[[], str]) -> Answer:
    """The same for a form of one button: what cannot be is said on the page it leads back to.

    `words` say what was done; where that depends on what became of it, they are worked out afterwards.
    """
    try:
        if not form.validate_on_submit():
            return back()
        once(form, act)
    except Missing:
        raise
    except DomainError as error:
        say(explain(error), "urgent")
        return back()
    say(words if isinstance(words, str) else words())
    return back()


def once(form: BaseForm, act: Act) -> None:
    """Act unless this form was acted upon already. Raises Stale for the same form with other words in it."""
    said = repr(sorted((name, str(value)) for name, value in request.form.items(multi=True) if name != "csrf_token"))
    with writing() as session:
        if first_time(session, form.request_key.data or "", person_id(), content=f"{request.path} {said}"):
            act(session)
