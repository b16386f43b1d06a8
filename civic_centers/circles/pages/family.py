"""A family in a circle: its yes or no, its adults and children, its days away, and its leaving."""

from collections.abc import Callable

from flask import request
from flask_babel import gettext as _
from sqlmodel import col, select

from civic_centers.circles import actions
from civic_centers.circles.forms import JoinForm, PauseForm
from civic_centers.circles.pages.acting import submit, tap
from civic_centers.circles.pages.blueprint import circles
from civic_centers.circles.pages.words import saying
from civic_centers.circles.policies import TAKE_PART, gate_for
from civic_centers.circles.queries.in_labs import circle_to_ask
from civic_centers.circles.queries.single import CircleView, own_family, view_of
from civic_centers.circles.queries.turns import balances
from civic_centers.circles.rules import TEXT_VERSION, TEXTS
from civic_centers.circles.tables import CareCircle
from civic_centers.labs.tables import Lab
from community.communities.queries import today_of
from community.dependants.queries import standings_of
from community.dependants.rules import MINORS, Standing
from community.households.queries import dependants_of
from community.households.tables import Dependant
from community.parties.queries import adults_of_own
from foundation.database import Session
from foundation.errors import Missing
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say
from foundation.web.asked import row_number
from foundation.web.fields import choices


@circles.post("/circles/<int:circle_id>/invite")
@requires(TAKE_PART)
def invite(circle_id: int) -> Answer:
    view = view_of(reading(), actor(), circle_id)
    party_id = request.form.get("party_id", 0, type=row_number)
    if party_id <= 0:
        raise Missing()
    done = _("Asked. We tell you what they say.") if view.keeps else _("Proposed: who keeps the circle looks first.")
    return tap(actions.invite, done, ".show", circle_id, party_id, circle_id=circle_id)


@circles.post("/circles/<int:circle_id>/ask")
@requires(TAKE_PART)
def ask_in(circle_id: int) -> Answer:
    """From the page of its lab: asking to come in, or taking that back before a keeper has answered."""
    if request.form.get("answer") == "no":
        own_family(reading(), actor(), circle_id, "asked")
        act: Callable[..., object] = actions.ask_no_more
        done = _("Taken back.")
    else:
        circle_to_ask(reading(), actor(), circle_id)
        act = actions.ask_in
        done = _("Asked: who keeps the circle looks first, and we tell you what they say.")
    lab_id = reading().scalar(select(col(CareCircle.lab_id)).where(col(CareCircle.id) == circle_id))
    lab = reading().get(Lab, lab_id) if lab_id is not None else None
    if lab is None:
        return tap(act, done, ".mine", circle_id)
    return tap(act, done, "labs.show", circle_id, lab_slug=lab.slug)


@circles.get("/circles/<int:circle_id>/join")
@requires(TAKE_PART)
def ask_join(circle_id: int) -> Answer:
    view = _mine(circle_id, "invited", "in")
    if view.mine is not None and view.mine.family.state == "in":
        return redirect_to(".family", circle_id=circle_id)
    return _join_page(view, JoinForm(formdata=None))


@circles.post("/circles/<int:circle_id>/join")
@requires(TAKE_PART)
def join(circle_id: int) -> Answer:
    view, form = _mine(circle_id, "invited", "in"), JoinForm()

    def act(session: Session) -> object:
        children = [one for one in form.children.data or () if one is not None]
        return actions.join(
            session, actor(), circle_id, agreed=bool(form.agreed.data), dependant_ids=children,
            takes_turns=bool(form.takes_turns.data),
        ).id  # fmt: skip

    def then(_found: object) -> Answer:
        say(_("You are in the circle: welcome. Write down what who has a turn must know of your children."))
        return redirect_to(".family", circle_id=circle_id)

    return submit(form, act, lambda status: _join_page(view, form, status), then)


@circles.post("/circles/<int:circle_id>/decline")
@requires(TAKE_PART)
def decline(circle_id: int) -> Answer:
    _mine(circle_id, "invited")
    return tap(actions.decline, _("Said. That is fine."), ".mine", circle_id)


@circles.get("/circles/<int:circle_id>/family")
@requires(TAKE_PART)
def family(circle_id: int) -> Answer:
    view = _mine(circle_id, "in")
    home = view.mine
    if home is None:
        raise Missing()
    brought = {dependant.id for _child, dependant in home.children}
    looked_after = [one for one in _children(view) if one.id not in brought]
    known = {adult.person_id for adult, _person in home.adults}
    adults = adults_of_own(reading(), actor(), home.family.party_id or 0)
    ids = [number for number, _name in adults]
    gate = gate_for(reading(), actor().community_id, ids)
    today = today_of(reading(), actor().community_id)
    return page(
        "civic_centers/circles/family.html",
        view=view,
        circle=view.circle,
        home=home,
        others=looked_after,
        standings=standings_of(reading(), [*looked_after, *(dependant for _child, dependant in home.children)]),
        not_yet=[(number, name) for number, name in adults if number not in known],
        able={number for number in ids if gate.passes(number, today)},
        pauses=[one for one in view.pauses if one.family_id == home.family.id and one.last_on >= today],
        **saying(),
    )


@circles.post("/circles/<int:circle_id>/adults/<int:person_id>")
@requires(TAKE_PART)
def set_adult(circle_id: int, person_id: int) -> Answer:
    """Put an adult down, say one's own yes or no, or take somebody off the list."""
    view, what = _mine(circle_id, "in"), request.form.get("what", "")
    back = {"circle_id": view.circle.id}
    if what == "off":
        return tap(actions.take_adult_off, _("Said. Turns to come are open again."), ".family", circle_id, person_id,
                   **back)  # fmt: skip
    if person_id == actor().person_id and what in ("yes", "no"):
        done = _("You take turns from now on.") if what == "yes" else _("Said. Turns to come are open again.")
        return tap(
            lambda session, who: actions.answer_adult(session, who, circle_id, yes=what == "yes"), done, ".family",
            **back,
        )  # fmt: skip
    done = _("Asked: they say yes or no themselves.") if person_id != actor().person_id else ""
    return tap(actions.put_adult_down, done, ".family", circle_id, person_id, **back)


@circles.post("/circles/<int:circle_id>/bring/<int:dependant_id>")
@requires(TAKE_PART)
def bring(circle_id: int, dependant_id: int) -> Answer:
    _mine(circle_id, "in")
    done = _("They come to the turns at which there is room.")
    return tap(actions.bring_child, done, ".family", circle_id, dependant_id, circle_id=circle_id)


@circles.post("/circles/<int:circle_id>/children/<int:child_id>/out")
@requires(TAKE_PART)
def take_out(circle_id: int, child_id: int) -> Answer:
    _mine(circle_id, "in")
    done = _("They come no more, and what you wrote is erased.")
    return tap(actions.take_child_out, done, ".family", circle_id, child_id, circle_id=circle_id)


@circles.get("/circles/<int:circle_id>/away")
@requires(TAKE_PART)
def ask_away(circle_id: int) -> Answer:
    return _away_page(_mine(circle_id, "in"), PauseForm(formdata=None))


@circles.post("/circles/<int:circle_id>/away")
@requires(TAKE_PART)
def away(circle_id: int) -> Answer:
    view, form = _mine(circle_id, "in"), PauseForm()

    def act(session: Session) -> object:
        return actions.pause_family(session, actor(), circle_id, form.first_on.data, form.last_on.data)

    def then(_found: object) -> Answer:
        say(_("Written down. On those days your turns are open and your children do not come."))
        return redirect_to(".family", circle_id=circle_id)

    return submit(form, act, lambda status: _away_page(view, form, status), then)


@circles.get("/circles/<int:circle_id>/leave")
@requires(TAKE_PART)
def ask_leave(circle_id: int) -> Answer:
    view = _mine(circle_id, "in")
    own = view.mine.family.id if view.mine else 0
    return page(
        "civic_centers/circles/leave.html",
        circle=view.circle,
        balance=balances(reading(), circle_id)[own or 0],
        **saying(),
    )


@circles.post("/circles/<int:circle_id>/leave")
@requires(TAKE_PART)
def leave(circle_id: int) -> Answer:
    _mine(circle_id, "in")
    done = _("You have left the circle. Your turns are open, and what you wrote of your children is erased.")
    return tap(actions.leave, done, ".mine", circle_id)


def _mine(circle_id: int, *states: str) -> CircleView:
    view = view_of(reading(), actor(), circle_id)
    if view.mine is None or view.mine.family.state not in states:
        raise Missing()
    return view


def _children(view: CircleView) -> list[Dependant]:
    party_id = view.mine.family.party_id if view.mine else None
    return [one for one in dependants_of(reading(), actor(), party_id or 0) if one.age_band in MINORS]


def _join_page(view: CircleView, form: JoinForm, status: int = 200) -> Answer:
    who = actor()
    children = _children(view)
    standings = standings_of(reading(), children)
    ready = [one for one in children if standings[one.id or 0] is Standing.GIVEN]
    form.children.choices = choices([(one.id, one.nickname) for one in ready])
    gate = gate_for(reading(), who.community_id, [who.must_be_person()])
    return page(
        "civic_centers/circles/join.html",
        view=view,
        circle=view.circle,
        form=form,
        absent=[one for one in children if one not in ready],
        able=gate.passes(who.must_be_person(), today_of(reading(), who.community_id)),
        text=TEXTS[TEXT_VERSION],
        status=status,
        **saying(),
    )


def _away_page(view: CircleView, form: PauseForm, status: int = 200) -> Answer:
    family_row = view.mine.family if view.mine else None
    return page(
        "civic_centers/circles/pause.html", circle=view.circle, form=form, family=family_row, status=status, **saying()
    )  # fmt: skip
