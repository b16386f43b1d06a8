"""Writing to each other beside an agreement, and beside what is like it: the same doors on every such page."""

from collections.abc import Callable

from flask import Response, request

from exchanges.agreements.forms import StepForm, WordsForm, whole_number
from exchanges.agreements.pages.blueprint import once
from foundation.database import Session
from foundation.errors import DomainError
from foundation.web import Answer, htmx

THREAD = "exchanges/agreements/_thread.html"


def words_written(
    write: Callable[[Session, str], object], *, whole: Callable[..., Answer], shown: Callable[[], Answer]
) -> Answer:
    """Take in the words of the form below a conversation, and give back the conversation.

    `whole` makes the page, or a part of it, with what came back to be put right; `shown` leads to it.
    """
    form = WordsForm()
    if form.validate_on_submit():
        try:
            once(form, lambda session: write(session, form.words.data or ""))
        except DomainError as error:
            if error.status == 404:
                raise
            form.refuse(error)
        else:
            return whole(part=THREAD) if htmx.asked() else shown()
    return whole(words_form=form, status=422, part=THREAD)


def read_so_far(mark: Callable[[Session, int], object], *, shown: Callable[[], Answer]) -> Answer:
    """Note up to which message somebody has read."""
    upto = whole_number(request.form.get("upto", "")) or 0
    once(StepForm(), lambda session: mark(session, upto))
    # The page asks by itself while it opens: sent elsewhere, it would lose what it says about a form refused.
    return Response(status=204) if htmx.asked() else shown()
