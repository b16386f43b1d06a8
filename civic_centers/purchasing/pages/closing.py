"""Closing, deciding on open packs, and what follows: sent, delivered, done, called off."""

from flask import request
from flask_babel import gettext as _

from civic_centers.purchasing.actions.closing import close, decide, keep_open_by_hand, plan_of
from civic_centers.purchasing.actions.moving_on import cancel, deliver, finish, send
from civic_centers.purchasing.forms import ReasonForm
from civic_centers.purchasing.pages.blueprint import purchasing
from civic_centers.purchasing.pages.words import obtain, saying
from civic_centers.purchasing.queries.single import cycle_to_keep
from civic_centers.purchasing.queries.totals import filling_of
from civic_centers.purchasing.tables import OrderCycle
from civic_centers.suppliers.policies import KEEP
from foundation.errors import DomainError, Missing
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say, writing
from foundation.web.formats import explain
from foundation.web.forms import ActForm
from foundation.web.pressing import pressed

NEXT = {"send": send, "deliver": deliver, "finish": finish}


@purchasing.post("/<int:cycle_id>/close")
@requires(KEEP)
def close_now(cycle_id: int) -> Answer:
    state = obtain(lambda session: close(session, actor(), cycle_id))
    if state == "closed":
        say(_("Closed: everybody has been told what they get."))
    elif state == "closing":
        say(_("The door is shut. Something is yours to decide, then everybody is told."), "sole")
        return redirect_to(".ask_to_decide", cycle_id=cycle_id)
    elif state == "open":
        say(_("By the rule of this order it stays open longer: those who ordered have been told."), "sole")
    elif state == "cancelled":
        say(_("By the rule of this order it is called off: why is written below."), "sole")
    return redirect_to(".show", cycle_id=cycle_id)


@purchasing.get("/<int:cycle_id>/decide")
@requires(KEEP)
def ask_to_decide(cycle_id: int) -> Answer:
    cycle = cycle_to_keep(reading(), actor(), cycle_id)
    if cycle.state != "closing":
        return redirect_to(".show", cycle_id=cycle_id)
    return _decide_page(cycle, ActForm(formdata=None), {})


@purchasing.post("/<int:cycle_id>/decide")
@requires(KEEP)
def decide_now(cycle_id: int) -> Answer:
    cycle = cycle_to_keep(reading(), actor(), cycle_id)
    form = ActForm()
    chosen = {
        int(name[1:]): value
        for name, value in request.form.items()
        if name[:1] == "p" and name[1:].isdecimal() and len(name) < 12
    }
    anyway = request.form.get("anyway") == "yes"
    if not form.validate_on_submit():
        return _decide_page(cycle, form, chosen, 422)
    try:
        with writing() as session:
            state = decide(session, actor(), cycle_id, chosen, anyway=anyway)
    except Missing:
        raise
    except DomainError as error:
        if cycle_to_keep(reading(), actor(), cycle_id).state != "closing":
            say(explain(error), "urgent")
            return redirect_to(".show", cycle_id=cycle_id)
        form.refuse(error)
        return _decide_page(cycle, form, chosen, error.status)
    if state == "cancelled":
        say(_("Called off: nothing was left to order. Everybody has been told."), "sole")
    elif state == "open":
        say(_("By the rule of this order it stays open longer: those who ordered have been told."), "sole")
    else:
        say(_("Closed: everybody has been told what they get."))
    return redirect_to(".show", cycle_id=cycle_id)


@purchasing.post("/<int:cycle_id>/keep-open")
@requires(KEEP)
def keep_open(cycle_id: int) -> Answer:
    pressed(
        lambda session: keep_open_by_hand(session, actor(), cycle_id),
        _("Open again: those who ordered have been told, and see what is missing."),
    )
    return redirect_to(".show", cycle_id=cycle_id)


@purchasing.post("/<int:cycle_id>/next")
@requires(KEEP)
def move_on(cycle_id: int) -> Answer:
    """To the supplier, to the families, to the end."""
    cycle_to_keep(reading(), actor(), cycle_id)
    verb = request.form.get("verb", "")
    if verb not in NEXT:
        return redirect_to(".show", cycle_id=cycle_id)
    done = {
        "send": _("Noted: the order is with the supplier."),
        "deliver": _("Noted: every family has been told where and when to fetch it."),
        "finish": _("Done: the sums are final."),
    }[verb]
    pressed(lambda session: NEXT[verb](session, actor(), cycle_id), done)
    return redirect_to(".show", cycle_id=cycle_id)


@purchasing.get("/<int:cycle_id>/cancel")
@requires(KEEP)
def ask_to_cancel(cycle_id: int) -> Answer:
    return _cancel_page(_standing(cycle_id), ReasonForm(formdata=None))


@purchasing.post("/<int:cycle_id>/cancel")
@requires(KEEP)
def cancel_now(cycle_id: int) -> Answer:
    cycle = _standing(cycle_id)
    form = ReasonForm()
    if not form.validate_on_submit():
        return _cancel_page(cycle, form, 422)
    try:
        with writing() as session:
            cancel(session, actor(), cycle_id, form.reason.data or "")
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _cancel_page(cycle, form, error.status)
    say(_("Called off: those who ordered have been told."))
    return redirect_to(".show", cycle_id=cycle_id)


def _standing(cycle_id: int) -> OrderCycle:
    cycle = cycle_to_keep(reading(), actor(), cycle_id)
    if cycle.state in ("done", "cancelled"):
        raise Missing()
    return cycle


def _decide_page(cycle: OrderCycle, form: ActForm, chosen: dict[int, str], status: int = 200) -> Answer:
    plan = plan_of(reading(), cycle, {})
    return page(
        "civic_centers/purchasing/decide.html",
        cycle=cycle,
        form=form,
        plan=plan,
        chosen=chosen,
        filling_of=filling_of,
        short=plan.total_cents < cycle.minimum_cents,
        status=status,
        **saying(),
    )


def _cancel_page(cycle: OrderCycle, form: ReasonForm, status: int = 200) -> Answer:
    return page("civic_centers/purchasing/cancel.html", cycle=cycle, form=form, status=status)
