"""For who keeps a circle: families that were proposed, the rota, pauses, and its end."""

from datetime import date

from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext

from civic_centers.circles import actions
from civic_centers.circles.forms import PauseForm, ReasonForm
from civic_centers.circles.pages.acting import submit, tap
from civic_centers.circles.pages.blueprint import circles
from civic_centers.circles.pages.words import saying
from civic_centers.circles.policies import TAKE_PART
from civic_centers.circles.queries.single import CircleView, view_of
from civic_centers.circles.queries.turns import lines_of, refused_hours, turns_between
from community.communities.queries import today_of
from foundation import clock
from foundation.database import Session
from foundation.errors import DomainError, Missing
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say, writing
from foundation.web.formats import explain


@circles.get("/circles/<int:circle_id>/keep")
@requires(TAKE_PART)
def keep(circle_id: int) -> Answer:
    view = view_of(reading(), actor(), circle_id)
    if view.keeps and view.circle.state == "ended":
        return redirect_to(".show", circle_id=circle_id)
    view = _kept(circle_id)
    coming = turns_between(reading(), circle_id, clock.now())
    return page(
        "civic_centers/circles/keep.html",
        view=view,
        circle=view.circle,
        free=[line for line in coming if line.turn.state == "open" and line.turn.asked_until is None],
        refused=lines_of(reading(), refused_hours(reading(), circle_id)),
        today=_today(),
        **saying(),
    )


@circles.post("/circles/<int:circle_id>/families/<int:circle_family_id>/answer")
@requires(TAKE_PART)
def answer_family(circle_id: int, circle_family_id: int) -> Answer:
    yes = request.form.get("answer") == "yes"
    _kept(circle_id)
    done = _("The family is asked now.") if yes else _("Taken back.")
    return tap(
        lambda session, who: actions.answer_asked(session, who, circle_id, circle_family_id, yes=yes),
        done, ".keep", circle_id=circle_id,
    )  # fmt: skip


@circles.get("/circles/<int:circle_id>/rota")
@requires(TAKE_PART)
def ask_rota(circle_id: int) -> Answer:
    view = _kept(circle_id)
    rota = actions.plan(reading(), view.circle)
    names = {one.id: one.given_name for home in view.homes for one in home.takers}
    return page(
        "civic_centers/circles/rota.html", view=view, circle=view.circle, rota=rota, names=names, **saying()
    )  # fmt: skip


@circles.post("/circles/<int:circle_id>/rota")
@requires(TAKE_PART)
def make_rota(circle_id: int) -> Answer:
    _kept(circle_id)
    try:
        with writing() as session:
            number = actions.confirm_rota(session, actor(), circle_id, request.form.get("seal", ""))
    except Missing:
        raise
    except DomainError as error:
        say(explain(error), "urgent")
        return redirect_to(".ask_rota", circle_id=circle_id)
    words = ngettext("%(num)s turn is given, and who has it is told.",
                     "%(num)s turns are given, and who has them is told.", number)  # fmt: skip
    say(words if number else _("There was no turn to give."))
    return redirect_to(".turns", circle_id=circle_id)


@circles.get("/circles/<int:circle_id>/pause")
@requires(TAKE_PART)
def ask_pause(circle_id: int) -> Answer:
    return _pause_page(_kept(circle_id), PauseForm(formdata=None))


@circles.post("/circles/<int:circle_id>/pause")
@requires(TAKE_PART)
def pause(circle_id: int) -> Answer:
    view, form = _kept(circle_id), PauseForm()

    def act(session: Session) -> object:
        return actions.pause(session, actor(), circle_id, form.first_on.data, form.last_on.data)

    def then(number: int | None) -> Answer:
        words = ngettext("%(num)s turn is called off.", "%(num)s turns are called off.", number or 0)
        say(_("The circle pauses on those days.") + (f" {words}" if number else ""))
        return redirect_to(".keep", circle_id=circle_id)

    return submit(form, act, lambda status: _pause_page(view, form, status), then)


@circles.post("/circles/<int:circle_id>/pauses/<int:circle_pause_id>/end")
@requires(TAKE_PART)
def end_pause(circle_id: int, circle_pause_id: int) -> Answer:
    view = view_of(reading(), actor(), circle_id)
    ours = any(one.id == circle_pause_id and one.family_id is not None for one in view.pauses)
    where = ".family" if ours else ".keep"
    done = _("The pause is over. Say at each turn whether yours come.") if ours else _("The pause is over.")
    return tap(actions.end_pause, done, where, circle_id, circle_pause_id, circle_id=circle_id)


@circles.get("/circles/<int:circle_id>/end")
@requires(TAKE_PART)
def ask_end(circle_id: int) -> Answer:
    return _end_page(_kept(circle_id), ReasonForm(formdata=None))


@circles.post("/circles/<int:circle_id>/end")
@requires(TAKE_PART)
def end(circle_id: int) -> Answer:
    view, form = _kept(circle_id), ReasonForm()

    def then(_number: object) -> Answer:
        say(_("The circle has ended, and its families are told."))
        return redirect_to(".show", circle_id=circle_id)

    return submit(
        form,
        lambda session: actions.end_circle(session, actor(), circle_id, form.reason.data or ""),
        lambda status: _end_page(view, form, status),
        then,
    )


def _kept(circle_id: int) -> CircleView:
    view = view_of(reading(), actor(), circle_id)
    if not view.keeps or view.circle.state == "ended":
        raise Missing()
    return view


def _today() -> date:
    return today_of(reading(), actor().community_id)


def _pause_page(view: CircleView, form: PauseForm, status: int = 200) -> Answer:
    return page(
        "civic_centers/circles/pause.html", circle=view.circle, form=form, family=None, status=status, **saying()
    )  # fmt: skip


def _end_page(view: CircleView, form: ReasonForm, status: int = 200) -> Answer:
    return page("civic_centers/circles/end.html", circle=view.circle, form=form, status=status, **saying())
