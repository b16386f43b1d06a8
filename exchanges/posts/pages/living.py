"""What the owner does with a post: publish, pause, close, renew, copy, discard. Each is a button that posts."""

from flask_babel import gettext as _

from exchanges.posts import actions
from exchanges.posts.forms import CloseForm
from exchanges.posts.pages.blueprint import posts
from exchanges.posts.pages.showing import rendering
from exchanges.posts.policies import WRITE
from exchanges.posts.queries import PostView, post_visible_to
from foundation.errors import Missing
from foundation.once import first_time, made, number_made, remember
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say, writing
from foundation.web.forms import ActForm
from foundation.web.state import person_id


def own_view(post_id: int) -> PostView:
    """A post of one's own, with all that stands around it. Raises Missing for anybody else's."""
    view = post_visible_to(reading(), actor(), post_id)
    if not view.is_own:
        raise Missing()
    return view


@posts.post("/posts/<int:post_id>/pause")
@requires(WRITE)
def pause(post_id: int) -> Answer:
    with writing() as session:
        actions.pause_post(session, actor(), post_id)
    say(_("Paused: nobody sees it until you put it back."))
    return redirect_to(".show", post_id=post_id)


@posts.post("/posts/<int:post_id>/resume")
@requires(WRITE)
def resume(post_id: int) -> Answer:
    with writing() as session:
        actions.resume_post(session, actor(), post_id)
    say(_("It is on the board again."))
    return redirect_to(".show", post_id=post_id)


@posts.get("/posts/<int:post_id>/close")
@requires(WRITE)
def ask_to_close(post_id: int) -> Answer:
    return page("exchanges/posts/close.html", view=own_view(post_id), form=CloseForm())


@posts.post("/posts/<int:post_id>/close")
@requires(WRITE)
def close(post_id: int) -> Answer:
    form = CloseForm()
    if not form.validate_on_submit():
        return page("exchanges/posts/close.html", view=own_view(post_id), form=form, status=422)
    found = form.found.data == "yes"
    with writing() as session:
        actions.close_post(session, actor(), post_id, found=found)
    say(_("Good! It is off the board: nobody else will ask.") if found else _("Closed. You can renew it any time."))
    return redirect_to(".show", post_id=post_id)


@posts.post("/posts/<int:post_id>/renew")
@requires(WRITE)
def renew(post_id: int) -> Answer:
    form = ActForm()
    with writing() as session:
        if first_time(session, form.request_key.data or "", person_id()):
            actions.renew_post(session, actor(), post_id)
    say(_("Renewed: it stays on the board."))
    return redirect_to(".show", post_id=post_id)


@posts.post("/posts/<int:post_id>/duplicate")
@requires(WRITE)
def duplicate(post_id: int) -> Answer:
    key = ActForm().request_key.data or ""
    with writing() as session:
        if first_time(session, key, person_id()):
            copy_id = actions.duplicate_post(session, actor(), post_id).id or 0
            remember(session, key, person_id(), made("post", copy_id))
        else:
            copy_id = number_made(session, key, person_id(), "post")
    say(_("Here is a copy. Look it over, then publish it."))
    return redirect_to(".reread", post_id=copy_id)


@posts.get("/posts/<int:post_id>/discard")
@requires(WRITE)
def ask_to_discard(post_id: int) -> Answer:
    view = own_view(post_id)
    if view.post.state != "draft":
        return redirect_to(".show", post_id=post_id)
    return page("exchanges/posts/discard.html", view=view, **rendering())


@posts.post("/posts/<int:post_id>/discard")
@requires(WRITE)
def discard(post_id: int) -> Answer:
    key = ActForm().request_key.data or ""
    with writing() as session:
        if first_time(session, key, person_id()):
            actions.discard_draft(session, actor(), post_id)
    say(_("The draft is gone."), "info")
    return redirect_to(".mine")
