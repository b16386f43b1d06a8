"""What people say of themselves, and a new e-mail address."""

import pytest

from community.members import actions
from community.members.queries import person_of
from community.members.rules import tidy_email, tidy_phone
from foundation.database import Database
from foundation.errors import Invalid, Missing, Refused
from tests.cast import Cast
from tests.community.letters import notices, put, secret_of


def test_a_profile(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        person = actions.edit_profile(
            session, cast.anna.actor, cast.anna.id,
            given_name=" Anna  Maria ", family_name="", about=" Cucio ", speaks=["ro", "it", "klingon"],
        )  # fmt: skip
        assert (person.name, person.about, person.speaks) == ("Anna Maria", "Cucio", ["it", "ro"])


@pytest.mark.parametrize(
    ("field", "words"),
    [("given_name", {"given_name": " "}), ("family_name", {"family_name": "x" * 81}), ("about", {"about": "x" * 1001})],
)
def test_what_cannot_be_kept_is_said_at_the_field(database: Database, cast: Cast, field: str, words: dict) -> None:
    full = {"given_name": "Anna", "family_name": "", "about": "", "speaks": [], **words}
    with database.writing() as session, pytest.raises(Invalid) as refusal:
        actions.edit_profile(session, cast.anna.actor, cast.anna.id, **full)
    assert refusal.value.field == field


def test_addresses_and_numbers_are_tidied() -> None:
    assert tidy_email("  Anna.Prova@Example.ORG ") == "anna.prova@example.org"
    assert tidy_phone("+39 (372) 12-34.56") == "+39 372 12 34 56"
    assert tidy_phone("") == ""
    for wrong in ("12", "chiamami", "+39+372 1234", "1" * 16):
        with pytest.raises(Invalid):
            tidy_phone(wrong)


def test_a_new_address_counts_once_its_link_was_used(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        assert actions.ask_new_address(session, cast.anna.id, "Nuova@example.org")
    [letter] = put(database)
    assert (letter["to"], letter["person_id"]) == ("nuova@example.org", cast.anna.id)
    with database.writing() as session:
        assert person_of(session, cast.anna.id).email == "anna@example.org"
        secret = secret_of(database, "members:confirm_new_address")
        assert actions.take_new_address(session, secret).email == "nuova@example.org"
        with pytest.raises(Missing):
            actions.take_new_address(session, secret)
    assert ("members:address_changed", cast.anna.id) in notices(database)
    assert put(database)[-1]["to"] == "anna@example.org", "the old address is the one to warn"


def test_somebody_elses_address_is_not_written_to(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        assert actions.ask_new_address(session, cast.anna.id, "bashir@example.org")
        assert not actions.ask_new_address(session, cast.anna.id, "anna@example.org")
    assert put(database) == []


def test_an_address_taken_meanwhile(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        actions.ask_new_address(session, cast.anna.id, "nuova@example.org")
    with database.writing() as session:
        person_of(session, cast.bashir.id).email = "nuova@example.org"
    with pytest.raises(Refused), database.writing() as session:
        actions.take_new_address(session, secret_of(database, "members:confirm_new_address"))
    with database.reading() as session:
        assert person_of(session, cast.anna.id).email == "anna@example.org"
