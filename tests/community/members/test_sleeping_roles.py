"""Who runs a community signs in with two steps; without, the role works for a while and then sleeps."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import select, update

from community.members.queries import actor_for, roles_asking_second_factor
from community.members.rules import SECOND_FACTOR_GRACE
from community.members.tables import RoleGrant
from community.signing_in.tables import SecondFactor
from foundation import clock
from foundation.access import Grant
from foundation.database import Database
from tests.cast import Cast, Member
from tests.client import Browser, on_sqlite

LATER = SECOND_FACTOR_GRACE + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def usual_grace(database: Database, cast: Cast) -> None:
    """The roles of the cast stay awake for all other tests; here they are as anybody's."""
    with database.writing() as session:
        session.exec(update(RoleGrant).values(second_factor_by=None, starts_at=clock.now()))


def actor(database: Database, cast: Cast, member: Member, after: timedelta = timedelta()):
    with clock.at(clock.now() + after), database.reading() as session:
        return actor_for(session, member.id, cast.community.id)


def have_second_factor(database: Database, member: Member, *, confirmed: bool = True) -> None:
    with database.writing() as session:
        at = clock.now() if confirmed else None
        session.add(SecondFactor(person_id=member.id, secret="A" * 32, confirmed_at=at))


def test_it_works_for_a_while_and_says_until_when(database: Database, cast: Cast) -> None:
    maker = actor(database, cast, cast.maker)
    assert maker.may("zone:application:decide")
    assert maker.sleeping == ()
    left = maker.second_factor_by - clock.now()
    assert timedelta(days=13, hours=23) < left <= SECOND_FACTOR_GRACE
    assert actor(database, cast, cast.anna).second_factor_by is None


def test_then_it_sleeps_and_the_family_goes_on(database: Database, cast: Cast) -> None:
    for member in (cast.maker, cast.administrator):
        found = actor(database, cast, member, LATER)
        assert found.grants == (Grant("member"),)
        assert {grant.role for grant in found.sleeping} == {"maker" if member is cast.maker else "administrator"}
        assert found.party_id == member.party.id
        assert not found.may("zone:application:decide")


def test_a_second_step_keeps_it_awake_once_it_is_set_up(database: Database, cast: Cast) -> None:
    have_second_factor(database, cast.maker, confirmed=False)
    assert actor(database, cast, cast.maker, LATER).sleeping
    have_second_factor(database, cast.administrator)
    chief = actor(database, cast, cast.administrator, LATER)
    assert chief.may("community:role:grant")
    assert (chief.sleeping, chief.second_factor_by) == ((), None)


def test_a_day_may_be_set_for_one_role(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        for grant in session.exec(select(RoleGrant).where(RoleGrant.person_id == cast.maker.id)):
            grant.second_factor_by = clock.now() + timedelta(days=100)
    assert actor(database, cast, cast.maker, timedelta(days=99)).may("zone:application:decide")
    assert actor(database, cast, cast.maker, timedelta(days=101)).sleeping
    with database.reading() as session:
        by = roles_asking_second_factor(session, cast.maker.id)
        assert by is not None
        assert by - clock.now() > timedelta(days=99)
        assert roles_asking_second_factor(session, cast.anna.id) is None


@on_sqlite
def test_pages_of_the_role_lead_to_setting_it_up(
    database: Database, cast: Cast, client_for: Callable[..., Browser]
) -> None:
    maker = client_for(cast.maker, language="en")
    assert maker.look("/c/cremona/waiting").says("Set up two-step sign-in")
    assert maker.look("/c/cremona/applications").address == "/c/cremona/applications"
    with clock.at(clock.now() + LATER):
        led = maker.look("/c/cremona/applications")
        assert led.address == "/second-step"
        assert led.says("Your role sleeps.")
        assert maker.look("/c/cremona/me").says("Your role sleeps until you have set up two-step sign-in.")
        assert maker.look("/c/cremona/board").address == "/c/cremona/board"
        maker.look("/c/cremona/roles", status=404)
        token = maker.look("/c/cremona/me").soup.find("input", attrs={"name": "csrf_token"})["value"]
        answer = maker.post("/c/cremona/invitations", status=303, follow=False, csrf_token=token)
        assert answer.response.headers["Location"] == "/second-step"
    have_second_factor(database, cast.maker)
    with clock.at(clock.now() + LATER):
        assert maker.look("/c/cremona/applications").address == "/c/cremona/applications"


@on_sqlite
def test_the_roles_say_who_is_still_without(cast: Cast, database: Database, client_for: Callable[..., Browser]) -> None:
    have_second_factor(database, cast.maker)
    page = client_for(cast.administrator, language="en").look("/c/cremona/roles")
    assert page.says("two-step sign-in is on")
    assert page.says("without two-step sign-in until")
