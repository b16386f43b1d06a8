"""The secret address of one's own calendar: what stands in it, what does not, and who opens it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlmodel import col, select

from civic_centers.calendar import actions
from civic_centers.calendar.queries import PURPOSE, has_feed, person_behind
from exchanges.agreements import actions as agreements
from exchanges.agreements.queries.feed import for_feed
from exchanges.agreements.tables import Agreement
from exchanges.groups.queries.feed import for_feed as groups_for_feed
from exchanges.groups.tables import GroupExchange
from exchanges.posts.tables import Post
from foundation import clock
from foundation.database import Database
from foundation.errors import Missing
from foundation.tokens.tables import StoredToken
from tests.cast import Cast
from tests.civic_centers.activities.stage import ActivityStage
from tests.civic_centers.stage import MONDAY, at
from tests.client import Browser, on_sqlite
from tests.exchanges.groups.stage import GroupStage
from tests.exchanges.series.stage import SeriesStage

MINE = "/c/cremona/calendar/mine"


class Town(SeriesStage, GroupStage):
    """Agreements and groups."""


def address_of(browser: Browser, button: str = "Crea l’indirizzo del mio calendario") -> str:
    page = browser.submit(browser.look(MINE), button)
    [address] = [found.get_text() for found in page.soup.select(".r-break strong")]
    assert page.link("Apri nel calendario") == address.replace("http:", "webcal:")
    return address.removeprefix("http://localhost")


def events(browser: Browser, address: str):
    response = browser.client.get(address)
    assert response.status_code == 200
    return Calendar.from_ical(response.data).walk("VEVENT")


def test_a_secret_is_kept_as_its_mark_alone(stage: ActivityStage) -> None:
    anna = stage.cast.anna
    secret = stage.do(actions.renew_feed, anna)
    assert len(secret) >= 32
    with stage.database.reading() as session:
        [kept] = session.exec(select(StoredToken).where(col(StoredToken.purpose) == PURPOSE)).all()
        assert secret not in f"{kept.secret_hash} {kept.payload}"
        assert person_behind(session, anna.actor.community_id, secret).person_id == anna.id
        assert person_behind(session, stage.cast.zoe.actor.community_id, secret) is None
        assert person_behind(session, anna.actor.community_id, secret + "a") is None
    other = stage.do(actions.renew_feed, anna)
    with stage.database.reading() as session:
        assert person_behind(session, anna.actor.community_id, secret) is None
        assert person_behind(session, anna.actor.community_id, other) is not None
    stage.do(actions.end_feed, anna)
    with stage.database.reading() as session:
        assert not has_feed(session, anna.actor)
        assert person_behind(session, anna.actor.community_id, other) is None


def test_nobody_makes_one_in_anothers_place(stage: ActivityStage) -> None:
    with stage.database.writing() as session, pytest.raises(Missing):
        actions.renew_feed(session, stage.in_place_of(stage.cast.anna))


@on_sqlite
def test_the_page(stage: ActivityStage, client_for: Callable[..., Browser], visitor: Browser) -> None:
    anna = client_for(stage.cast.anna)
    first = address_of(anna)
    assert anna.look(MINE).says("è in uso")
    assert first.rpartition("/")[2] not in anna.look(MINE).html
    response = visitor.client.get(first)
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert response.headers["X-Robots-Tag"] == "noindex"
    second = address_of(anna, "Crea un indirizzo nuovo")
    assert visitor.client.get(first).status_code == 404
    assert visitor.client.get(second).status_code == 200
    assert visitor.client.get(second, headers={"If-None-Match": '"nothing"'}).status_code == 200
    tag = visitor.client.get(second).headers["ETag"]
    assert visitor.client.get(second, headers={"If-None-Match": tag}).status_code == 304
    anna.submit(anna.look(MINE), "/calendar/mine/end")
    assert visitor.client.get(second).status_code == 404
    assert anna.look("/c/cremona/me").link("Il tuo calendario").endswith("/calendar/mine")


@on_sqlite
def test_who_is_no_member_any_more_has_none(stage: ActivityStage, visitor: Browser) -> None:
    from community.members.tables import Membership

    secret = stage.do(actions.renew_feed, stage.cast.anna)
    with stage.database.writing() as session:
        there = select(Membership).where(col(Membership.person_id) == stage.cast.anna.id)
        session.exec(there).one().state = "left"
    assert visitor.client.get(f"{MINE}/{secret}.ics").status_code == 404


@on_sqlite
def test_agreements_and_groups_stand_in_it(
    database: Database, cast: Cast, client_for: Callable[..., Browser], visitor: Browser
) -> None:
    """What was called off too, with the number raised; nothing of who else, of where, or of what."""
    with clock.at(MONDAY):
        town = Town(database, cast)
        anna, bashir = cast.anna, cast.bashir
        terms = {"starts_at": at(14, 16), "minutes": 60}
        accepted, proposed = town.accepted(anna, bashir, **terms), town.proposed(anna, bashir, **terms)
        town.accepted(cast.chiara, cast.dario, **terms)
        address = address_of(client_for(anna))
        found = {str(event["uid"]): event for event in events(visitor, address)}
        assert set(found) == {f"agreement-{number}@localhost" for number in (accepted, proposed)}
        one = found[f"agreement-{accepted}@localhost"]
        assert str(one["class"]) == "PRIVATE"
        assert "location" not in one
        assert str(one["summary"]).startswith("Reciproca: con Bashir")
        before = one["sequence"]
        town.do(agreements.cancel, bashir, accepted, None, "Febbre alta di mio figlio")
        found = {str(event["uid"]): event for event in events(visitor, address)}
        off = found[f"agreement-{accepted}@localhost"]
        assert str(off["status"]) == "CANCELLED"
        assert off["sequence"] > before
        assert "Febbre" not in visitor.client.get(address).text
    with clock.at(at(14, 16) + timedelta(days=16)):
        assert not events(visitor, address)


@on_sqlite
def test_groups_of_host_and_guest(database: Database, cast: Cast) -> None:
    with clock.at(MONDAY):
        town = Town(database, cast)
        group = town.planned(cast.anna, cast.bashir)
        with database.reading() as session:
            [(hosted, _place, host)] = groups_for_feed(session, cast.anna.actor, MONDAY)
            [(joined, place, _host)] = groups_for_feed(session, cast.bashir.actor, MONDAY)
            assert not groups_for_feed(session, cast.chiara.actor, MONDAY)
        assert hosted.id == joined.id == group
        assert host == cast.anna.person.given_name
        assert place.party_id == cast.bashir.party.id


@on_sqlite
def test_what_is_confidential_and_what_another_of_the_home_does_stays_out(database: Database, cast: Cast) -> None:
    """Also of the one who asked: their calendar lies with others, and may be read in the kitchen."""
    with clock.at(MONDAY):
        town = Town(database, cast)
        terms = {"starts_at": at(14, 16), "minutes": 60}
        kept, closed = town.accepted(cast.anna, cast.bashir, **terms), town.accepted(cast.anna, cast.bashir, **terms)
        group, quiet = town.planned(cast.anna, cast.bashir), town.planned(cast.anna, cast.bashir)
        with database.writing() as session:
            for post_id in (session.get(Agreement, closed).post_id, session.get(GroupExchange, quiet).post_id):
                session.get(Post, post_id).visibility = "confidential"
        with database.reading() as session:
            for who in (cast.anna, cast.bashir):
                assert [view.agreement.id for view in for_feed(session, who.actor, MONDAY)] == [kept]
                assert [one.id for one, _place, _name in groups_for_feed(session, who.actor, MONDAY)] == [group]
        with database.writing() as session:
            session.get(Agreement, kept).adult_id = cast.dario.id
            session.get(GroupExchange, group).adult_id = cast.dario.id
        with database.reading() as session:
            assert not for_feed(session, cast.anna.actor, MONDAY)
            assert not groups_for_feed(session, cast.anna.actor, MONDAY)
            assert len(for_feed(session, cast.bashir.actor, MONDAY)) == 1
