"""Dividing, joining and moving, on the pages of a household."""

from collections.abc import Callable

import pytest
from sqlalchemy import update

from community.parties.tables import PartyMember
from exchanges.ledger.actions import give_hours
from foundation.database import Database
from tests.cast import Cast, make_member
from tests.client import Browser, on_sqlite

pytestmark = on_sqlite
HOME = "/c/cremona/household/"


@pytest.fixture
def anna(cast: Cast, client_for: Callable[..., Browser]) -> Browser:
    return client_for(cast.anna, language="en")


def test_a_division_from_the_summary_to_the_yes(
    database: Database, cast: Cast, anna: Browser, client_for: Callable[..., Browser]
) -> None:
    with database.writing() as session:
        elia = make_member(session, cast, "elia", "centro")
        only_here = update(PartyMember).where(PartyMember.person_id == elia.id).values(party_id=cast.anna.party.id)
        session.exec(only_here)
        give_hours(session, cast.bashir.actor, cast.anna.party.id, 90, request_key="ninety")
    other = client_for(elia, language="en")
    page = other.look(other.look(other.look(HOME).link("Divide, join or move")).link("We divide in two"))
    assert page.says("Your household has 1 h 30 now.")
    wrong = other.submit(page, "See what would happen", status=422, share="some", hours="5")
    assert wrong.says("Choose between one minute and 1 h 30.")
    summary = other.submit(wrong, "See what would happen", share="some", hours="1", minutes="0", name="Casa di Elia")
    assert summary.says("Casa di Elia")
    assert summary.says("30 min")
    assert other.submit(summary, "Propose it").says("It waits for a yes of the other side.")
    waiting = anna.look("/c/cremona/waiting")
    assert waiting.says("Elia would like a household of their own")
    done = anna.submit(anna.look(HOME + "changes"), "Yes, I agree")
    assert not done.says("Elia")
    assert other.look(HOME).says("Casa di Elia")


def test_joining_from_the_search_to_the_yes(cast: Cast, anna: Browser, client_for: Callable[..., Browser]) -> None:
    assert anna.look(HOME + "join?q=zzz").says("Nobody here is called like that.")
    found = anna.look(HOME + "join?q=bashir")
    summary = anna.look(found.link("This one"))
    assert summary.says("Anna Prova act for Bashir e famiglia from then on.")
    assert anna.submit(summary, "Propose it to Bashir").says("It waits for a yes of the other side.")
    bashir = client_for(cast.bashir, language="en")
    assert bashir.submit(bashir.look(HOME + "changes"), "Yes, I agree").says("Anna Prova")
    assert anna.look(HOME).says("Bashir e famiglia")


def test_taking_it_back(cast: Cast, anna: Browser) -> None:
    page = anna.submit(anna.look(f"{HOME}join?into={cast.bashir.party.id}"), "Propose it")
    assert not anna.submit(page, "Take it back").says("It waits for a yes")


def test_moving_says_what_happens_first(cast: Cast, anna: Browser) -> None:
    page = anna.look(f"{HOME}move?zone_id={cast.zones['po'].id}")
    assert page.says("You live in Po instead of Centro.")
    assert anna.submit(page, "We move", address="Via Nuova 3").says("Via Nuova 3")


def test_an_organisation_neither_divides_nor_moves(cast: Cast, client_for: Callable[..., Browser]) -> None:
    for place in ("changes", "divide", "join", "move"):
        client_for(cast.bakery).look(HOME + place, status=404)
