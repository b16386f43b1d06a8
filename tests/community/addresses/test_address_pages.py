"""The pages for another e-mail address: a phone found unlocked must not take the account over."""

from collections.abc import Callable
from functools import cache

import pytest

from community.members.queries import person_of
from community.members.tables import Person
from foundation import crypto
from foundation.database import Database
from tests.cast import Cast
from tests.client import Browser, on_sqlite
from tests.community.letters import notices, secret_of

pytestmark = on_sqlite
PASSWORD = "quattro parole in fila"
NEW = "nuova@example.org"


@cache
def hashed() -> str:
    return crypto.hash_password(PASSWORD)


@pytest.fixture
def anna(database: Database, cast: Cast, client_for: Callable[..., Browser]) -> Browser:
    with database.writing() as session:
        session.get(Person, cast.anna.id).password_hash = hashed()
    return client_for(cast.anna, language="en")


def ask(anna: Browser) -> None:
    page = anna.look(anna.look("/c/cremona/me/contacts").link("Change it"))
    assert anna.submit(page, "Write to me there", email=NEW, present=PASSWORD).says(
        "We have written to both addresses."
    )


@pytest.mark.parametrize("typed", ["", "un'altra cosa", "x" * 5000])
def test_without_the_password_nothing_is_sent(database: Database, anna: Browser, typed: str) -> None:
    page = anna.look("/c/cremona/me/address")
    answer = anna.submit(page, "Write to me there", status=422, email=NEW, present=typed)
    assert answer.errors()
    assert NEW in answer.html
    assert notices(database) == []


def test_the_present_address_is_told(anna: Browser) -> None:
    page = anna.look("/c/cremona/me/address")
    answer = anna.submit(page, "Write to me there", status=422, email="anna@example.org", present=PASSWORD)
    assert answer.says("This is your address already.")


def test_the_whole_way(anna: Browser, visitor: Browser, database: Database, cast: Cast) -> None:
    ask(anna)
    assert anna.look("/c/cremona/me/address").says("Yes from the old address")
    new, old = secret_of(database, "addresses:confirm_new"), secret_of(database, "addresses:agree")
    visitor.headers["Accept-Language"] = "en"
    opened = visitor.look(f"/address/{new}")
    assert opened.says(f"Is {NEW} yours?")
    visitor.look(f"/address/{new}")  # a scanner
    waiting = visitor.submit(opened, "Yes, it is mine")
    assert waiting.says("Now open the letter at anna@example.org")
    done = visitor.submit(visitor.look(f"/address/old/{old}"), "Yes, change it")
    assert done.says(f"From now on we write to {NEW}.")
    assert visitor.look(f"/address/{new}").says("It is done"), "opened again it says how things stand"
    with database.reading() as session:
        assert person_of(session, cast.anna.id).email == NEW
    assert visitor.client.get("/c/cremona/me").status_code == 303, "a link for the address signs nobody in"


def test_stopped_from_the_old_address(anna: Browser, visitor: Browser, database: Database) -> None:
    ask(anna)
    visitor.headers["Accept-Language"] = "en"
    stopped = visitor.submit(visitor.look(f"/address/old/{secret_of(database, 'addresses:agree')}"), "Stop this")
    assert stopped.says("everybody was signed out")
    assert stopped.link("Choose a new password") == "/password/forgotten"
    assert anna.client.get("/c/cremona/me").status_code == 303
    assert visitor.look(f"/address/{secret_of(database, 'addresses:confirm_new')}").says("Stopped")


def test_taken_back_by_who_asked(anna: Browser, database: Database) -> None:
    ask(anna)
    page = anna.submit(anna.look("/c/cremona/me/address"), "Leave it as it is")
    assert page.says("Your address stays as it is.")
    answer = anna.look(f"/address/{secret_of(database, 'addresses:confirm_new')}")
    assert answer.says("Nothing was changed")


def test_links_nobody_gave_out(visitor: Browser) -> None:
    for address in ("/address/x", "/address/old/x"):
        assert visitor.look(address, status=410).says("Questo link non vale più")
