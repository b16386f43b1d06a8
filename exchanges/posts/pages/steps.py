"""Writing a post in three small steps, rereading it, publishing it. Every step is kept; going back loses nothing."""

import re
from collections.abc import Callable
from typing import Any

from flask import request
from flask_babel import gettext as _

from exchanges.posts import actions, rules
from exchanges.posts.forms import NOT_KEPT, StepForm, WhatForm
from exchanges.posts.pages import filling
from exchanges.posts.pages.blueprint import posts
from exchanges.posts.pages.living import own_view
from exchanges.posts.pages.showing import rendering
from exchanges.posts.policies import WRITE
from exchanges.posts.queries import PostView, own_post
from foundation.database import Session
from foundation.errors import Invalid, Stale
from foundation.files import StoredImage
from foundation.once import first_time, made, number_made, remember
from foundation.web import Answer, actor, page, redirect_to, requires, say, writing
from foundation.web.asked import row_number
from foundation.web.formats import explain
from foundation.web.forms import ActForm
from foundation.web.pictures import take_in
from foundation.web.state import person_id

STEPS = ("what", "when", "how")
STEP_OF = {
    "title": "what", "category_id": "what",
    "rhythm": "when", "dates": "when", "weekdays": "when", "zone_id": "when", "own": "when",
    "minutes": "how", "expires_on": "how", "outside_trade": "how",
}  # fmt: skip
FORMS: dict[str, Callable[..., Any]] = {
    "what": filling.what_form,
    "when": filling.when_form,
    "how": filling.how_form,
}


@posts.get("/posts/new")
@requires(WRITE)
def start() -> Answer:
    if actor().party_id is None:
        say(_("First open a household of your own: posts are written for it."), "info")
        return redirect_to("households.show")
    kind = request.args.get("kind", "")
    if kind not in rules.KINDS:
        return page("exchanges/posts/start.html", category=request.args.get("category", type=row_number))
    return _new_page(kind, filling.new_form())


@posts.post("/posts/new")
@requires(WRITE)
def create() -> Answer:
    kind = request.args.get("kind", "")
    if kind not in rules.KINDS:
        return redirect_to(".start")
    form = filling.new_form()
    if not form.validate_on_submit():
        return _new_page(kind, form, 422)
    try:
        post_id = _create(kind, form, _taken_in(form))
    except (Invalid, Stale) as error:
        form.refuse(error)
        return _new_page(kind, form, 422)
    return _onwards(own_view(post_id), "what", form)


@posts.get("/posts/<int:post_id>/<any(what, when, how):step>")
@requires(WRITE)
def edit(post_id: int, step: str) -> Answer:
    view = own_view(post_id)
    if view.post.state not in ("draft", "open", "paused"):
        return redirect_to(".show", post_id=post_id)
    return _step_page(view, step, FORMS[step](view))


@posts.post("/posts/<int:post_id>/<any(what, when, how):step>")
@requires(WRITE)
def save(post_id: int, step: str) -> Answer:
    view = own_view(post_id)
    form = FORMS[step](view)
    if form.go == NOT_KEPT and form.is_submitted():
        return _step_page(view, step, form)
    if not form.validate_on_submit():
        return _step_page(view, step, form, 422)
    try:
        stored = _taken_in(form) if step == "what" else []
        with writing() as session:
            _save(session, post_id, step, form, stored)
    except Stale as error:
        return _stale_page(post_id, step, form, error)
    except Invalid as error:
        _refuse(form, error)
        return _step_page(own_view(post_id), step, form, 422)
    return _onwards(own_view(post_id), step, form)


@posts.get("/posts/<int:post_id>/reread")
@requires(WRITE)
def reread(post_id: int) -> Answer:
    view = own_view(post_id)
    if view.post.state != "draft":
        return redirect_to(".show", post_id=post_id)
    return _reread_page(view)


@posts.post("/posts/<int:post_id>/publish")
@requires(WRITE)
def publish(post_id: int) -> Answer:
    view = own_view(post_id)
    try:
        with writing() as session:
            state = actions.publish_post(session, actor(), post_id).state
    except Invalid as error:
        return _reread_page(view, error, 422)
    if state == "draft":
        say(_("Sent. A maker of your zone reads it first, then it is on the board: we tell you."))
    elif view.post.visibility == "confidential":
        say(_("Sent to the makers of your zone. One of them will speak with you."))
    else:
        say(_("Published. We tell you as soon as somebody answers."))
    return redirect_to(".show", post_id=post_id)


def _create(kind: str, form: WhatForm, stored: list[StoredImage]) -> int:
    """The new draft. The same form sent twice makes one; sent again from the page before, it puts that one right."""
    key = form.request_key.data or ""
    with writing() as session:
        if not first_time(session, key, person_id()):
            post_id = number_made(session, key, person_id(), "post")
            post = own_post(session, actor(), post_id, lock=True)
            if post.state == "draft":
                actions.save_what(session, actor(), post_id, form.said(), version=post.version)
            return post_id
        post = actions.start_draft(session, actor(), kind)
        post_id = post.id or 0
        actions.save_what(session, actor(), post_id, form.said(), version=post.version)
        for image in stored:
            actions.add_photo(session, actor(), post_id, image, words=form.photo_words.data or "")
        remember(session, key, person_id(), made("post", post_id))
    return post_id


def _save(session: Session, post_id: int, step: str, form: Any, stored: list[StoredImage]) -> None:
    verbs: dict[str, Callable[..., Any]] = {
        "what": actions.save_what,
        "when": actions.save_when,
        "how": actions.save_how,
    }
    verbs[step](session, actor(), post_id, form.said(), version=form.opened_with)
    for file_id, words in form.described.items() if step == "what" else ():
        actions.describe_photo(session, actor(), post_id, file_id, words)
    for image in stored:
        actions.add_photo(session, actor(), post_id, image, words=form.photo_words.data or "")
    removed = re.fullmatch(r"remove-([0-9]{1,9})", form.go)
    if step == "what" and removed:
        actions.remove_photo(session, actor(), post_id, int(removed[1]))


def _taken_in(form: WhatForm) -> list[StoredImage]:
    """The chosen photographs, decoded and on disk before any transaction. Raises Invalid at the field."""
    if len(form.chosen) > rules.MOST_PHOTOS:
        raise Invalid(actions.drafting.TOO_MANY, field="photos", most=rules.MOST_PHOTOS)
    return [take_in(upload, field="photos") for upload in form.chosen]


def _refuse(form: Any, error: Invalid) -> None:
    """At its field; where the field has another name on the page, at the first of those."""
    error.field = {"dates": "starts_1"}.get(error.field or "", error.field)
    form.refuse(error)


def _onwards(view: PostView, step: str, form: StepForm) -> Answer:
    """After a step was kept: where the pressed button leads."""
    post_id, place = view.post.id, STEPS.index(step)
    if form.go == "later":
        say(_("Saved. You find it here whenever you like."))
        return redirect_to(".mine")
    if form.go == "photos" or form.go.startswith("remove-"):
        return redirect_to(".edit", post_id=post_id, step="what", anchor="pictures")
    if form.go == "back":
        return redirect_to(".edit", post_id=post_id, step=STEPS[max(place - 1, 0)])
    if view.post.state != "draft":
        return _after_editing(view)
    if step == "how" or request.args.get("from") == "reread":
        return redirect_to(".reread", post_id=post_id)
    return redirect_to(".edit", post_id=post_id, step=STEPS[place + 1])


def _after_editing(view: PostView) -> Answer:
    if view.lacks:
        say(_("This kind of help has a few questions of its own."), "info")
        return redirect_to(".edit", post_id=view.post.id, step=view.lacks[0].step)
    say(_("Saved: from now on it reads like this."))
    return redirect_to(".show", post_id=view.post.id)


def _new_page(kind: str, form: WhatForm, status: int = 200) -> Answer:
    return page("exchanges/posts/what.html", form=form, kind=kind, view=None, status=status, **rendering())


def _step_page(view: PostView, step: str, form: StepForm, status: int = 200, changes: Any = ()) -> Answer:
    return page(
        f"exchanges/posts/{step}.html",
        form=form,
        view=view,
        post=view.post,
        kind=view.post.kind,
        changes=changes,
        is_trade=step == "how" and filling.is_trade(view),
        status=status,
        **rendering(),
    )


def _stale_page(post_id: int, step: str, form: Any, error: Stale) -> Answer:
    """What was typed stays in the form; beside it stands what the post says now."""
    view = own_view(post_id)
    changes = filling.differences(form, FORMS[step](view, formdata=None))
    form.version.data = str(view.post.version)
    form.form_errors.append(explain(error))
    return _step_page(view, step, form, error.status, changes)


def _reread_page(view: PostView, error: Invalid | None = None, status: int = 200) -> Answer:
    return page(
        "exchanges/posts/reread.html",
        view=view,
        post=view.post,
        form=ActForm(),
        error=explain(error) if error else "",
        error_step=STEP_OF.get(error.field or "", "what") if error else "",
        status=status,
        **rendering(),
    )
