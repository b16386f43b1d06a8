"""Signing in by password or link, with the code of the second step where there is one, and signing out."""

from flask import request
from flask import session as cookie
from flask_babel import gettext as _
from flask_login import current_user, logout_user

from community.members.queries import person_by_email
from community.signing_in import actions
from community.signing_in.forms import CodeForm, SignInForm
from community.signing_in.pages import signing_in
from community.signing_in.pages.coming_in import (
    first_page,
    half_in,
    let_in,
    spent_link,
    start_session,
    subjects_for,
)
from community.signing_in.rules import TooManyAttempts, advice_on_codes
from foundation import tokens
from foundation.crypto import hash_password, verify_password
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
        if better:
            actions.keep_rehashed(session, person.id, kept, better)
    return let_in(person, way="password", after=safe_next(""), remember=bool(form.remember.data))


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
    return let_in(person, way="link", after=after)


@signing_in.get("/sign-in/code")
@public
def ask_code() -> Answer:
    """The second step: the code that the telephone shows, or one of those printed."""
    if half_in() is None:
        return redirect_to(".sign_in")
    return page("community/signing_in/code.html", form=CodeForm())


@signing_in.post("/sign-in/code")
@public
def give_code() -> Answer:
    waiting = half_in()
    if waiting is None:
        say(_("That took too long. Sign in again, please."), "info")
        return redirect_to(".sign_in")
    person, wanted = waiting
    form = CodeForm()
    if not form.validate_on_submit():
        return page("community/signing_in/code.html", form=form, status=422)
    subjects = subjects_for(str(person.id), code=True)
    try:
        with writing() as session:
            actions.count_attempt(session, subjects)
            is_right = actions.use_code(session, person.id or 0, form.code.data)
            if is_right:
                actions.forget_attempts(session, subjects)
    except TooManyAttempts as error:
        form.refuse(advice_on_codes(error))
        return page("community/signing_in/code.html", form=form, status=429)
    if not is_right:
        form.code.errors = [_("This is not the code of now. Wait for the next one and try again.")]
        return page("community/signing_in/code.html", form=form, status=422)
    start_session(person, way=str(wanted["way"]), remember=bool(wanted["remember"]))
    return go_to(str(wanted["after"]) or first_page(person.id or 0))


@signing_in.post("/sign-out")
@public
def sign_out() -> Answer:
    if current_user.is_authenticated:
        with writing() as session:
            actions.end_session(session, current_user.person_id, current_user.session_id)
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
