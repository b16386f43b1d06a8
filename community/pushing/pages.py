"""This phone: turning notices on and off, the list of devices, and trials that show whether somebody is reached."""

from flask import Blueprint, Response, jsonify
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from community.members.queries import person_of
from community.pushing import actions
from community.pushing.forms import DeviceForm
from community.pushing.queries import devices_of, was_turned_on
from community.pushing.rules import BROKEN, checked_endpoint, checked_key, signing_pair
from foundation.errors import Invalid
from foundation.web import Answer, page, reading, redirect_to, say, settings, signed_in, writing

pushing = Blueprint("pushing", __name__)


@pushing.get("/notices/phone")
@signed_in
def devices() -> Answer:
    found = devices_of(reading(), current_user.person_id)
    return page(
        "community/pushing/devices.html",
        here=next((one for one in found if one.session_id == current_user.session_id), None),
        others=[one for one in found if one.session_id != current_user.session_id],
        form=DeviceForm(),
        server_key=signing_pair(settings().signing_key)[1],
        email=person_of(reading(), current_user.person_id).email,
    )


@pushing.post("/notices/phone")
@signed_in
def turn_on() -> Answer:
    try:
        told = _told_by_browser()
    except Invalid as error:
        say(_(str(error)), "sole")
        return redirect_to(".devices")
    with writing() as session:
        actions.turn_on(session, current_user.person_id, current_user.session_id, **told)
    say(_("From now on this device tells you what is new. Try it with the button below."))
    return redirect_to(".devices")


@pushing.get("/notices/phone/renewed")
@signed_in
def may_renew() -> Response:
    """Whether this browser is told of things, with what its worker needs to say that its address has changed."""
    on = was_turned_on(reading(), current_user.person_id, current_user.session_id)
    answer = jsonify(on=on, key=signing_pair(settings().signing_key)[1], token=generate_csrf())
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pushing.post("/notices/phone/renewed")
@signed_in
def renew() -> Response:
    """The new address of a browser whose push service changed it, said by its worker while no page is open."""
    told = _told_by_browser()
    with writing() as session:
        actions.renew(session, current_user.person_id, current_user.session_id, **told)
    return Response(status=204)


@pushing.post("/notices/phone/<int:device_id>/off")
@signed_in
def turn_off(device_id: int) -> Answer:
    with writing() as session:
        actions.turn_off(session, current_user.person_id, device_id)
    say(_("That device tells you nothing any more."))
    return redirect_to(".devices")


@pushing.post("/notices/phone/<int:device_id>/test")
@signed_in
def test_device(device_id: int) -> Answer:
    with writing() as session:
        sent = actions.test_device(session, current_user.person_id, device_id)
    if sent:
        say(_("A trial notice is on its way to that device. It is there within a minute."))
    else:
        say(_("You asked for one just now. Give it a few minutes, then try again."), "info")
    return redirect_to(".devices")


@pushing.post("/notices/letter/test")
@signed_in
def test_letter() -> Answer:
    email = person_of(reading(), current_user.person_id).email
    if email is None:
        say(_("We have no e-mail address of yours to write to."), "info")
        return redirect_to(".devices")
    with writing() as session:
        sent = actions.test_letter(session, current_user.person_id)
    if sent:
        say(_("A trial letter is on its way to %(email)s. Not there in five minutes? Look in the spam.", email=email))
    else:
        say(_("You asked for one just now. Give it a few minutes, then try again."), "info")
    return redirect_to(".devices")


def _told_by_browser() -> dict[str, str]:
    """The address and keys in the form. Raises Invalid."""
    form = DeviceForm()
    if not form.validate():
        raise Invalid(BROKEN)
    return {
        "endpoint": checked_endpoint(form.endpoint.data or "", settings().push_services),
        "public_key": checked_key(form.public_key.data or "", 65),
        "secret": checked_key(form.secret.data or "", 16),
    }
