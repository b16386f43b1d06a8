"""What people say of themselves, and a new e-mail address."""

import pytest

from community.members import actions
from community.members.rules import tidy_email, tidy_phone
from foundation.database import Database
from foundation.errors import Invalid
from tests.cast import Cast


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
