"""Invitations: a link and a QR code that approve at once, to hand out or to print."""

from flask import url_for
from flask_babel import gettext as _

from community.communities.queries import catalogue_of
from community.joining import actions
from community.joining.forms import InvitationForm
from community.joining.pages import joining
from community.joining.policies import INVITE
from community.joining.queries import came_invited, invitation_behind, invitations_of
from foundation.errors import Missing
from foundation.web import Answer, actor, community, page, reading, redirect_to, requires, say, writing
from foundation.web.fields import choices
from foundation.web.qr import qr_drawing


@joining.get("/invitations")
@requires(INVITE)
def invitations() -> Answer:
    return _invitations_page(_form())


@joining.post("/invitations")
@requires(INVITE)
def invite() -> Answer:
    form = _form()
    if not form.validate_on_submit():
        return _invitations_page(form, status=422)
    with writing() as session:
        secret = actions.invite(
            session, actor(), zone_id=form.zone_id.data or None, uses=form.uses.data, days=form.days.data
        )
    return redirect_to(".invitation", secret=secret)


@joining.get("/invitations/<secret>")
@requires(INVITE)
def invitation(secret: str) -> Answer:
    """The invitation as a poster: its link and QR code. Who holds the link may see it; it is not kept anywhere."""
    found = invitation_behind(reading(), community().id, secret)
    if found is None:
        raise Missing()
    address = url_for(".invited", secret=secret, _external=True)
    return page(
        "community/joining/invitation.html",
        invitation=found,
        address=address,
        drawing=qr_drawing(address, _("QR code of the invitation")),
        zones=catalogue_of(reading(), community()).zone_names,
        community=community(),
    )


@joining.post("/invitations/<int:token_id>/withdraw")
@requires(INVITE)
def withdraw(token_id: int) -> Answer:
    with writing() as session:
        actions.withdraw_invitation(session, actor(), token_id)
    say(_("The invitation is worth nothing any more."))
    return redirect_to(".invitations")


def _form() -> InvitationForm:
    form = InvitationForm()
    mine = actor().zones_for(INVITE)
    zones = [zone for zone in catalogue_of(reading(), community()).zones if mine is None or zone.id in mine]
    every = [(0, _("Every zone"))] if mine is None else []
    form.zone_id.choices = choices([*every, *((zone.id, zone.name) for zone in zones)])
    if mine is not None and form.zone_id.data == 0 and not form.is_submitted() and zones:
        form.zone_id.data = zones[0].id
    return form


def _invitations_page(form: InvitationForm, status: int = 200) -> Answer:
    return page(
        "community/joining/invitations.html",
        form=form,
        found=invitations_of(reading(), actor()),
        came=came_invited(reading(), actor()),
        zones=catalogue_of(reading(), community()).zone_names,
        status=status,
    )
