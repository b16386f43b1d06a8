"""Asking who was suggested, putting an invitation aside, and the wish not to be suggested."""

from flask import Blueprint, url_for
from flask_babel import gettext as _

from exchanges.matching import actions
from exchanges.matching.forms import WishForm
from exchanges.matching.queries import wish_of
from exchanges.posts.policies import WRITE
from foundation.errors import DomainError, Missing
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say, writing
from foundation.web.formats import explain
from foundation.web.htmx import redirect_to as go_to

matching = Blueprint("matching", __name__, url_prefix="/c/<community>")


@matching.post("/posts/<int:post_id>/ask/<int:party_id>")
@requires(WRITE)
def ask(post_id: int, party_id: int) -> Answer:
    try:
        with writing() as session:
            fresh = actions.ask_to_answer(session, actor(), post_id, party_id)
    except Missing:
        raise
    except DomainError as error:
        say(explain(error), "sole")
    else:
        say(_("Asked. They answer only if it suits them.") if fresh else _("You have asked them already."))
    return go_to(url_for("posts.show", post_id=post_id))


@matching.post("/posts/<int:post_id>/not-now")
@requires(WRITE)
def not_now(post_id: int) -> Answer:
    with writing() as session:
        actions.say_not_now(session, actor(), post_id)
    say(_("All right. Nobody is told."))
    return go_to(url_for("communities.home"))


@matching.get("/me/suggestions")
@requires(WRITE)
def wish() -> Answer:
    return _wish_page(WishForm(wish=wish_of(reading(), actor().must_be_party())))


@matching.post("/me/suggestions")
@requires(WRITE)
def keep_wish() -> Answer:
    form = WishForm()
    if not form.validate_on_submit():
        return _wish_page(form, status=422)
    with writing() as session:
        actions.set_wish(session, actor(), form.wish.data or "")
    say(_("Kept."))
    return redirect_to(".wish")


def _wish_page(form: WishForm, status: int = 200) -> Answer:
    return page("exchanges/matching/wish.html", status=status, form=form)
