"""A newcomer's first steps are seen from what they did; makers tick how they welcomed them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import select

from community.joining.actions import approve
from community.members.tables import Person
from community.parties.tables import PartySkill
from community.welcoming.actions import put_away, tick
from community.welcoming.queries import count_unwelcomed, is_new, newcomers
from community.welcoming.rules import NEW_FOR, WELCOME_WITHIN
from community.welcoming.tables import WelcomeStep
from foundation import clock
from foundation.access import Actor
from foundation.database import Database
from foundation.errors import Missing
from tests.cast import Cast, Member
from tests.client import Browser, on_sqlite
from tests.community.joining.door import apply, invite, standing


def come_in(database: Database, cast: Cast, zone: str = "centro") -> int:
    """Nadia asks and is let in; the id of her membership."""
    apply(database, cast, zone)
    _person, membership = standing(database, cast)
    with database.writing() as session:
        approve(session, cast.administrator.actor, membership.id)
    return membership.id


def nadia(database: Database, cast: Cast) -> Member:
    from community.members.queries import actor_for

    person, _membership = standing(database, cast)
    with database.reading() as session:
        actor = actor_for(session, person.id, cast.community.id)
        return Member(person, None, actor)


def test_makers_of_the_zone_see_who_is_new(database: Database, cast: Cast) -> None:
    number = come_in(database, cast)
    with database.reading() as session:
        for who, seen in ((cast.maker, 1), (cast.other_maker, 0), (cast.administrator, 1)):
            assert len(newcomers(session, who.actor)) == seen, who.name
            assert count_unwelcomed(session, who.actor) == seen
        with pytest.raises(Missing):
            newcomers(session, cast.anna.actor)
        assert count_unwelcomed(session, cast.anna.actor) == 0
    with database.writing() as session:
        tick(session, cast.maker.actor, number, "called", done=True)
        tick(session, cast.administrator.actor, number, "called", done=True)
        [found] = newcomers(session, cast.maker.actor)
        assert found.steps["called"].done_by_id == cast.maker.id, "who did it first"
        assert count_unwelcomed(session, cast.maker.actor) == 1, "there is more to a welcome than a call"
        tick(session, cast.maker.actor, number, "met", done=True)
        tick(session, cast.maker.actor, number, "explained", done=True)
        assert count_unwelcomed(session, cast.maker.actor) == 0
        tick(session, cast.maker.actor, number, "called", done=False)
        assert count_unwelcomed(session, cast.maker.actor) == 1


def test_nobody_else_ticks(database: Database, cast: Cast) -> None:
    number = come_in(database, cast)
    with database.writing() as session:
        for who in (cast.anna, cast.other_maker, cast.zoe, nadia(database, cast)):
            with pytest.raises(Missing):
                tick(session, who.actor, number, "met", done=True)
        for step in ("put_away", "king"):
            with pytest.raises(Missing):
                tick(session, cast.maker.actor, number, step, done=True)


def test_one_is_new_for_a_while(database: Database, cast: Cast) -> None:
    come_in(database, cast)
    for after, unwelcomed, seen in ((timedelta(), 1, 1), (WELCOME_WITHIN, 0, 1), (NEW_FOR, 0, 0)):
        with clock.at(clock.now() + after + timedelta(minutes=1)), database.reading() as session:
            assert count_unwelcomed(session, cast.maker.actor) == unwelcomed
            assert len(newcomers(session, cast.maker.actor)) == seen
            assert is_new(session, nadia(database, cast).actor) is bool(seen)


def test_who_was_in_the_register_is_not_new(database: Database, cast: Cast) -> None:
    come_in(database, cast)
    with database.writing() as session:
        session.exec(select(Person).where(Person.email == "nadia@example.org")).one().import_key = "77"
    with database.reading() as session:
        assert newcomers(session, cast.maker.actor) == []
        assert not is_new(session, cast.anna.actor)


def test_who_invited_is_named(database: Database, cast: Cast) -> None:
    apply(database, cast, invitation=invite(database, cast))
    with database.reading() as session:
        [found] = newcomers(session, cast.administrator.actor)
        assert found.invited_by == cast.maker.name


def test_putting_ones_list_away(database: Database, cast: Cast) -> None:
    come_in(database, cast)
    new = nadia(database, cast).actor
    with database.writing() as session:
        put_away(session, new)
        put_away(session, new)
        assert not is_new(session, new)
        assert [one.step for one in session.exec(select(WelcomeStep))] == ["put_away"]
        with pytest.raises(Missing):
            put_away(session, Actor.visitor(cast.community.id))


@on_sqlite
def test_the_first_steps_at_home(database: Database, cast: Cast, client_for: Callable[..., Browser]) -> None:
    come_in(database, cast)
    new = nadia(database, cast)
    browser = client_for(new, language="en")
    home = browser.look("/c/cremona/")
    assert home.says("0 of 5 done")
    assert home.says("Maker Prova")
    browser.look(home.link("Put a first post on the board"))
    with database.writing() as session:
        session.add(PartySkill(party_id=new.actor.party_id, category_id=cast.categories["repairs"].id, kind="offer"))
    home = browser.look("/c/cremona/")
    assert home.says("1 of 5 done")
    assert not browser.submit(home, "I know my way").says("Your first steps")
    assert not client_for(cast.anna, language="en").look("/c/cremona/").says("Your first steps")


@on_sqlite
def test_the_makers_list(database: Database, cast: Cast, client_for: Callable[..., Browser]) -> None:
    browser = client_for(cast.maker, language="en")
    assert browser.look("/c/cremona/newcomers").says("Nobody is new just now")
    come_in(database, cast)
    home = browser.look("/c/cremona/")
    page = browser.look(home.link("1 newcomer to welcome"))
    assert page.says("Nadia Nuova")
    page = browser.submit(page, "Welcomed in person")
    assert page.says("Welcomed in person ·")
    assert browser.look("/c/cremona/").says("1 newcomer to welcome")
    assert not browser.submit(page, "Welcomed in person ·").says("Welcomed in person ·")
    for step in ("Called", "Welcomed in person", "Explained how it works"):
        browser.submit(browser.look("/c/cremona/newcomers"), step)
    assert not browser.look("/c/cremona/").says("newcomer to welcome")
