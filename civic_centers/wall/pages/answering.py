"""What the people of a center do with a need: turn it into something, answer, merge, close."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _

from civic_centers.centers.policies import KEEP
from civic_centers.wall import actions
from civic_centers.wall.forms import MergeForm, ReplyForm
from civic_centers.wall.pages.blueprint import wall
from civic_centers.wall.queries import NeedView, becomings, open_needs, view_of
from foundation.errors import DomainError, Missing
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say, writing
from foundation.web.fields import choices
from foundation.web.formats import explain
from foundation.web.pressing import sent


@wall.post("/wall/<int:need_id>/become/<becoming>")
@requires(KEEP)
def become(need_id: int, becoming: str) -> Answer:
    """Begin a post, an activity or a lab from a need, and go on where that is written."""
    _kept(need_id)
    try:
        with writing() as session:
            made = actions.turn_into(session, actor(), need_id, becoming)
    except Missing:
        raise
    except DomainError as error:
        say(explain(error), "urgent")
        return redirect_to(".show", need_id=need_id)
    way = becomings()[becoming]
    say(_("Begun from the wall. Finish it here: once others see it, those who asked are told."))
    values: dict[str, Any] = {way.parameter: made, **dict(way.more)}
    return redirect_to(way.edit, **values)


@wall.get("/wall/<int:need_id>/answer")
@requires(KEEP)
def ask_answer(need_id: int) -> Answer:
    return _reply_page(_kept(need_id), ReplyForm(formdata=None), "answer")


@wall.post("/wall/<int:need_id>/answer")
@requires(KEEP)
def answer(need_id: int) -> Answer:
    return _said(need_id, "answer", actions.answer_need, _("Answered: those who asked have been told."))


@wall.get("/wall/<int:need_id>/close")
@requires(KEEP)
def ask_to_close(need_id: int) -> Answer:
    return _reply_page(_kept(need_id), ReplyForm(formdata=None), "close")


@wall.post("/wall/<int:need_id>/close")
@requires(KEEP)
def close(need_id: int) -> Answer:
    return _said(need_id, "close", actions.close_need, _("Closed: those who asked have been told why."))


@wall.get("/wall/<int:need_id>/merge")
@requires(KEEP)
def ask_to_merge(need_id: int) -> Answer:
    return _merge_page(_kept(need_id), MergeForm(formdata=None))


@wall.post("/wall/<int:need_id>/merge")
@requires(KEEP)
def merge(need_id: int) -> Answer:
    view = _kept(need_id)
    form = MergeForm()
    into_id = form.into_id.data or 0
    again = sent(
        form,
        lambda session: actions.merge_needs(session, actor(), need_id, into_id),
        lambda status: _merge_page(view, form, status),
        _("Now they are counted together."),
    )
    return again or redirect_to(".show", need_id=into_id)


def _kept(need_id: int) -> NeedView:
    """A need that is open, for the keepers of its center. Raises Missing."""
    view = view_of(reading(), actor(), need_id)
    if not view.keeps or view.need.row.state != "open":
        raise Missing()
    return view


def _said(need_id: int, verb: str, act: Callable[..., None], done: str) -> Answer:
    view = _kept(need_id)
    form = ReplyForm()
    again = sent(
        form,
        lambda session: act(session, actor(), need_id, form.reply.data or ""),
        lambda status: _reply_page(view, form, verb, status),
        done,
    )
    return again or redirect_to(".show", need_id=need_id)


def _reply_page(view: NeedView, form: ReplyForm, verb: str, status: int = 200) -> Answer:
    return page("civic_centers/wall/reply.html", view=view, row=view.need.row, form=form, verb=verb, status=status)


def _merge_page(view: NeedView, form: MergeForm, status: int = 200) -> Answer:
    others = open_needs(reading(), view.center.id or 0, but=view.need.row.id)
    form.into_id.choices = choices([("", _("Choose")), *((str(one.id), one.words) for one in others)])
    return page("civic_centers/wall/merge.html", view=view, row=view.need.row, form=form, others=others, status=status)
