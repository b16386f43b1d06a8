"""Forgotten passwords, new ones, and knowing the present one."""

from flask_babel import gettext as _

from community.members.queries import person_of
from community.members.tables import Person
from community.signing_in import actions
from community.signing_in.forms import AddressForm, ChangePasswordForm, NewPasswordForm
from community.signing_in.pages import signing_in
from community.signing_in.pages.coming_in import first_page, let_in, start_session, subjects_for
from community.signing_in.rules import TooManyAttempts
from foundation import tokens
from foundation.crypto import hash_password, verify_password
from foundation.web import Answer, page, person_id, public, reading, say, signed_in, writing
from foundation.web.htmx import redirect_to as go_to


@signing_in.get("/password/forgotten")
@public
def forgotten() -> Answer:
    return page("community/signing_in/forgotten.html", form=AddressForm())


@signing_in.post("/password/forgotten")
@public
def ask_new_password() -> Answer:
    form = AddressForm()
    if not form.validate_on_submit():
        return page("community/signing_in/forgotten.html", form=form, status=422)
    try:
        with writing() as session:
            actions.count_attempt(session, subjects_for(form.email.data, mail=True))
            actions.ask_for_letter(session, actions.PASSWORD_LETTER, form.email.data)
    except TooManyAttempts as error:
        form.refuse(error)
        return page("community/signing_in/forgotten.html", form=form, status=429)
    return page("community/signing_in/sent.html", email=form.email.data, kind="password")


@signing_in.get("/password/new/<secret>")
@public
def renew(secret: str) -> Answer:
    if tokens.look(reading(), actions.RENEW, secret) is None:
        return page("community/signing_in/spent.html", kind="password", status=410)
    return page("community/signing_in/new_password.html", form=NewPasswordForm(), secret=secret)


@signing_in.post("/password/new/<secret>")
@public
def renew_now(secret: str) -> Answer:
    found = tokens.look(reading(), actions.RENEW, secret)
    if found is None or found.person_id is None:
        return page("community/signing_in/spent.html", kind="password", status=410)
    form = NewPasswordForm(about=_about(person_of(reading(), found.person_id)))
    if not form.validate_on_submit():
        return page("community/signing_in/new_password.html", form=form, secret=secret, status=422)
    password_hash = hash_password(form.password.data)
    with writing() as session:
        person = actions.renew_password(session, secret, password_hash)
    return let_in(person, way="new_password", expected=True, words=_("Your new password is kept."))


@signing_in.get("/password")
@signed_in
def password() -> Answer:
    return page("community/signing_in/password.html", form=ChangePasswordForm())


@signing_in.post("/password")
@signed_in
def change_password() -> Answer:
    person = person_of(reading(), person_id() or 0)
    form = ChangePasswordForm(about=_about(person))
    right = form.validate_on_submit()
    if form.present.errors:  # nobody's password: not worth a hash
        return page("community/signing_in/password.html", form=form, status=422)
    try:
        if not knows_password(person, form.present.data or ""):
            form.present.errors = [*form.present.errors, _("This is not your password.")]
            right = False
    except TooManyAttempts as error:
        form.refuse(error)
        return page("community/signing_in/password.html", form=form, status=429)
    if not right:
        return page("community/signing_in/password.html", form=form, status=422)
    password_hash = hash_password(form.password.data)
    with writing() as session:
        changed = actions.change_password(session, person_of(session, person.id or 0), password_hash)
    start_session(changed, way="new_password", expected=True)
    say(_("Your new password is kept. Other devices were signed out."))
    return go_to(first_page(changed.id or 0))


def knows_password(person: Person, typed: str) -> bool:
    """Whether whoever holds the phone knows its owner's password: one found unlocked must not take the account over.

    Counted as an attempt, so it raises TooManyAttempts. Somebody without a password has nothing to know.
    """
    if person.password_hash is None:
        return True
    subjects = subjects_for(person.email or str(person.id))
    with writing() as session:
        actions.count_attempt(session, subjects)
    if not verify_password(person.password_hash, typed).right:
        return False
    with writing() as session:
        actions.forget_attempts(session, subjects)
    return True


def _about(person: Person) -> tuple[str, ...]:
    return (person.given_name, person.family_name, person.name, person.email or "")
