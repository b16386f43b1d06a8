"""The code that one shows at the door, and what the keeper of a center sees who reads it."""

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from civic_centers.centers.policies import KEEP
from civic_centers.enrolling import actions
from civic_centers.enrolling.forms import DoorForm
from civic_centers.enrolling.pages.blueprint import enrolling
from civic_centers.enrolling.policies import ENROL
from civic_centers.enrolling.queries.listing import NoSuchCode, code_of, expected_of, holder_of, must_keep_some
from foundation.errors import DomainError, Missing
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say, writing
from foundation.web.formats import explain, time
from foundation.web.qr import qr_drawing


@enrolling.get("/door-code")
@requires(ENROL)
def own_code() -> Answer:
    """One's own code. It is made with a tap, since looking changes nothing."""
    if actor().is_on_behalf:
        raise Missing()
    secret = code_of(reading(), actor())
    address = url_for(".door", code=secret, _external=True) if secret else ""
    drawing = qr_drawing(address, _("Your code for the door")) if secret else None
    return page("civic_centers/enrolling/code.html", secret=secret, drawing=drawing)


@enrolling.post("/door-code")
@requires(ENROL)
def make_code() -> Answer:
    """Make the code, or another one in its place."""
    with writing() as session:
        if "anew" in request.form:
            actions.renew_code(session, actor())
        else:
            actions.own_code(session, actor())
    return redirect_to(".own_code")


@enrolling.get("/door")
@requires(KEEP)
def ask_code() -> Answer:
    must_keep_some(reading(), actor())
    return page("civic_centers/enrolling/ask_code.html", form=DoorForm(formdata=None))


@enrolling.post("/door")
@requires(KEEP)
def take_code() -> Answer:
    must_keep_some(reading(), actor())
    form = DoorForm()
    if not form.validate_on_submit():
        return page("civic_centers/enrolling/ask_code.html", form=form, status=422)
    try:
        holder_of(reading(), actor(), form.code.data or "")
    except DomainError as error:
        form.refuse(error)
        return page("civic_centers/enrolling/ask_code.html", form=form, status=422)
    return redirect_to(".door", code=(form.code.data or "").strip())


@enrolling.get("/door/<code>")
@requires(KEEP)
def door(code: str) -> Answer:
    """Who of a household is expected about now, at the centers that one keeps; of elsewhere nothing."""
    try:
        found = expected_of(reading(), actor(), holder_of(reading(), actor(), code))
    except Missing:
        raise
    except DomainError as error:
        form = DoorForm(formdata=None)
        form.refuse(error)
        return page("civic_centers/enrolling/ask_code.html", form=form, status=422)
    return page("civic_centers/enrolling/door.html", expected=found, code=code)


@enrolling.post("/door/<code>/<int:session_id>")
@requires(KEEP)
def let_in(code: str, session_id: int) -> Answer:
    """Write down who is here; who was before is said with since when."""
    chosen = {int(one) for one in request.form.getlist("who") if one.isdecimal() and len(one) < 19}
    try:
        found = expected_of(reading(), actor(), holder_of(reading(), actor(), code))
    except NoSuchCode as error:
        say(explain(error), "urgent")
        return redirect_to(".ask_code")
    here = {row.id: name for one in found if one.one.id == session_id for row, name in one.people}
    if not here or not chosen <= here.keys():
        raise Missing()
    if not chosen:
        say(_("Tick who is here."), "urgent")
        return redirect_to(".door", code=code)
    try:
        with writing() as session:
            came = actions.note_came(session, actor(), session_id, chosen, way="code")
    except Missing:
        raise
    except DomainError as error:
        say(explain(error), "urgent")
        return redirect_to(".door", code=code)
    if came.now:
        say(ngettext("%(num)s person is here.", "%(num)s people are here.", len(came.now)))
    for number, since in came.before:
        say(_("%(name)s was written down already, at %(time)s.", name=here[number], time=time(since)), "sole")
    return redirect_to(".door", code=code)
