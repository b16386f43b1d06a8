"""Leaving from one's own page, and the way back."""

from collections.abc import Callable

from exchanges.ledger.actions import give_hours
from foundation.crypto import hash_password
from foundation.database import Database
from tests.cast import Cast
from tests.client import Browser, on_sqlite

pytestmark = on_sqlite


def anna_at(cast: Cast, client_for: Callable[..., Browser]) -> Browser:
    return client_for(cast.anna, language="en")


def test_nobody_leaves_by_mistake(cast: Cast, client_for: Callable[..., Browser]) -> None:
    anna = anna_at(cast, client_for)
    page = anna.look(anna.look("/c/cremona/me").link("Leave the community"))
    assert page.says("Anna e famiglia closes, because nobody else answers for it.")
    wrong = anna.submit(page, "Leave the community", status=422, typed="Banca di nessuno")
    assert wrong.says("Write the name of the community just as it stands above.")
    assert anna.look("/c/cremona/me").says("Anna")


def test_leaving_and_coming_back(cast: Cast, client_for: Callable[..., Browser]) -> None:
    anna = anna_at(cast, client_for)
    left = anna.submit(anna.look("/c/cremona/me/leave"), "Leave the community", typed="  banca del tempo di prova ")
    assert left.says("You have left Banca del tempo di prova")
    client_for(cast.bashir).look(f"/c/cremona/members/{cast.anna.party.id}", status=404)
    assert anna.look("/c/cremona/me").says("You have left")
    assert anna.look("/c/cremona/join").says("You have left")
    back = anna.submit(left, "Come back")
    assert back.says("Welcome back.")
    assert client_for(cast.bashir).look(f"/c/cremona/members/{cast.anna.party.id}").says("Anna e famiglia")


def test_a_password_is_asked_where_there_is_one(
    database: Database, cast: Cast, client_for: Callable[..., Browser]
) -> None:
    with database.writing() as session:
        cast.anna.person = session.merge(cast.anna.person)
        cast.anna.person.password_hash = hash_password("un ponte di legno")
    anna = anna_at(cast, client_for)
    page = anna.look("/c/cremona/me/leave")
    assert anna.submit(page, "Leave the community", status=422, password="sbagliata").says("This is not your password.")
    assert anna.submit(page, "Leave the community", password="un ponte di legno").says("You have left")


def test_choosing_who_receives_the_hours(database: Database, cast: Cast, client_for: Callable[..., Browser]) -> None:
    with database.writing() as session:
        give_hours(session, cast.bashir.actor, cast.anna.party.id, 90, request_key="ninety")
    anna = anna_at(cast, client_for)
    page = anna.look("/c/cremona/me/leave")
    assert page.says("1 h 30")
    name = "Banca del tempo di prova"
    nobody = anna.submit(page, "Leave the community", status=422, hours="somebody", who="Zzz", typed=name)
    assert nobody.says("Nobody here is called like that.")
    found = anna.submit(nobody, "Leave the community", status=422, hours="somebody", who="chiara", typed=name)
    assert found.says("Chiara e famiglia · Centro")
    assert anna.submit(found, "Leave the community", hours="somebody", party_id=cast.chiara.party.id, typed=name).says(
        "You have left"
    )


def test_who_has_not_left_has_no_way_back(cast: Cast, client_for: Callable[..., Browser]) -> None:
    anna = anna_at(cast, client_for)
    assert anna.look("/c/cremona/return").says("Anna")
    anna.post("/c/cremona/return", status=404, token_from="/c/cremona/me")
