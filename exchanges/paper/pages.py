"""Forms on paper for who is not online: printed blank or with a name, and opened by a maker from their drawing.

The drawing is no key: it says which form it is and whose name stands on it, and only a maker of that zone, signed in,
comes anywhere with it. Opening it writes nothing; a button takes the household's place and begins.
"""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from community.communities.queries import catalogue_of
from community.mandates.pages.standing import take_place
from community.mandates.policies import KEEP
from community.mandates.queries import Home
from exchanges.agreements.forms import category_choices, whole_number
from exchanges.paper import actions
from exchanges.paper.forms import HomeChoice, PaperPostForm
from exchanges.paper.queries import homes_to_fill_for, named_home, post_on_paper
from exchanges.posts.queries import post_visible_to
from exchanges.posts.tables import Post
from foundation.errors import DomainError, Missing
from foundation.web import Answer, actor, community, page, reading, redirect_to, requires, say, writing
from foundation.web.fields import choices
from foundation.web.qr import qr_drawing

paper = Blueprint("paper", __name__, url_prefix="/c/<community>/paper")
KINDS = "<any(need, offer):kind>"


@paper.get("/")
@requires(KEEP)
def choose() -> Answer:
    return page("exchanges/paper/choose.html", homes=homes_to_fill_for(reading(), actor()), home_id=_home_id())


@paper.get("/print")
@requires(KEEP)
def print_post() -> Answer:
    """A form for a need or an offer; blank, or with the name of a household."""
    kind = "offer" if request.args.get("kind") == "offer" else "need"
    return _on_paper(
        "exchanges/paper/post_form.html",
        lambda home_id: url_for(".open_post", kind=kind, home=home_id, _external=True),
        kind=kind,
        branches=catalogue_of(reading(), community()).branches,
    )


@paper.get("/print/answer/<int:post_id>")
@requires(KEEP)
def print_answer(post_id: int) -> Answer:
    """A form to answer a post with: “I can help”, a name and a signature."""
    post = post_on_paper(reading(), actor(), post_id)
    return _on_paper(
        "exchanges/paper/answer_form.html",
        lambda home_id: url_for(".open_answer", post_id=post_id, home=home_id, _external=True),
        post=post,
    )


@paper.get(f"/fill/{KINDS}")
@requires(KEEP)
def open_post(kind: str) -> Answer:
    """Where the drawing of a form leads. Nothing is done before the button."""
    return _post_page(kind, PaperPostForm(formdata=None, home=_home_id()))


@paper.post(f"/fill/{KINDS}")
@requires(KEEP)
def begin_post(kind: str) -> Answer:
    form = PaperPostForm()
    if not form.validate_on_submit():
        return _post_page(kind, form, status=422)
    try:
        party_id, key = form.home.data or 0, form.request_key.data or ""
        with writing() as session:
            post_id = actions.begin_draft(session, actor(), party_id, kind, form.what(), request_key=key)
        take_place(party_id)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _post_page(kind, form, status=422)
    say(_("The draft is begun in their name. Look at it, and go on."))
    return redirect_to("posts.edit", post_id=post_id, step="what")


@paper.get("/fill/answer/<int:post_id>")
@requires(KEEP)
def open_answer(post_id: int) -> Answer:
    return _answer_page(post_on_paper(reading(), actor(), post_id), HomeChoice(formdata=None, home=_home_id()))


@paper.post("/fill/answer/<int:post_id>")
@requires(KEEP)
def begin_answer(post_id: int) -> Answer:
    post = post_on_paper(reading(), actor(), post_id)
    form = HomeChoice()
    if not form.validate_on_submit():
        return _answer_page(post, form, status=422)
    try:
        speaker = take_place(form.home.data or 0)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _answer_page(post, form, status=422)
    try:
        post_visible_to(reading(), speaker, post_id)
    except Missing:
        say(_("This household cannot answer this post."), "sole")
        return redirect_to("mandates.acting")
    return redirect_to("agreements.ask_terms", post_id=post_id)


def _home_id() -> int | None:
    return whole_number(request.args.get("home", ""))


def _on_paper(template: str, address: Callable[[int | None], str], **more: Any) -> Answer:
    home = named_home(reading(), actor(), _home_id())
    language = _language(home)
    with force_locale(language):  # who reads it is not who prints it
        drawing = qr_drawing(address(home.party_id if home else None), _("QR code for makers"))
        return page(template, home=home, drawing=drawing, community=community(), **more)


def _language(home: Home | None) -> str:
    return home.people[0].language if home and home.people else community().languages[0]


def _post_page(kind: str, form: PaperPostForm, status: int = 200) -> Answer:
    _fill(form)
    form.category_id.choices = category_choices(catalogue_of(reading(), community()).branches)
    return page("exchanges/paper/fill_post.html", form=form, kind=kind, status=status)


def _answer_page(post: Post, form: HomeChoice, status: int = 200) -> Answer:
    _fill(form)
    return page("exchanges/paper/fill_answer.html", form=form, post=post, status=status)


def _fill(form: HomeChoice) -> None:
    named = named_home(reading(), actor(), _home_id())
    found = homes_to_fill_for(reading(), actor())
    if named is not None and named.party_id not in {home.party_id for home in found}:
        found = [named, *found]
    form.home.choices = choices([("", _("Choose")), *((str(home.party_id), home.party.name) for home in found)])
