"""This phone: turning notices on and off, the list of devices, and trials that show whether somebody is reached."""

from flask import Blueprint
from flask_babel import gettext as _
from flask_login import current_user

from community.members.queries import person_of
from community.pushing import actions
from community.pushing.forms import DeviceForm
from community.pushing.queries import devices_of
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
    form = DeviceForm()
    try:
        if not form.validate():
            raise Invalid(BROKEN)
        endpoint = checked_endpoint(form.endpoint.data or "", settings().push_services)
        keys = {
            "public_key": checked_key(form.public_key.data or "", 65),
            "secret": checked_key(form.secret.data or "", 16),
        }
    except Invalid as error:
        say(_(str(error)), "sole")
        return redirect_to(".devices")
    with writing() as session:
        actions.turn_on(session, current_user.person_id, current_user.session_id, endpoint=endpoint, **keys)
    say(_("From now on this device tells you what is new. Try it with the button below."))
    return redirect_to(".devices")


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
