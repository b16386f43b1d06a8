"""The page for another e-mail address: a phone found unlocked must not take the account over."""

from collections.abc import Callable

import pytest

from community.members.tables import Person
from foundation.crypto import hash_password
from foundation.database import Database
from tests.cast import Cast
from tests.client import Browser, on_sqlite
from tests.community.letters import notices

pytestmark = on_sqlite
PASSWORD = "quattro parole in fila"


@pytest.fixture
def anna(database: Database, cast: Cast, client_for: Callable[..., Browser]) -> Browser:
    with database.writing() as session:
        session.get(Person, cast.anna.id).password_hash = hash_password(PASSWORD)
    return client_for(cast.anna)


@pytest.mark.parametrize("typed", ["", "un'altra cosa"])
def test_without_the_password_nothing_is_sent(database: Database, anna: Browser, typed: str) -> None:
    page = anna.look("/c/cremona/me/contacts")
    answer = anna.submit(page, "/me/address", status=422, email="nuova@example.org", present=typed)
    assert answer.errors()
    assert "nuova@example.org" in answer.html
    assert notices(database) == []


def test_with_it_a_letter_goes_to_the_new_address(database: Database, cast: Cast, anna: Browser) -> None:
    page = anna.look("/c/cremona/me/contacts")
    anna.submit(page, "/me/address", email="nuova@example.org", present=PASSWORD)
    assert notices(database) == [("members:confirm_new_address", cast.anna.id)]
