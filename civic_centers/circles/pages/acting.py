"""One tap: do it in a transaction, and say what became of it or why not."""

from collections.abc import Callable
from typing import Any

from flask import request

from foundation.errors import DomainError, Missing
from foundation.once import first_time
from foundation.web import Answer, actor, person_id, redirect_to, say, writing
from foundation.web.formats import explain
from foundation.web.forms import BaseForm


def tap(
    act: Callable[..., Any], done: str | Callable[[], str], endpoint: str, *arguments: Any, **values: Any
) -> Answer:
    """`act(session, actor, *arguments)`, then back to a page. A request key that was sent is used once.

    `done` says what became of it: words, or what finds them once it is done.
    """
    try:
        with writing() as session:
            if first_time(session, request.form.get("request_key", "")[:64], person_id(), content=request.path):
                act(session, actor(), *arguments)
    except Missing:
        raise
    except DomainError as error:
        say(explain(error), "urgent")
        return redirect_to(endpoint, **values)
    words = done if isinstance(done, str) else done()
    if words:
        say(words)
    return redirect_to(endpoint, **values)


def submit(
    form: BaseForm, act: Callable[..., Any], again: Callable[[int], Answer], then: Callable[[Any], Answer]
) -> Answer:  # fmt: skip
    """A form that was sent: `act(session)` once for its key and words, then on; or the page `again` with its status."""
    if not form.validate_on_submit():
        return again(422)
    found = None
    try:
        with writing() as session:
            if first_time(session, form.request_key.data or "", person_id(), content=form.typed()):
                found = act(session)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return again(error.status)
    return then(found)
