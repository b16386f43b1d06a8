"""Signing somebody in without the pages of signing in: what their browser's cookie then says."""

from datetime import timedelta

from flask import Flask
from sqlmodel import col, update

from community.members.tables import Person
from community.signing_in.actions import open_session
from community.signing_in.rules import Device
from community.signing_in.tables import SignInSession
from foundation import clock
from foundation.database import Database
from foundation.web.state import installation
from tests.client import Browser


def session_key(database: Database, person: Person) -> str:
    """Begin a session on a device that is no news to anybody; it does not lapse, since tests set the clock at will."""
    with database.writing() as session:
        begun = open_session(session, person, Device("Firefox", "Linux"), "a device", way="test", expected=True)
        never_lapse = update(SignInSession).where(col(SignInSession.id) == begun.session_id)
        session.exec(never_lapse.values(last_seen_at=clock.now() + timedelta(days=3650)))
        return begun.key


def sign_in(app: Flask, browser: Browser, person: Person) -> None:
    """Let the browser be signed in as this person."""
    key = session_key(installation(app).database, person)
    with browser.client.session_transaction() as session:
        session["_user_id"] = key
        session["_fresh"] = True
