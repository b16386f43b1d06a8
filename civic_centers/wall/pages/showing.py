"""The wall of a center, writing on it, joining, and what became of one need."""

import secrets
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from civic_centers.centers.policies import may_keep
from civic_centers.centers.queries import center_called
from civic_centers.centers.tables import Center
from civic_centers.wall import actions
from civic_centers.wall.forms import NeedForm
from civic_centers.wall.pages.blueprint import wall
from civic_centers.wall.pages.words import STATE_WORDS, families_words
from civic_centers.wall.policies import WRITE
from civic_centers.wall.queries import A_FEW, RIPE, becomings, own_needs, view_of, waiting_of, wall_of
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import DomainError, Missing
from foundation.once import first_time, made, number_made, remember
from foundation.web import Answer, actor, page, person_id, public, reading, redirect_to, requires, say, writing
from foundation.web.formats import explain
from foundation.web.pressing import pressed


@wall.get("/centers/<center_slug>/wall")
@public
def listing(center_slug: str) -> Answer:
    center = center_called(reading(), actor(), center_slug)
    center_id = center.id or 0
    return page(
        "civic_centers/wall/list.html",
        center=center,
        needs=wall_of(reading(), actor(), center_id),
        ended=wall_of(reading(), actor(), center_id, ended=True),
        waiting=waiting_of(reading(), actor(), center_id) if actor().may(WRITE) else [],
        keeps=may_keep(reading(), actor(), center_id),
        **saying(),
    )


@wall.get("/centers/<center_slug>/wall/new")
@requires(WRITE)
def ask_what(center_slug: str) -> Answer:
    return _new_page(_open(center_slug), NeedForm(formdata=None))


@wall.post("/centers/<center_slug>/wall/new")
@requires(WRITE)
def write(center_slug: str) -> Answer:
    center = _open(center_slug)
    form = NeedForm()
    if not form.validate_on_submit():
        return _new_page(center, form, 422)
    key = form.request_key.data or ""
    try:
        with writing() as session:
            if first_time(session, key, person_id(), content=form.typed()):
                need = actions.write_need(session, actor(), center.id or 0, form.words.data or "")
                need_id, state = need.id or 0, need.state
                remember(session, key, person_id(), made("wall_need", need_id))
            else:
                need_id, state = number_made(session, key, person_id(), "wall_need"), "open"
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _new_page(center, form, error.status)
    if state == "waiting":
        say(_("Written. A maker of the zone reads it first, then it hangs on the wall."))
    else:
        say(_("It hangs on the wall. We tell you what becomes of it."))
    return redirect_to(".show", need_id=need_id)


@wall.get("/wall/<int:need_id>")
@public
def show(need_id: int) -> Answer:
    view = view_of(reading(), actor(), need_id)
    ways = [way for way in becomings().values() if view.keeps and way.may(actor(), view.need.row)]
    return page("civic_centers/wall/show.html", view=view, need=view.need, row=view.need.row, ways=ways, **saying())


@wall.get("/wall/mine")
@requires(WRITE)
def mine() -> Answer:
    return page("civic_centers/wall/mine.html", needs=own_needs(reading(), actor()), state_words=STATE_WORDS)


@wall.post("/wall/<int:need_id>/join")
@requires(WRITE)
def join(need_id: int) -> Answer:
    """Say "me too" or "I could help", or take it back."""
    kind, back = request.form.get("kind", ""), request.form.get("back") == "yes"
    if back:
        words = _("Taken back.")
    elif kind == "help":
        words = _("Thank you! The people of the center see your name and will speak with you.")
    else:
        words = _("You are counted too. We tell you what becomes of it.")
    act = actions.leave_need if back else actions.join_need
    pressed(lambda session: act(session, actor(), need_id, kind), words)
    return redirect_to(".show", need_id=need_id)


@wall.post("/wall/<int:need_id>/withdraw")
@requires(WRITE)
def withdraw(need_id: int) -> Answer:
    view = view_of(reading(), actor(), need_id)
    try:
        with writing() as session:
            stays = actions.withdraw_need(session, actor(), need_id)
    except Missing:
        raise
    except DomainError as error:
        say(explain(error), "urgent")
        return redirect_to(".show", need_id=need_id)
    say(_("It stays for who misses it too, without your name.") if stays else _("Taken down."))
    return redirect_to(".listing", center_slug=view.center.slug)


def saying() -> dict[str, Any]:
    """What the templates of the wall say things with."""
    return {
        "families_words": families_words,
        "state_words": STATE_WORDS,
        "ripe": RIPE,
        "may_write": actor().may(WRITE),
        "new_key": lambda: secrets.token_urlsafe(18),
        "became_url": lambda need: url_for(need.became.show, **{need.became.parameter: need.row.became_id}),
    }


def section(session: Session, who: Actor, center: Center) -> dict[str, Any]:
    """The wall on the page of its center."""
    return {
        "template": "civic_centers/wall/_section.html",
        "center": center,
        "needs": wall_of(session, who, center.id or 0, limit=A_FEW),
        **saying(),
    }


def _open(slug: str) -> Center:
    center = center_called(reading(), actor(), slug)
    if center.closed_on is not None:
        raise Missing()
    return center


def _new_page(center: Center, form: NeedForm, status: int = 200) -> Answer:
    needs = wall_of(reading(), actor(), center.id or 0)
    return page("civic_centers/wall/new.html", center=center, form=form, needs=needs, status=status, **saying())
