"""Asking to join, confirming the address, and where an applicant stands."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from community.communities.queries import catalogue_of, questions_of, rules_in_force
from community.joining import actions
from community.joining.forms import ConfirmForm, NewcomerForm, application_form
from community.joining.pages import joining
from community.joining.queries import (
    Invitation,
    PartyInvitation,
    invitation_behind,
    party_invitation_behind,
    standing_of,
)
from community.leaving.queries import departure_waiting
from community.members.queries import membership_of, person_of
from community.signing_in.actions import count_attempt
from community.signing_in.pages import let_in, spent_link, subjects_for
from community.signing_in.rules import TooManyAttempts
from foundation import tokens
from foundation.crypto import hash_password
from foundation.errors import DomainError, Missing
from foundation.web import (
    Answer,
    actor,
    community,
    page,
    person_id,
    public,
    reading,
    redirect_to,
    say,
    signed_in,
    writing,
)
from foundation.web.forms import ActForm, BaseForm

STEPS = ("applied", "confirmed", "met", "in")


@joining.get("/join")
@public
def apply() -> Answer:
    return _apply_page("")


@joining.post("/join")
@public
def send_application() -> Answer:
    return _apply("")


@joining.get("/invited/<secret>")
@public
def invited(secret: str) -> Answer:
    """The page behind an invitation's link or QR code. Looking uses nothing up."""
    return _apply_page(secret)


@joining.post("/invited/<secret>")
@public
def join_invited(secret: str) -> Answer:
    return _apply(secret)


def _apply_page(secret: str, form: Any = None, status: int = 200) -> Answer:
    invitation = _invitation(secret)
    if departure_waiting(reading(), community().id, person_id() or 0) is not None:
        return redirect_to("leaving.ask_to_return")
    if _is_settled() and not form:
        return redirect_to(".standing")
    form = form or _form(invitation)
    closed = invitation is None and rules_in_force(reading(), community().id).approval == "invitation"
    return page(
        "community/joining/apply.html",
        form=form,
        secret=secret,
        invitation=invitation,
        spent=bool(secret) and invitation is None,
        closed=closed,
        community=community(),
        signed_in=current_user.is_authenticated,
        status=status,
    )


def _apply(secret: str) -> Answer:
    form = _form(_invitation(secret))
    if not form.validate_on_submit():
        return _apply_page(secret, form, status=422)
    here = community().id
    try:
        if person_id() is not None:
            with writing() as session:
                membership = actions.apply_as_person(
                    session, here, person_id() or 0, form.application(), invitation=secret
                )
            return _welcome(membership.state)
        with writing() as session:
            count_attempt(session, subjects_for(form.email.data, mail=True))
            actions.apply_as_newcomer(session, here, form.newcomer(), form.application(), invitation=secret)
    except Missing:
        raise
    except TooManyAttempts as error:
        form.refuse(error)
        return _apply_page(secret, form, status=429)
    except DomainError as error:
        form.refuse(error)
        return _apply_page(secret, form, status=422)
    return redirect_to(".thanks")


def _welcome(state: str) -> Answer:
    if state == "approved":
        say(_("Welcome! You can ask for a hand, or offer one."))
        return redirect_to("communities.home")
    return redirect_to(".standing")


def _form(invitation: Invitation | None) -> Any:
    base = BaseForm if person_id() is not None else NewcomerForm
    zones, questions = catalogue_of(reading(), community()).zones, questions_of(reading(), community().id)
    only = zones[0].id if len(zones) == 1 else None
    return application_form(base, zones, questions, invitation.zone_id if invitation else only)


def _invitation(secret: str) -> Invitation | None:
    return invitation_behind(reading(), community().id, secret) if secret else None


def _is_settled() -> bool:
    membership = membership_of(reading(), community().id, person_id() or 0)
    return membership is not None and membership.state in ("applied", "approved")


@joining.get("/join/thanks")
@public
def thanks() -> Answer:
    """After the form: the same for every address, known or new."""
    return page("community/joining/thanks.html", community=community())


@joining.get("/join/standing")
@signed_in
def standing() -> Answer:
    found = standing_of(reading(), community().id, person_id() or 0)
    if found is None:
        return redirect_to(".apply")
    if found.membership.state == "approved":
        return redirect_to("communities.home" if actor().is_member else "moderation.decisions")
    return page("community/joining/standing.html", standing=found, community=community())


@joining.get("/join/confirm/<secret>")
@public
def confirm(secret: str) -> Answer:
    token = tokens.look(reading(), actions.CONFIRM_EMAIL, secret)
    if token is None or token.person_id is None:
        return spent_link(actions.CONFIRM_EMAIL, secret, go_on=url_for(".standing"))
    person = person_of(reading(), token.person_id)
    return page("community/joining/confirm.html", form=ConfirmForm(), secret=secret, person=person)


@joining.post("/join/confirm/<secret>")
@public
def confirm_now(secret: str) -> Answer:
    token = tokens.look(reading(), actions.CONFIRM_EMAIL, secret)
    if token is None or token.person_id is None:
        return spent_link(actions.CONFIRM_EMAIL, secret, go_on=url_for(".standing"))
    person = person_of(reading(), token.person_id)
    form = ConfirmForm(about=(person.given_name, person.family_name, person.name, person.email or ""))
    if not form.validate_on_submit():
        return page("community/joining/confirm.html", form=form, secret=secret, person=person, status=422)
    password_hash = hash_password(form.password.data) if form.password.data else None
    with writing() as session:
        confirmed, _community_id = actions.confirm_email(session, secret, password_hash)
    return let_in(confirmed, way="joined", after=url_for(".standing"), expected=True)


@joining.get("/together/<secret>")
@public
def together(secret: str) -> Answer:
    """The page behind a link into a household or organisation."""
    return _together_page(secret, NewcomerForm() if person_id() is None else ActForm())


@joining.post("/together/<secret>")
@public
def join_together(secret: str) -> Answer:
    here = community().id
    if person_id() is not None:
        with writing() as session:
            party = actions.join_party(session, here, person_id() or 0, secret)
        say(_("Done: you can act for %(name)s now.", name=party.name))
        return redirect_to("communities.home")
    form = NewcomerForm()
    if not form.validate_on_submit():
        return _together_page(secret, form, status=422)
    try:
        with writing() as session:
            count_attempt(session, subjects_for(form.email.data, mail=True))
            actions.join_party_as_newcomer(session, here, form.newcomer(), secret)
    except TooManyAttempts as error:
        form.refuse(error)
        return _together_page(secret, form, status=429)
    return redirect_to(".thanks")


def _together_page(secret: str, form: BaseForm, status: int = 200) -> Answer:
    found: PartyInvitation | None = party_invitation_behind(reading(), community().id, secret)
    if found is None:
        return page("community/joining/invitation_spent.html", community=community(), status=410)
    sign_in_url = url_for("signing_in.sign_in", next=request.path)
    return page(
        "community/joining/together.html",
        form=form,
        secret=secret,
        invitation=found,
        community=community(),
        signed_in=current_user.is_authenticated,
        sign_in_here=sign_in_url,
        status=status,
    )
