"""Where the names of who helps stand, and where they go from when they may not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from icalendar import Calendar

from civic_centers.sponsors import actions
from civic_centers.sponsors.actions import keep_page
from civic_centers.sponsors.queries import helpers_at
from community.parties.actions import edit_party
from foundation import clock
from foundation.errors import Missing, Stale
from tests.civic_centers.sponsors.stage import MONDAY, SPRING, SponsorStage
from tests.client import Browser, on_sqlite

BAKERY = "Bakery e famiglia"


def rename(stage: SponsorStage, name: str) -> None:
    bakery = stage.cast.bakery
    stage.do(edit_party, bakery, bakery.party.id, name=name, about="", address="", zone_id=bakery.party.zone_id)


def test_named_on_what_they_help(stage: SponsorStage) -> None:
    pledge_id = stage.accepted()
    assert stage.activity().helpers == [BAKERY]
    stage.accepted(stage.center_target)
    assert stage.center().helpers == [BAKERY]
    stage.do(actions.be_named, stage.cast.bakery, pledge_id, named=False)
    assert stage.activity().helpers == []
    stage.do(actions.be_named, stage.cast.bakery, pledge_id, named=True)
    stage.do(actions.hide_pledge, stage.cast.maker, pledge_id)
    assert stage.activity().helpers == []
    stage.do(actions.show_pledge_again, stage.cast.maker, pledge_id)
    assert stage.activity().helpers == [BAKERY]


def test_only_the_organisation_says_whether_it_is_named(stage: SponsorStage) -> None:
    pledge_id = stage.accepted(is_public=False)
    assert stage.activity().helpers == []
    with pytest.raises(Missing):
        stage.do(actions.be_named, stage.cast.maker, pledge_id, named=True)


def test_another_name_is_read_at_once(stage: SponsorStage) -> None:
    stage.accepted()
    rename(stage, "Il Fornaio")
    assert stage.activity().helpers == ["Il Fornaio"]
    with stage.database.reading() as session:
        (helper,) = helpers_at(session, stage.cast.community.id, activity_id=stage.activity_id)
    assert helper.name == "Il Fornaio"


def test_over_when_its_days_are_over(stage: SponsorStage) -> None:
    kept = stage.accepted()
    stage.deliver(kept, is_last=True)
    with clock.at(MONDAY + timedelta(days=100)), stage.database.writing() as session:
        actions.end_over(session, kept)
    assert stage.pledge(kept).state == "kept"
    late = stage.accepted(words="Altro pane")
    with clock.at(MONDAY + timedelta(days=100)), stage.database.writing() as session:
        actions.end_over(session, late)
    assert stage.pledge(late).state == "ended"
    assert stage.activity().helpers == []
    assert stage.letters()[-1] == ("bakery", "sponsors:ended")
    assert (MONDAY + timedelta(days=100)).date() > SPRING


@on_sqlite
def test_feeds_say_who_helps_and_change_with_the_name(stage: SponsorStage, visitor: Browser) -> None:
    def first() -> tuple[str, int, str]:
        response = visitor.client.get("/c/cremona/calendar.ics")
        event = Calendar.from_ical(response.data).walk("VEVENT")[0]
        return str(event.get("description", "")), int(event["sequence"]), response.headers["ETag"]

    words, sequence, tag = first()
    assert "Con l’aiuto di" not in words
    with clock.at(MONDAY + timedelta(hours=1)):
        stage.accepted()
    with clock.at(MONDAY + timedelta(hours=2)):
        words, after, other = first()
        assert f"Con l’aiuto di {BAKERY}" in words
        assert after == sequence  # neither when nor where has changed
        assert other != tag
        moved = visitor.client.get("/c/cremona/calendar.ics").headers["Last-Modified"]
        rename(stage, "Il Fornaio")
    with clock.at(MONDAY + timedelta(hours=3)):
        words, _sequence, third = first()
        assert "Con l’aiuto di Il Fornaio" in words
        assert third != other
        assert visitor.client.get("/c/cremona/calendar.ics").headers["Last-Modified"] != moved


@on_sqlite
def test_pages_posters_and_the_calendar_say_it(stage: SponsorStage, visitor: Browser) -> None:
    pledge_id = stage.accepted()
    stage.accepted(stage.center_target, words="La stanza sul retro")
    stage.do(actions.thank, stage.cast.maker, pledge_id, "Il pane più buono di Cremona")
    assert visitor.look(f"/c/cremona/activities/{stage.activity_id}").says("Il pane più buono di Cremona")
    assert visitor.look(f"/c/cremona/activities/{stage.activity_id}/poster").says(f"Con l’aiuto di {BAKERY}")
    assert visitor.look(f"/c/cremona/centers/{stage.slug}").says("La stanza sul retro")
    assert visitor.look(f"/c/cremona/centers/{stage.slug}/poster").says(f"Con l’aiuto di {BAKERY}")
    assert visitor.look("/c/cremona/calendar/").says(f"Con l’aiuto di {BAKERY}")


def test_the_page_is_theirs(stage: SponsorStage) -> None:
    bakery, party_id = stage.cast.bakery, stage.cast.bakery.party.id
    page = stage.do(keep_page, bakery, party_id, "Pane dal 1921", is_public=True, version=1)
    assert page.slug == "bakery-e-famiglia"
    stage.do(keep_page, bakery, party_id, "Pane dal 1920", is_public=True, version=1)
    with pytest.raises(Stale):
        stage.do(keep_page, bakery, party_id, "Pane dal 1919", is_public=True, version=1)
    with pytest.raises(Missing):
        stage.do(keep_page, stage.cast.anna, party_id, "Altro", is_public=True, version=2)
    with pytest.raises(Missing):
        stage.do(keep_page, stage.cast.anna, stage.cast.anna.party.id, "Casa", is_public=True, version=1)


@on_sqlite
def test_the_page_is_seen_once_they_say_so(
    stage: SponsorStage, visitor: Browser, client_for: Callable[..., Browser]
) -> None:
    bakery, party_id = stage.cast.bakery, stage.cast.bakery.party.id
    address = "/c/cremona/sponsors/bakery-e-famiglia"
    stage.do(keep_page, bakery, party_id, "Pane dal 1921", is_public=False, version=1)
    visitor.look(address, status=404)
    visitor.look(f"{address}/badge.svg", status=404)
    assert client_for(bakery).look(address).says("Pane dal 1921")
    stage.do(keep_page, bakery, party_id, "Pane dal 1921", is_public=True, version=1)
    assert visitor.look(address).says("Pane dal 1921")
    assert visitor.look("/c/cremona/sponsors/").says(BAKERY)
    badge = visitor.client.get(f"{address}/badge.svg")
    assert badge.mimetype == "image/svg+xml"
    assert BAKERY in badge.text
    stage.do(actions.hide_page, stage.cast.maker, party_id)
    visitor.look(address, status=404)


def test_in_a_makers_place_nothing_is_taken_out_of_sight(stage: SponsorStage) -> None:
    pledge_id, party_id, maker = stage.accepted(), stage.cast.bakery.party.id, stage.cast.maker
    stage.do(keep_page, stage.cast.bakery, party_id, "Pane", is_public=True, version=0)
    actor = replace(maker.actor, recorded_by_id=stage.cast.administrator.id)
    for act, number in ((actions.hide_pledge, pledge_id), (actions.hide_page, party_id)):
        with pytest.raises(Missing):
            stage.do(act, replace(maker, actor=actor), number)
    assert stage.pledge(pledge_id).hidden_at is None
