"""Links by e-mail: for signing in, and for a new password. Each works once."""

from datetime import timedelta

import pytest
from sqlmodel import select

from community.members.queries import person_of
from community.signing_in import actions
from community.signing_in.feature import feature
from community.signing_in.queries import signed_in_person
from foundation import clock, tokens
from foundation.database import Database
from foundation.errors import Missing
from foundation.jobs import run_due
from foundation.jobs.tables import QueuedJob
from tests.cast import Cast
from tests.community.letters import notices, put, secret_of
from tests.signed import session_key


def send(database: Database, email: str, after: str = "") -> None:
    with database.writing() as session:
        actions.send_link(session, email, after)


def test_a_link_signs_in_once_and_confirms_the_address(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        person_of(session, cast.anna.id).email_confirmed_at = None
    send(database, " ANNA@example.org ", "/c/cremona/board")
    secret = secret_of(database, "signing_in:link")
    with database.writing() as session:
        person, after = actions.take_link(session, secret)
        assert (person.id, after) == (cast.anna.id, "/c/cremona/board")
        assert person.email_confirmed_at is not None
        with pytest.raises(Missing):
            actions.take_link(session, secret)


def test_the_worker_writes_what_was_asked_for_and_forgets_the_address(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        actions.ask_for_letter(session, actions.LINK_LETTER, "anna@example.org", "/c/cremona/board")
        actions.ask_for_letter(session, actions.PASSWORD_LETTER, "nessuno@example.org")
    assert run_due(database, {job.kind: job for job in feature.jobs}) == 2
    assert notices(database) == [("signing_in:link", cast.anna.id)]
    with database.reading() as session:
        assert [row.payload for row in session.exec(select(QueuedJob))] == [{}, {}]


def test_nobody_is_written_to_at_an_unknown_address(database: Database, cast: Cast) -> None:
    send(database, "nessuno@example.org")
    with database.writing() as session:
        actions.send_new_password_link(session, "nessuno@example.org")
    assert put(database) == []


def test_it_ends_after_half_an_hour_and_with_the_next_one(database: Database, cast: Cast) -> None:
    send(database, "anna@example.org")
    first = secret_of(database, "signing_in:link")
    send(database, "anna@example.org")
    second = secret_of(database, "signing_in:link")
    with database.writing() as session:
        assert tokens.look(session, actions.SIGN_IN, first) is None
        with clock.at(clock.now() + timedelta(minutes=31)), pytest.raises(Missing):
            actions.take_link(session, second)


def test_a_link_for_an_address_given_up_meanwhile_is_worthless(database: Database, cast: Cast) -> None:
    send(database, "anna@example.org")
    with database.writing() as session:
        person_of(session, cast.anna.id).email = "anna.nuova@example.org"
    with database.writing() as session, pytest.raises(Missing):
        actions.take_link(session, secret_of(database, "signing_in:link"))


def test_a_link_for_signing_in_chooses_no_password(database: Database, cast: Cast) -> None:
    send(database, "anna@example.org")
    with database.writing() as session, pytest.raises(Missing):
        actions.renew_password(session, secret_of(database, "signing_in:link"), "hash")


def test_a_new_password_ends_every_session_and_every_link(database: Database, cast: Cast) -> None:
    send(database, "anna@example.org")
    with database.writing() as session:
        actions.send_new_password_link(session, "anna@example.org")
    key = session_key(database, cast.anna.person)
    with database.writing() as session:
        person = actions.renew_password(session, secret_of(database, "signing_in:new_password"), "kept hash")
        assert person.password_hash == "kept hash"
    with database.reading() as session:
        assert signed_in_person(session, key) is None
        after = session_key(database, person_of(session, cast.anna.id))
    with database.reading() as session:
        assert signed_in_person(session, after).has_password
        assert tokens.look(session, actions.SIGN_IN, secret_of(database, "signing_in:link")) is None
    assert ("signing_in:password_changed", cast.anna.id) not in notices(database), "they had none before"
    with database.writing() as session:
        actions.change_password(session, person_of(session, cast.anna.id), "another")
    assert ("signing_in:password_changed", cast.anna.id) in notices(database)


def test_a_better_hash_replaces_only_the_one_it_was_made_from(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        person_of(session, cast.anna.id).password_hash = "old"
    with database.writing() as session:
        actions.keep_rehashed(session, cast.anna.id, "older", "new")
        actions.keep_rehashed(session, cast.bashir.id, "old", "new")
    with database.writing() as session:
        assert person_of(session, cast.anna.id).password_hash == "old"
        assert person_of(session, cast.bashir.id).password_hash is None
        actions.keep_rehashed(session, cast.anna.id, "old", "new")
    with database.reading() as session:
        assert person_of(session, cast.anna.id).password_hash == "new"
