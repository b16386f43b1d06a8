"""Another e-mail address: asked for under Me, agreed to or stopped behind the links of the two letters."""

from flask import Blueprint
from flask_babel import gettext as _

from community.addresses import actions
from community.addresses.forms import EmailForm
from community.addresses.queries import NEW_ADDRESS, OLD_ADDRESS, change_behind, open_change
from community.addresses.tables import AddressChange
from community.members.queries import person_of
from community.parties.policies import WRITE
from community.signing_in.actions import count_attempt
from community.signing_in.pages import knows_password, subjects_for
from community.signing_in.rules import TooManyAttempts
from foundation.errors import Missing
from foundation.web import Answer, actor, page, public, reading, redirect_to, requires, say, writing
from foundation.web.forms import ActForm

addresses = Blueprint("addresses", __name__)


@addresses.get("/c/<community>/me/address")
@requires(WRITE)
def ask() -> Answer:
    return _ask_page(EmailForm())


@addresses.post("/c/<community>/me/address")
@requires(WRITE)
def send() -> Answer:
    form = EmailForm()
    person = person_of(reading(), actor().must_be_person())
    if not form.validate_on_submit():
        return _ask_page(form, status=422)
    try:
        if not knows_password(person, form.present.data or ""):
            form.present.errors = [*form.present.errors, _("This is not your password.")]
            return _ask_page(form, status=422)
        with writing() as session:
            count_attempt(session, subjects_for(form.email.data, mail=True))
            change = actions.ask_for_change(session, person.id or 0, form.email.data)
    except TooManyAttempts as error:
        form.refuse(error)
        return _ask_page(form, status=429)
    if change is None:
        form.email.errors = [_("This is your address already.")]
        return _ask_page(form, status=422)
    if change.old_email is None:
        say(_("We have written to %(email)s. Nothing changes until you say yes there.", email=change.new_email))
    else:
        say(_("We have written to both addresses. Nothing changes until you say yes there."))
    return redirect_to(".ask")


@addresses.post("/c/<community>/me/address/drop")
@requires(WRITE)
def drop() -> Answer:
    with writing() as session:
        actions.close_change(session, actor().must_be_person())
    say(_("Your address stays as it is."))
    return redirect_to(".ask")


@addresses.get("/address/<secret>")
@public
def ask_new(secret: str) -> Answer:
    """The link at the new address. Looking agrees to nothing: mail scanners follow links."""
    return _link_page(NEW_ADDRESS, secret)


@addresses.post("/address/<secret>")
@public
def agree_new(secret: str) -> Answer:
    return _agree(NEW_ADDRESS, secret, "addresses.ask_new")


@addresses.get("/address/old/<secret>")
@public
def ask_old(secret: str) -> Answer:
    """The link at the old address: yes, or stop."""
    return _link_page(OLD_ADDRESS, secret)


@addresses.post("/address/old/<secret>")
@public
def agree_old(secret: str) -> Answer:
    return _agree(OLD_ADDRESS, secret, "addresses.ask_old")


@addresses.post("/address/old/<secret>/stop")
@public
def stop(secret: str) -> Answer:
    try:
        with writing() as session:
            actions.stop(session, secret)
    except Missing:
        return _spent()
    return redirect_to(".ask_old", secret=secret)


def _ask_page(form: EmailForm, status: int = 200) -> Answer:
    person = person_of(reading(), actor().must_be_person())
    change = open_change(reading(), person.id or 0)
    return page("community/addresses/ask.html", form=form, person=person, change=change, status=status)


def _link_page(purpose: str, secret: str) -> Answer:
    try:
        change = change_behind(reading(), purpose, secret)
    except Missing:
        return _spent()
    at_old = purpose == OLD_ADDRESS
    if change.state == "open" and not _has_agreed(change, at_old=at_old):
        template = "community/addresses/old.html" if at_old else "community/addresses/new.html"
        return page(template, change=change, secret=secret, form=ActForm())
    return page("community/addresses/standing.html", change=change, at_old=at_old, secret=secret)


def _agree(purpose: str, secret: str, back: str) -> Answer:
    try:
        with writing() as session:
            actions.agree(session, purpose, secret)
    except Missing:
        return _spent()
    return redirect_to(back, secret=secret)


def _has_agreed(change: AddressChange, *, at_old: bool) -> bool:
    return (change.old_confirmed_at if at_old else change.new_confirmed_at) is not None


def _spent() -> Answer:
    return page("community/signing_in/spent.html", kind="address", status=410)
