"""One tap: taking a shift, saying yes or no, being there, and being told when people are missing."""

from collections.abc import Callable
from typing import Any

from flask import request
from flask_babel import gettext as _

from civic_centers.centers.queries import center_called
from civic_centers.volunteering import actions
from civic_centers.volunteering.pages.blueprint import volunteering
from civic_centers.volunteering.policies import SERVE
from civic_centers.volunteering.queries.single import is_full
from civic_centers.volunteering.tables import SignUp
from foundation.errors import DomainError, Missing
from foundation.web import Answer, actor, reading, redirect_to, requires, say, writing
from foundation.web.formats import day_time, explain


@volunteering.post("/volunteering/slots/<int:slot_id>/take")
@requires(SERVE)
def take(slot_id: int) -> Answer:
    """Within an hour of another shift the page warns first; the tap there says that one goes on."""
    if is_full(reading(), slot_id) and _try(lambda session: actions.wait(session, actor(), slot_id)):
        return _stands("waiting", slot_id)
    try:
        ready = actions.look_first(reading(), actor(), slot_id)
    except Missing:
        raise
    except DomainError as error:
        say(explain(error), "urgent")
        return redirect_to(".show", slot_id=slot_id)
    near = ready.near
    if near is not None and request.form.get("sure") != str(near.id):
        words = _("Your other shift is close by: %(role)s, %(when)s.", role=near.role, when=day_time(near.starts_at))
        advice = _("If you can be at both, take it on this page.")
        say(f"{words} {advice}", "urgent")
        return redirect_to(".show", slot_id=slot_id)
    return _stands(_try(lambda session: actions.sign_up(session, actor(), slot_id, ready=ready)), slot_id)


@volunteering.post("/volunteering/slots/<int:slot_id>/accept")
@requires(SERVE)
def accept(slot_id: int) -> Answer:
    if _try(lambda session: actions.accept_offer(session, actor(), slot_id)):
        say(_("You are in: thank you! We remind you the day before."))
    return redirect_to(".show", slot_id=slot_id)


@volunteering.post("/volunteering/slots/<int:slot_id>/give-up")
@requires(SERVE)
def give_up(slot_id: int) -> Answer:
    if _try(lambda session: actions.give_up(session, actor(), slot_id)):
        say(_("Thank you for saying so: the place is open again, and others are asked."))
    return redirect_to(".show", slot_id=slot_id)


@volunteering.post("/volunteering/slots/<int:slot_id>/no")
@requires(SERVE)
def decline(slot_id: int) -> Answer:
    """No to being asked to come instead of somebody."""
    with writing() as session:
        actions.decline_call(session, actor(), slot_id)
    say(_("That is fine: we ask somebody else."))
    return redirect_to(".mine")


@volunteering.post("/volunteering/shifts/<int:sign_up_id>/come")
@requires(SERVE)
def come(sign_up_id: int) -> Answer:
    return _mark(sign_up_id, actions.check_in, _("You are there: welcome."))


@volunteering.post("/volunteering/shifts/<int:sign_up_id>/go")
@requires(SERVE)
def go(sign_up_id: int) -> Answer:
    return _mark(sign_up_id, actions.check_out, _("Thank you! A keeper of the center confirms your hours."))


@volunteering.post("/centers/<center_slug>/volunteering/watch")
@requires(SERVE)
def watch(center_slug: str) -> Answer:
    center = center_called(reading(), actor(), center_slug)
    on = request.form.get("on") == "yes"
    with writing() as session:
        (actions.watch if on else actions.unwatch)(session, actor(), center.id or 0)
    say(_("We tell you 7 and 2 days before when people are missing.") if on else _("We tell you no more."))
    return redirect_to(".listing", center_slug=center_slug)


def _stands(state: str, slot_id: int) -> Answer:
    """Say where they stand now."""
    if state == "held":
        say(_("You are in: thank you! We remind you the day before."))
    elif state == "waiting":
        say(_("All places are taken: you are on the list, and we tell you when one is free for you."))
    elif state == "offered":
        say(_("A place is kept for you: say yes."))
    return redirect_to(".show", slot_id=slot_id)


def _mark(sign_up_id: int, act: Callable[..., SignUp], done: str) -> Answer:
    row = reading().get(SignUp, sign_up_id)
    if row is None:
        raise Missing()
    if _try(lambda session: act(session, actor(), sign_up_id)):
        say(done if row.person_id == actor().person_id else _("Noted."))
    return redirect_to(".show", slot_id=row.slot_id)


def _try(act: Callable[[Any], SignUp | actions.Taken | None]) -> str:
    """The state that a tap led to; empty where it was refused, and said why, or nothing was done."""
    try:
        with writing() as session:
            found = act(session)
            return found.state if found is not None else ""
    except Missing:
        raise
    except DomainError as error:
        say(explain(error), "urgent")
        return ""
