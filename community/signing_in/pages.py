"""Signing in and out, links by e-mail, forgotten passwords."""

from flask import Blueprint, current_app, request, url_for
from flask import session as cookie
from flask_babel import gettext as _
from flask_login import UserMixin, current_user, login_user, logout_user

from community.communities.queries import communities_of
from community.members.queries import person_by_email, person_of
from community.members.tables import Person
from community.signing_in import actions
from community.signing_in.forms import AddressForm, ChangePasswordForm, NewPasswordForm, SignInForm
from community.signing_in.queries import SignedIn, Subjects, signed_in_person
from community.signing_in.rules import (
    MAIL_FROM_ADDRESS,
    MAIL_TO_ADDRESS,
    PASSWORD_FROM_ADDRESS,
    PASSWORD_OF_ACCOUNT,
    TooManyAttempts,
    network_of,
)
from foundation import tokens
from foundation.crypto import hash_password, keyed_fingerprint, verify_password
from foundation.database import Session
from foundation.web import (
    Answer,
    page,
    person_id,
    public,
    reading,
    redirect_to,
    safe_next,
    say,
    signed_in,
    writing,
)
from foundation.web.forms import ActForm
from foundation.web.htmx import redirect_to as go_to

signing_in = Blueprint("signing_in", __name__)


class User(UserMixin):
    """Flask-Login's view of the person at the browser."""

    def __init__(self, who: SignedIn) -> None:
        self.person_id = who.person_id
        self.name = who.name
        self.given_name = who.given_name
        self.language = who.language
        self.has_password = who.has_password
        self._key = f"{who.person_id}:{who.session_version}"

    def get_id(self) -> str:
        """Changes with session_version, so that raising it ends every session and every remembered one."""
        return self._key


def load_user(session: Session, key: str) -> User | None:
    """The person of a session cookie; None for a foreign or ended one."""
    first, _colon, second = key.partition(":")
    if not (first.isdecimal() and second.isdecimal() and len(key) < 40):
        return None
    who = signed_in_person(session, int(first), int(second))
    return User(who) if who else None


def start_session(person: Person, *, remember: bool = True) -> None:
    """Sign the person in. Whatever the browser's session held before is dropped, so that nobody can plant one."""
    cookie.clear()
    who = SignedIn(
        person_id=person.id or 0,
        name=person.name,
        given_name=person.given_name,
        language=person.language,
        session_version=person.session_version,
        has_password=person.password_hash is not None,
        has_email=person.email is not None,
    )
    login_user(User(who), remember=remember)


def subjects_for(email: str, *, mail: bool = False) -> Subjects:
    """Under what an attempt is counted: the account it aims at, and the network it comes from."""
    account, network = (MAIL_TO_ADDRESS, MAIL_FROM_ADDRESS) if mail else (PASSWORD_OF_ACCOUNT, PASSWORD_FROM_ADDRESS)
    key = current_app.config["SECRET_KEY"]
    return {
        keyed_fingerprint(key, account.purpose, email.strip().lower()): account,
        keyed_fingerprint(key, network.purpose, network_of(request.remote_addr or "")): network,
    }


def first_page(who: int) -> str:
    """Where somebody who signs in goes: to their community when they have one, else to choose."""
    theirs = communities_of(reading(), who)
    if len(theirs) != 1:
        return url_for("communities.choose")
    return url_for("communities.home", community=theirs[0][0].slug)


@signing_in.get("/sign-in")
@public
def sign_in() -> Answer:
    if current_user.is_authenticated:
        return go_to(safe_next(first_page(current_user.person_id)))
    return page("community/signing_in/sign_in.html", form=SignInForm(next=request.args.get("next", "")))


@signing_in.post("/sign-in")
@public
def enter() -> Answer:
    form = SignInForm()
    by_link = request.form.get("way") == "link"
    if not form.validate_on_submit() or not (form.password.data or by_link):
        if not form.errors:
            form.password.errors = [_("Write your password, or ask for a link by e-mail.")]
        return page("community/signing_in/sign_in.html", form=form, status=422)
    try:
        return _send_link(form) if by_link else _try_password(form)
    except TooManyAttempts as error:
        form.refuse(error)
        return page("community/signing_in/sign_in.html", form=form, status=429)


def _send_link(form: SignInForm) -> Answer:
    with writing() as session:
        actions.count_attempt(session, subjects_for(form.email.data, mail=True))
        actions.ask_for_letter(session, actions.LINK_LETTER, form.email.data, safe_next(""))
    return page("community/signing_in/sent.html", email=form.email.data, kind="link")


def _try_password(form: SignInForm) -> Answer:
    subjects = subjects_for(form.email.data)
    with writing() as session:
        actions.count_attempt(session, subjects)
    person = person_by_email(reading(), form.email.data)
    kept = person.password_hash if person else None
    verdict = verify_password(kept, form.password.data)
    if person is None or person.id is None or kept is None or not verdict.right:
        form.form_errors = [
            _("The e-mail or the password is not right. If you have just joined, open the link in our letter first.")
        ]
        return page("community/signing_in/sign_in.html", form=form, status=422)
    better = hash_password(form.password.data) if verdict.outdated else ""
    with writing() as session:
        actions.forget_attempts(session, subjects)
        actions.note_sign_in(session, person.id, way="password")
        if better:
            actions.keep_rehashed(session, person.id, kept, better)
    start_session(person, remember=bool(form.remember.data))
    return go_to(safe_next(first_page(person.id)))


def spent_link(purpose: str, secret: str, *, kind: str = "link", go_on: str = "") -> Answer:
    """The answer to a link that works no more. Whoever used it up and is signed in has what they came for."""
    if current_user.is_authenticated and tokens.used_up_by(reading(), purpose, secret) == current_user.person_id:
        say(_("You have used this link already, and all is well: you are in."), "info")
        return go_to(go_on or first_page(current_user.person_id))
    return page("community/signing_in/spent.html", kind=kind, status=410)


@signing_in.get("/sign-in/<secret>")
@public
def link(secret: str) -> Answer:
    found = tokens.look(reading(), actions.SIGN_IN, secret)
    if found is None:
        return spent_link(actions.SIGN_IN, secret)
    return page("community/signing_in/link.html", form=ActForm(), secret=secret)


@signing_in.post("/sign-in/<secret>")
@public
def use_link(secret: str) -> Answer:
    with writing() as session:
        found = tokens.look(session, actions.SIGN_IN, secret)
        person, after = actions.take_link(session, secret) if found else (None, "")
    if person is None:
        return spent_link(actions.SIGN_IN, secret)
    start_session(person)
    return go_to(after or first_page(person.id or 0))


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
    start_session(person)
    say(_("Your new password is kept. You are signed in."))
    return go_to(first_page(person.id or 0))


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
    start_session(changed)
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


@signing_in.post("/sign-out")
@public
def sign_out() -> Answer:
    logout_user()
    for name in [name for name in cookie if not name.startswith("_remember")]:
        cookie.pop(name)
    say(_("You are signed out. See you soon."))
    return redirect_to("communities.choose")


@signing_in.post("/sign-out/everywhere")
@signed_in
def sign_out_everywhere() -> Answer:
    with writing() as session:
        actions.sign_out_everywhere(session, person_id() or 0)
    logout_user()
    say(_("You are signed out on every device."))
    return redirect_to(".sign_in")


def _about(person: Person) -> tuple[str, ...]:
    return (person.given_name, person.family_name, person.name, person.email or "")
