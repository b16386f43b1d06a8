"""Where somebody is signed in: the list, ending one or all the others, and the letter about a new device."""

from flask_babel import gettext as _
from flask_login import current_user

from community.signing_in import actions
from community.signing_in.pages import signing_in
from community.signing_in.queries import session_open, sessions_of
from community.signing_in.tables import SignInSession
from foundation import tokens
from foundation.errors import Missing
from foundation.web import Answer, page, public, reading, redirect_to, say, signed_in, writing
from foundation.web.forms import ActForm


@signing_in.get("/devices")
@signed_in
def devices() -> Answer:
    found = sessions_of(reading(), current_user.person_id)
    others = [one for one in found if one.id != current_user.session_id]
    here = next((one for one in found if one.id == current_user.session_id), None)
    return page("community/signing_in/devices.html", here=here, others=others)


@signing_in.post("/devices/<int:session_id>/end")
@signed_in
def end_device(session_id: int) -> Answer:
    if session_id == current_user.session_id:
        say(_("This is the device in your hands. To leave it, press “Sign out”."), "info")
        return redirect_to(".devices")
    with writing() as session:
        ended = actions.end_session(session, current_user.person_id, session_id, disown=True)
    if not ended:
        raise Missing()
    say(_("Signed out there. If you did not know that device, choose a new password too."))
    return redirect_to(".devices")


@signing_in.post("/devices/others/end")
@signed_in
def end_other_devices() -> Answer:
    with writing() as session:
        actions.end_other_sessions(session, current_user.person_id, current_user.session_id)
    say(_("You are signed in only here now."))
    return redirect_to(".devices")


@signing_in.get("/devices/new/<secret>")
@public
def new_device(secret: str) -> Answer:
    """What the letter about a new device leads to. Looking ends nothing: mail scanners follow links."""
    found = _told_of(secret)
    return page("community/signing_in/new_device.html", found=found, secret=secret, form=ActForm())


@signing_in.post("/devices/new/<secret>")
@public
def end_new_device(secret: str) -> Answer:
    _told_of(secret)
    with writing() as session:
        actions.stop_device(session, secret)
    return redirect_to(".new_device", secret=secret)


def _told_of(secret: str) -> SignInSession | None:
    """The session of a letter, or None when it has ended. Raises Missing for a link that is worth nothing."""
    token = tokens.look(reading(), actions.STOP_DEVICE, secret)
    if token is None or token.person_id is None:
        raise Missing()
    return session_open(reading(), token.person_id, int(token.payload["session"]))
