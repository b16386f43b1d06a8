"""What we sent: the list, one message with its preview and its figures, and every step but writing."""

from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

from flask import request
from flask_babel import force_locale
from flask_babel import gettext as _

from community.broadcasts import actions
from community.broadcasts.forms import PURPOSE_WORDS, ApprovalForm, SendBackForm, VersionForm
from community.broadcasts.pages import broadcasts
from community.broadcasts.policies import WRITE
from community.broadcasts.queries import (
    PAGE,
    View,
    approval_above,
    listing,
    notice_of,
    outcome_of,
    reach_of,
    view_for,
    waiting_for,
)
from community.broadcasts.rules import AUTHOR_GONE, STATES, warnings
from community.communities.policies import RUN
from community.members.queries import actor_for
from community.notifications.jobs import readable
from foundation.errors import DomainError, Missing
from foundation.web import Answer, actor, community, page, reading, redirect_to, requires, say, writing
from foundation.web.asked import row_number
from foundation.web.formats import explain
from foundation.web.language import language_name


@broadcasts.get("/broadcasts")
@requires(WRITE)
def sent() -> Answer:
    found = listing(reading(), actor(), before=request.args.get("before", type=row_number))
    return page(
        "community/broadcasts/list.html",
        found=found[:PAGE],
        more=found[PAGE - 1][0].id if len(found) > PAGE else None,
        to_approve={one.id for one in waiting_for(reading(), actor())},
        states=STATES,
    )


@broadcasts.get("/broadcasts/<int:broadcast_id>")
@requires(WRITE)
def show(broadcast_id: int) -> Answer:
    return _page(broadcast_id)


@broadcasts.post("/broadcasts/<int:broadcast_id>/<any(send, approve):step>")
@requires(WRITE)
def go_on(broadcast_id: int, step: str) -> Answer:
    form = VersionForm()
    do = actions.send_off if step == "send" else actions.approve
    try:
        with writing() as session:
            do(session, actor(), broadcast_id, version=form.number)
    except Missing:
        raise
    except DomainError as error:
        return _page(broadcast_id, problem=explain(error), status=error.status)
    say(_("Thank you: it goes out as planned.") if step == "approve" else _("Done. Below you see how it goes on."))
    return redirect_to(".show", broadcast_id=broadcast_id)


@broadcasts.post("/broadcasts/<int:broadcast_id>/send-back")
@requires(WRITE)
def send_back(broadcast_id: int) -> Answer:
    form = SendBackForm()
    if not form.validate_on_submit():
        return _page(broadcast_id, form=form, status=422)
    try:
        with writing() as session:
            actions.send_back(session, actor(), broadcast_id, form.remark.data, version=form.number)
    except Missing:
        raise
    except DomainError as error:
        return _page(broadcast_id, problem=explain(error), status=error.status)
    say(_("Your words are with the author."))
    return redirect_to(".sent")


@broadcasts.post("/broadcasts/<int:broadcast_id>/<any(cancel, stop):step>")
@requires(WRITE)
def call_off(broadcast_id: int, step: str) -> Answer:
    do = actions.cancel if step == "cancel" else actions.stop
    try:
        with writing() as session:
            do(session, actor(), broadcast_id)
    except Missing:
        raise
    except DomainError as error:
        return _page(broadcast_id, problem=explain(error), status=error.status)
    say(_("It does not go out.") if step == "cancel" else _("Stopped: nobody more is told."))
    return redirect_to(".show", broadcast_id=broadcast_id)


@broadcasts.post("/broadcasts/<int:broadcast_id>/copy")
@requires(WRITE)
def copy(broadcast_id: int) -> Answer:
    with writing() as session:
        number = actions.copy(session, actor(), broadcast_id)
    say(_("A new draft with the same words. Look at it before it goes out."))
    return redirect_to(".edit", broadcast_id=number)


@broadcasts.post("/broadcasts/<int:broadcast_id>/discard")
@requires(WRITE)
def discard(broadcast_id: int) -> Answer:
    with writing() as session:
        actions.discard(session, actor(), broadcast_id)
    say(_("The draft is gone."))
    return redirect_to(".sent")


@broadcasts.get("/running/broadcasts")
@requires(RUN)
def rules() -> Answer:
    return _rules_page(ApprovalForm(approval_above=approval_above(reading(), community().id)))


@broadcasts.post("/running/broadcasts")
@requires(RUN)
def keep_rules() -> Answer:
    form = ApprovalForm()
    if not form.validate_on_submit():
        return _rules_page(form, status=422)
    with writing() as session:
        actions.set_rules(session, actor(), above=form.approval_above.data)
    say(_("Kept: it holds from now on."))
    return redirect_to("communities.running")


def _rules_page(form: ApprovalForm, status: int = 200) -> Answer:
    return page("community/broadcasts/rules.html", form=form, status=status)


def _page(broadcast_id: int, *, problem: str = "", form: SendBackForm | None = None, status: int = 200) -> Answer:
    view = view_for(reading(), actor(), broadcast_id)
    one = view.broadcast
    is_open = one.state in ("draft", "waiting", "planned")
    author = actor_for(reading(), one.author_id, one.community_id)
    reach = reach_of(reading(), author, one, view.zone_ids) if is_open else None
    return page(
        "community/broadcasts/show.html",
        view=view,
        one=one,
        state=STATES[one.state],
        purpose=PURPOSE_WORDS[one.purpose],
        letters=list(_letters(view)),
        reach=reach,
        above=approval_above(reading(), one.community_id),
        outcome=None if is_open else outcome_of(reading(), one),
        warnings=[_(words) for words in warnings([*one.subject.values(), *one.words.values()])] if is_open else [],
        form=form or SendBackForm(formdata=None, version=one.version),
        problem=problem,
        author_gone=one.remark == AUTHOR_GONE,
        status=status,
    )


def _letters(view: View) -> Iterator[dict[str, Any]]:
    """The letter as it will be read, once a language in which something was written."""
    one, notice = view.broadcast, notice_of(view.broadcast)
    packed = {"community": community().name, "subject": one.subject, "words": one.words, "maker": view.author}
    several = len(one.subject) > 1
    for code in one.subject:
        with force_locale(code) if several else nullcontext():
            params = readable(packed)
            yield {
                "language": language_name(code) if several else "",
                "code": code,
                "subject": _(notice.subject, **params),
                "body": [_(paragraph, **params) for paragraph in notice.body],
                "link": _(notice.link),
            }
