"""One conversation: reading it, writing in it, hearing nothing of it, leaving it."""

from flask import Response, request
from flask_babel import gettext as _

from community.conversations import actions
from community.conversations.forms import MessageForm
from community.conversations.pages.blueprint import asked_number, conversations, once, whole_number
from community.conversations.pages.talk import LINES, PART, PLACES, talk_in
from community.conversations.pages.writing import send
from community.conversations.policies import SEE
from community.conversations.queries import standing_in, standing_of_message
from community.conversations.rules import Standing
from foundation import audit
from foundation.web import Answer, actor, htmx, page, reading, redirect_to, requires, say
from foundation.web.forms import ActForm
from foundation.web.state import database

SHOW = "community/conversations/show.html"
HERE = "conversations.show"


@conversations.get("/conversations/<int:thread_id>")
@requires(SEE)
def show(thread_id: int) -> Answer:
    standing = standing_in(reading(), actor(), thread_id)
    if standing.endpoint != HERE and not htmx.asked():
        place = {name: value for name in PLACES if (value := asked_number(name)) is not None}
        return redirect_to(standing.endpoint, **{**standing.values, **place}, anchor="thread")
    return _page_of(standing, part=LINES)


@conversations.get("/messages/<int:message_id>")
@requires(SEE)
def show_message(message_id: int) -> Answer:
    """Where a message stands: where a report or something found leads."""
    standing = standing_of_message(reading(), actor(), message_id)
    return redirect_to(standing.endpoint, **{**standing.values, "at": message_id}, anchor=f"m{message_id}")


@conversations.post("/conversations/<int:thread_id>/words")
@requires(SEE)
def write(thread_id: int) -> Answer:
    standing = standing_in(reading(), actor(), thread_id)
    form = MessageForm()
    sent = send(
        form,
        standing.sides,
        one_person=standing.direct,
        deed=lambda session, *said: actions.say(session, actor(), thread_id, *said),
    )
    if not sent.done:
        return _page_of(standing, part=PART, form=form, warned=sent.asked, status=422)
    if htmx.asked():
        return _page_of(standing, part=PART, newest=True)
    return redirect_to(standing.endpoint, **standing.values, anchor="thread")


@conversations.post("/conversations/<int:thread_id>/read")
@requires(SEE)
def mark_read(thread_id: int) -> Answer:
    upto = whole_number(request.form.get("upto", "")) or 0
    once(ActForm(), lambda session: actions.read_up_to(session, actor(), thread_id, upto))
    # The page asks by itself while it opens: sent elsewhere, it would lose what it says about a form refused.
    return Response(status=204) if htmx.asked() else _back(thread_id)


@conversations.post("/conversations/<int:thread_id>/mute")
@requires(SEE)
def mute(thread_id: int) -> Answer:
    muted = request.form.get("muted") == "1"
    once(ActForm(), lambda session: actions.set_muted(session, actor(), thread_id, muted=muted))
    say(_("You hear no more of this conversation.") if muted else _("You hear of this conversation again."))
    return _back(thread_id)


@conversations.post("/conversations/<int:thread_id>/leave")
@requires(SEE)
def leave(thread_id: int) -> Answer:
    once(ActForm(), lambda session: actions.leave(session, actor(), thread_id))
    say(_("You left the conversation. To come back, write to them again from their page."))
    return redirect_to(".messages")


def _back(thread_id: int) -> Answer:
    standing = standing_in(reading(), actor(), thread_id)
    return redirect_to(standing.endpoint, **standing.values, anchor="thread")


def _page_of(
    standing: Standing,
    *,
    part: str,
    form: MessageForm | None = None,
    warned: bool = False,
    newest: bool = False,
    status: int = 200,
) -> Answer:
    if not standing.inside:
        audit.looked(database(), actor(), standing.kind, standing.object_id)
    talk = talk_in(standing.thread_id, standing=standing, form=form, warned=warned, newest=newest)
    return page(SHOW, part=part, status=status, talk=talk)
