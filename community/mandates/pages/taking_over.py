"""The account becomes its person's own: the sheet with the code, the address, the letter's link, the password."""

from flask import request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from community.mandates import actions
from community.mandates.forms import AddressForm
from community.mandates.pages import mandates
from community.mandates.pages.changing import adult_of
from community.mandates.policies import KEEP
from community.members.tables import Person
from community.signing_in.actions import count_attempt
from community.signing_in.forms import NewPasswordForm
from community.signing_in.pages import let_in, subjects_for
from community.signing_in.rules import TooManyAttempts
from foundation.crypto import hash_password
from foundation.errors import DomainError, Missing
from foundation.once import first_time
from foundation.web import Answer, actor, community, page, public, reading, redirect_to, requires, say, writing
from foundation.web.forms import ActForm
from foundation.web.qr import qr_drawing

NO_KEEPING = "no-store"


@mandates.get("/<int:party_id>/people/<int:person_id>/code")
@requires(KEEP)
def ask_code(party_id: int, person_id: int) -> Answer:
    home, person = adult_of(party_id, person_id)
    return page("community/mandates/ask_code.html", home=home, person=person, form=ActForm())


@mandates.post("/<int:party_id>/people/<int:person_id>/code")
@requires(KEEP)
def give_code(party_id: int, person_id: int) -> Answer:
    """Print the code, for the only time that it can be read."""
    home, person = adult_of(party_id, person_id)
    key = request.form.get("request_key", "")[:64]
    with writing() as session:
        is_first = first_time(session, f"code {key}" if key else "", actor().person_id)
        code = actions.give_code(session, actor(), party_id, person_id) if is_first else ""
    if not code:
        say(_("This code was made already, and is shown once. Is the paper lost? Print a new one."), "sole")
        return redirect_to(".show", party_id=party_id)
    address = url_for(".take_over", _external=True)
    with force_locale(person.language):  # who reads it is not who prints it
        answer = page(
            "community/mandates/code.html",
            home=home,
            person=person,
            code=code,
            address=address,
            drawing=qr_drawing(url_for(".take_over", code=code, _external=True), _("QR code for your own account")),
        )
    answer.headers["Cache-Control"] = NO_KEEPING
    return answer


@mandates.post("/<int:party_id>/people/<int:person_id>/code/back")
@requires(KEEP)
def take_code_back(party_id: int, person_id: int) -> Answer:
    with writing() as session:
        actions.take_code_back(session, actor(), party_id, person_id)
    say(_("A code that was printed is good for nothing from now on."))
    return redirect_to(".show", party_id=party_id)


@mandates.get("/own-account")
@public
def take_over() -> Answer:
    """Where the printed code leads; it says nothing of whose it is."""
    form = AddressForm(formdata=None, code=request.args.get("code", "").replace("\x00", "")[:40])
    return page("community/mandates/take_over.html", form=form)


@mandates.post("/own-account")
@public
def send_mail() -> Answer:
    form = AddressForm()
    if not form.validate_on_submit():
        return page("community/mandates/take_over.html", form=form, status=422)
    try:
        with writing() as session:
            count_attempt(session, subjects_for(form.email.data, mail=True))
        with writing() as session:
            actions.ask_for_mail(session, community().id, form.code.data, form.email.data)
    except TooManyAttempts as error:
        error.advice = None
        form.refuse(error)
        return page("community/mandates/take_over.html", form=form, status=429)
    except Missing:
        form.code.errors = [_("This code is not good, or not any more. Look at it once more, or ask your maker.")]
        return page("community/mandates/take_over.html", form=form, status=422)
    except DomainError as error:
        form.refuse(error)
        return page("community/mandates/take_over.html", form=form, status=422)
    return page("community/mandates/sent.html", email=form.email.data)


@mandates.get("/own-account/<secret>")
@public
def ask_password(secret: str) -> Answer:
    person = _behind(secret)
    if person is None:
        return page("community/mandates/spent.html", status=410)
    return page("community/mandates/password.html", form=NewPasswordForm(), secret=secret, person=person)


@mandates.post("/own-account/<secret>")
@public
def finish(secret: str) -> Answer:
    person = _behind(secret)
    if person is None:
        return page("community/mandates/spent.html", status=410)
    form = NewPasswordForm(about=(person.given_name, person.family_name, person.name))
    if not form.validate_on_submit():
        return page("community/mandates/password.html", form=form, secret=secret, person=person, status=422)
    password_hash = hash_password(form.password.data)
    try:
        with writing() as session:
            person = actions.finish(session, community().id, secret, password_hash)
    except Missing:
        return page("community/mandates/spent.html", status=410)
    words = _("Now the account is yours: makers act for you no more.")
    return let_in(person, way="joined", after=url_for("communities.home"), expected=True, words=words)


def _behind(secret: str) -> Person | None:
    try:
        return actions.code_behind(reading(), community().id, actions.BY_MAIL, secret)[1]
    except Missing:
        return None
