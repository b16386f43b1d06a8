"""The person at the browser: who they are, how they come in, and where they go then."""

from datetime import datetime, timedelta

from flask import Flask, Response, after_this_request, current_app, request, url_for
from flask import session as cookie
from flask_babel import gettext as _
from flask_login import UserMixin, current_user, login_user

from community.communities.queries import communities_of
from community.members.tables import Person
from community.signing_in import actions
from community.signing_in.queries import SignedIn, Subjects, second_factor_of, signed_in_person
from community.signing_in.rules import (
    CODE_FROM_ADDRESS,
    CODE_OF_ACCOUNT,
    MAIL_FROM_ADDRESS,
    MAIL_TO_ADDRESS,
    PASSWORD_FROM_ADDRESS,
    PASSWORD_OF_ACCOUNT,
    READ_EVERY,
    SEEN_EVERY,
    Device,
    network_of,
    new_session_secret,
)
from foundation import clock, tokens
from foundation.crypto import keyed_fingerprint
from foundation.database import Session, TookTooLong
from foundation.web import Answer, page, reading, say, settings, writing
from foundation.web.htmx import by_itself
from foundation.web.htmx import redirect_to as go_to

DEVICE_COOKIE = "device"
DEVICE_LASTS = timedelta(days=365)
LONGEST_DEVICE = 60
HALF_IN = "half_in"
"""In the session's cookie: who gave the password or opened the link, and has still to give the code."""

HALF_IN_LASTS = timedelta(minutes=15)


class User(UserMixin):
    """Flask-Login's view of the person at the browser."""

    def __init__(self, who: SignedIn, key: str) -> None:
        self.person_id = who.person_id
        self.given_name = who.given_name
        self.name = who.name
        self.language = who.language
        self.has_password = who.has_password
        self.session_id = who.session_id
        self.seen_at = who.seen_at
        self._key = key

    def get_id(self) -> str:
        """Which session, and the key to it: for the session's cookie and the one that remembers."""
        return self._key


def load_user(session: Session, key: str) -> User | None:
    """The person of a session cookie; None for a foreign or ended one, and for those of earlier versions."""
    who = signed_in_person(session, key)
    return User(who, key) if who else None


def set_up(app: Flask) -> None:
    """Note, where somebody did or read something, when that was."""
    app.after_request(_note_presence)


def _note_presence(response: Response) -> Response:
    every = SEEN_EVERY if request.method == "POST" else READ_EVERY
    of_a_person = request.endpoint not in (None, "static") and not by_itself()  # an open page is nobody's presence
    here = of_a_person and "_user_id" in cookie and current_user.is_authenticated
    if here and clock.now() - current_user.seen_at > every:
        try:
            with writing() as session:
                actions.note_seen(session, current_user.session_id)
        except TookTooLong:  # what the person did is done all the same
            current_app.logger.warning("when session %s was last seen could not be noted", current_user.session_id)
    return response


def let_in(
    person: Person, *, way: str, after: str = "", remember: bool = True, expected: bool = False, words: str = ""
) -> Answer:
    """Sign the person in, say `words` and go on to `after`; or ask for the code of the second step first.

    Every way in ends here. `expected`: that the device is new is no news, as for who has just joined.
    """
    if second_factor_of(reading(), person.id or 0) is None:
        start_session(person, way=way, remember=remember, expected=expected)
        if words:
            say(words)
        return go_to(after or first_page(person.id or 0))
    cookie.clear()
    if words:
        say(words)
    cookie[HALF_IN] = {
        "person": person.id,
        "version": person.session_version,
        "way": way,
        "after": after,
        "remember": remember,
        "until": (clock.now() + HALF_IN_LASTS).isoformat(),
    }
    return go_to(url_for("signing_in.ask_code"))


def half_in() -> tuple[Person, dict[str, object]] | None:
    """Who has still to give the code, and what they wanted; None when nobody does, or it is too late."""
    kept = cookie.get(HALF_IN)
    if kept is None or datetime.fromisoformat(kept["until"]) < clock.now():
        return None
    person = reading().get(Person, kept["person"])
    return (person, kept) if person is not None and person.session_version == kept["version"] else None


def start_session(person: Person, *, way: str, remember: bool = True, expected: bool = False) -> None:
    """Sign the person in. Whatever the browser's session held before is dropped, so that nobody can plant one."""
    device = Device.from_request(request.headers.get("User-Agent", ""), request.remote_addr or "")
    known = request.cookies.get(DEVICE_COOKIE, "")
    secret = known if known and len(known) <= LONGEST_DEVICE else new_session_secret()
    with writing() as session:
        begun = actions.open_session(session, person, device, secret, way=way, expected=expected)
    cookie.clear()
    who = SignedIn(
        person_id=person.id or 0,
        given_name=person.given_name,
        name=person.name,
        language=person.language,
        session_id=begun.session_id,
        seen_at=clock.now(),
        has_password=person.password_hash is not None,
    )
    login_user(User(who, begun.key), remember=remember)
    after_this_request(lambda response: _know_device(response, secret))


def _know_device(response: Response, secret: str) -> Response:
    response.set_cookie(
        DEVICE_COOKIE,
        secret,
        max_age=int(DEVICE_LASTS.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=settings().is_production,
    )
    return response


def subjects_for(email: str, *, mail: bool = False, code: bool = False) -> Subjects:
    """Under what an attempt is counted: the account it aims at, and the network it comes from."""
    account, network = (MAIL_TO_ADDRESS, MAIL_FROM_ADDRESS) if mail else (PASSWORD_OF_ACCOUNT, PASSWORD_FROM_ADDRESS)
    if code:
        account, network = CODE_OF_ACCOUNT, CODE_FROM_ADDRESS
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


def spent_link(purpose: str, secret: str, *, kind: str = "link", go_on: str = "") -> Answer:
    """The answer to a link that works no more. Whoever used it up and is signed in has what they came for."""
    if current_user.is_authenticated and tokens.used_up_by(reading(), purpose, secret) == current_user.person_id:
        say(_("You have used this link already, and all is well: you are in."), "info")
        return go_to(go_on or first_page(current_user.person_id))
    return page("community/signing_in/spent.html", kind=kind, status=410)
