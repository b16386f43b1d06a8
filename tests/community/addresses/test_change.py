"""Another e-mail address: both say yes, or the old one is silent for a week; the old one can stop it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import select

from community.addresses.actions import agree, ask_for_change, close_change, make_due_changes, stop
from community.addresses.feature import feature
from community.addresses.queries import NEW_ADDRESS, OLD_ADDRESS, open_change
from community.addresses.tables import AddressChange
from community.members.queries import person_of
from community.signing_in.actions import change_password
from community.signing_in.queries import signed_in_person
from foundation import clock
from foundation.database import Database
from foundation.errors import Invalid, Missing
from foundation.jobs import run_due
from foundation.jobs.actions import enqueue
from tests.cast import Cast
from tests.community.letters import notices, put, secret_of
from tests.signed import session_key

NEW = "nuova@example.org"
WEEK = timedelta(days=7, minutes=1)


def asked(database: Database, cast: Cast, email: str = NEW) -> tuple[str, str]:
    """Anna asks; the secrets of the two letters."""
    with database.writing() as session:
        assert ask_for_change(session, cast.anna.id, email)
    return secret_of(database, "addresses:confirm_new"), secret_of(database, "addresses:agree")


def said_yes(database: Database, purpose: str, secret: str) -> str:
    with database.writing() as session:
        return agree(session, purpose, secret).state


def address(database: Database, cast: Cast) -> str | None:
    with database.reading() as session:
        return person_of(session, cast.anna.id).email


def due(database: Database, after: timedelta = WEEK) -> None:
    with clock.at(clock.now() + after), database.writing() as session:
        make_due_changes(session)


def test_both_are_written_to_and_told_apart(database: Database, cast: Cast) -> None:
    asked(database, cast, " Nuova@Example.org ")
    assert [(letter["notice"], letter["to"]) for letter in put(database)] == [
        ("addresses:confirm_new", NEW),
        ("addresses:agree", "anna@example.org"),
    ]
    assert put(database)[1]["params"]["mail"] == NEW
    assert address(database, cast) == "anna@example.org"


@pytest.mark.parametrize("old_first", [True, False])
def test_it_is_made_when_both_have_said_yes(database: Database, cast: Cast, old_first: bool) -> None:
    new, old = asked(database, cast)
    yes = [(NEW_ADDRESS, new), (OLD_ADDRESS, old)]
    first, second = reversed(yes) if old_first else yes
    assert said_yes(database, *first) == "open"
    assert address(database, cast) == "anna@example.org"
    assert said_yes(database, *second) == "done"
    with database.reading() as session:
        anna = person_of(session, cast.anna.id)
        assert (anna.email, anna.email_confirmed_at is not None) == (NEW, True)
    assert put(database)[-1]["notice"] == "addresses:changed"
    assert put(database)[-1]["to"] == "anna@example.org", "the old address is the one to warn"


def test_saying_it_again_does_nothing(database: Database, cast: Cast) -> None:
    new, old = asked(database, cast)
    assert [said_yes(database, NEW_ADDRESS, new) for _ in range(2)] == ["open", "open"]
    said_yes(database, OLD_ADDRESS, old)
    letters = len(put(database))
    assert said_yes(database, NEW_ADDRESS, new) == said_yes(database, OLD_ADDRESS, old) == "done"
    with database.writing() as session:
        assert stop(session, old).state == "done", "too late to stop"
    assert (len(put(database)), address(database, cast)) == (letters, NEW)


def test_a_link_is_good_for_its_own_side_only(database: Database, cast: Cast) -> None:
    new, old = asked(database, cast)
    for purpose, secret in ((NEW_ADDRESS, old), (OLD_ADDRESS, new), (NEW_ADDRESS, "made up")):
        with pytest.raises(Missing):
            said_yes(database, purpose, secret)
    with database.writing() as session, pytest.raises(Missing):
        stop(session, new)


def test_where_the_old_one_is_lost_one_waits_a_week(database: Database, cast: Cast) -> None:
    new, _old = asked(database, cast)
    said_yes(database, NEW_ADDRESS, new)
    due(database, timedelta(days=6, hours=23))
    assert address(database, cast) == "anna@example.org"
    due(database)
    assert address(database, cast) == NEW


def test_the_job_does_it(database: Database, cast: Cast) -> None:
    new, _old = asked(database, cast)
    said_yes(database, NEW_ADDRESS, new)
    jobs = {job.kind: job for job in feature.jobs}
    with clock.at(clock.now() + WEEK):
        with database.writing() as session:
            enqueue(session, "addresses.make_due", {})
        assert run_due(database, jobs) == 1
    assert address(database, cast) == NEW


def test_a_new_address_that_never_said_yes_is_not_taken(database: Database, cast: Cast) -> None:
    new, _old = asked(database, cast)
    due(database)
    assert said_yes(database, NEW_ADDRESS, new) == "expired"
    assert address(database, cast) == "anna@example.org"


def test_saying_yes_at_the_new_one_after_the_week_is_enough(database: Database, cast: Cast) -> None:
    new, _old = asked(database, cast)
    with clock.at(clock.now() + WEEK):
        assert said_yes(database, NEW_ADDRESS, new) == "done"


def test_the_old_one_stops_it_and_signs_everybody_out(database: Database, cast: Cast) -> None:
    key = session_key(database, cast.anna.person)
    new, old = asked(database, cast)
    said_yes(database, NEW_ADDRESS, new)
    with database.writing() as session:
        assert stop(session, old).state == "stopped"
    assert said_yes(database, NEW_ADDRESS, new) == said_yes(database, OLD_ADDRESS, old) == "stopped"
    due(database)
    assert address(database, cast) == "anna@example.org"
    with database.reading() as session:
        assert signed_in_person(session, key) is None


def test_asking_again_replaces_what_was_asked(database: Database, cast: Cast) -> None:
    first_new, first_old = asked(database, cast)
    second_new, second_old = asked(database, cast, "terza@example.org")
    said_yes(database, OLD_ADDRESS, second_old)
    assert said_yes(database, NEW_ADDRESS, first_new) == "replaced", "links of two wishes do not add up"
    assert said_yes(database, OLD_ADDRESS, first_old) == "replaced"
    assert address(database, cast) == "anna@example.org"
    assert said_yes(database, NEW_ADDRESS, second_new) == "done"
    assert address(database, cast) == "terza@example.org"


def end_by_password(session, cast: Cast) -> None:
    change_password(session, person_of(session, cast.anna.id), "another hash")


def end_by_hand(session, cast: Cast) -> None:
    close_change(session, cast.anna.id)


@pytest.mark.parametrize("end", [end_by_password, end_by_hand])
def test_a_new_password_or_the_person_ends_it(database: Database, cast: Cast, end: Callable[..., None]) -> None:
    """Who held somebody's phone for a minute does not take the account over once the password has changed."""
    new, old = asked(database, cast)
    said_yes(database, OLD_ADDRESS, old)
    with database.writing() as session:
        end(session, cast)
    assert said_yes(database, NEW_ADDRESS, new) == "dropped"
    assert address(database, cast) == "anna@example.org"


def test_somebody_elses_address_is_not_written_to_and_looks_the_same(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        change = ask_for_change(session, cast.anna.id, "bashir@example.org")
        assert change.state == "open"
        assert open_change(session, cast.anna.id) is not None
    assert notices(database) == [("addresses:agree", cast.anna.id)]


def test_the_present_one_is_no_change(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        assert ask_for_change(session, cast.anna.id, "ANNA@example.org") is None
        with pytest.raises(Invalid):
            ask_for_change(session, cast.anna.id, "nessuna chiocciola")
    assert put(database) == []


def test_an_address_taken_meanwhile(database: Database, cast: Cast) -> None:
    new, old = asked(database, cast)
    with database.writing() as session:
        person_of(session, cast.bashir.id).email = NEW
    said_yes(database, OLD_ADDRESS, old)
    assert said_yes(database, NEW_ADDRESS, new) == "taken"
    assert address(database, cast) == "anna@example.org"
    assert "addresses:changed" not in {name for name, _person in notices(database)}


def test_who_had_no_address_needs_one_yes(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        person_of(session, cast.anna.id).email = None
    with database.writing() as session:
        ask_for_change(session, cast.anna.id, NEW)
    assert said_yes(database, NEW_ADDRESS, secret_of(database, "addresses:confirm_new")) == "done"
    assert address(database, cast) == NEW


def test_there_is_one_open_wish_at_most(database: Database, cast: Cast) -> None:
    for number in range(3):
        asked(database, cast, f"nuova{number}@example.org")
    with database.reading() as session:
        assert sorted(change.state for change in session.exec(select(AddressChange))) == [
            "open",
            "replaced",
            "replaced",
        ]
