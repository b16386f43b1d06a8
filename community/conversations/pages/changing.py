"""Putting one's own words right, and taking them back."""

from flask_babel import gettext as _

from community.conversations import actions
from community.conversations.forms import ChangeForm
from community.conversations.pages.blueprint import conversations, once
from community.conversations.policies import SEE
from community.conversations.queries import standing_of_message
from community.threads.queries import thread_of_message
from community.threads.rules import is_recent
from foundation import clock
from foundation.errors import DomainError, Missing
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say
from foundation.web.forms import ActForm

CHANGE = "community/conversations/change.html"


@conversations.get("/messages/<int:message_id>/change")
@requires(SEE)
def ask_change(message_id: int) -> Answer:
    return _asking(message_id, None)


@conversations.post("/messages/<int:message_id>/change")
@requires(SEE)
def change(message_id: int) -> Answer:
    form = ChangeForm()
    if form.validate_on_submit():
        try:
            once(form, lambda session: actions.change_words(session, actor(), message_id, form.words.data or ""))
        except DomainError as error:
            if error.status == 404:
                raise
            form.refuse(error)
        else:
            return _to_message(message_id)
    return _asking(message_id, form, status=422)


@conversations.post("/messages/<int:message_id>/withdraw")
@requires(SEE)
def withdraw(message_id: int) -> Answer:
    once(ActForm(), lambda session: actions.take_back(session, actor(), message_id))
    say(_("You took your message back."))
    return _to_message(message_id)


def _asking(message_id: int, form: ChangeForm | None, *, status: int = 200) -> Answer:
    standing = standing_of_message(reading(), actor(), message_id)
    message = thread_of_message(reading(), message_id)
    mine = message is not None and message.author_id == actor().person_id
    if message is None or not mine or message.hidden_at or message.withdrawn_at:
        raise Missing()
    if (message.recorded_by_id or message.author_id) != actor().recorder_id:
        raise Missing()
    may_change = standing.may_write and is_recent(message.sent_at, clock.now())
    return page(
        CHANGE,
        status=status,
        message=message,
        standing=standing,
        form=form or ChangeForm(formdata=None, words=message.words),
        may_change=may_change,
    )


def _to_message(message_id: int) -> Answer:
    standing = standing_of_message(reading(), actor(), message_id)
    return redirect_to(standing.endpoint, **{**standing.values, "at": message_id}, anchor=f"m{message_id}")
