"""The calendar as people use it: three views, filters in the address, a page for each center; and for machines."""

import json
from collections.abc import Callable
from datetime import timedelta

from tests.civic_centers.activities.stage import ActivityStage
from tests.civic_centers.stage import at
from tests.client import Browser, Page, on_sqlite

CALENDAR = "/c/cremona/calendar/"


def titles(page: Page) -> list[str]:
    """Of a list."""
    return [found.get_text(strip=True) for found in page.soup.select(".r-session h3")]


@on_sqlite
def test_a_visitor_looks_around(stage: ActivityStage, visitor: Browser) -> None:
    homework = stage.activity(min_age=6, max_age=10, price_cents=250)
    stage.session_row(homework, at(12, 16), places=5, taken=3)
    stage.session_row(homework, at(13, 16), state="cancelled", reason="Neve")
    page = visitor.look(CALENDAR)
    assert page.says("martedì 12 gennaio")
    assert page.says("2 posti liberi")
    assert page.says("6–10 anni")
    assert page.says("Neve")
    assert page.soup.select_one(".r-bar a[aria-current]").get_text(strip=True) == "Calendario"
    assert page.soup.select_one("time")["datetime"] == "2027-01-12T15:00:00+00:00"
    week = visitor.look(page.link("Settimana"))
    assert week.says("lunedì 11 gennaio")
    assert len(week.soup.select(".r-seven > li")) == 7
    month = visitor.look(week.link("Mese"))
    assert month.says("gennaio 2027")
    days = month.soup.select(".r-month__day")
    assert len(days) == 35
    spoken = [day.select_one(".visually-hidden").get_text() for day in days]
    assert [words for words in spoken if "incontro" in words] == ["martedì 12 gennaio: 1 incontro"]
    assert len(month.soup.select('.r-month__day[aria-current="date"]')) == 1
    day = visitor.look(next(one["href"] for one in days if "1 incontro" in one.get_text()))
    assert day.says("martedì 12 gennaio")
    assert visitor.look(day.link("Compiti insieme")).says("12 gennaio")


@on_sqlite
def test_before_and_after(stage: ActivityStage, visitor: Browser) -> None:
    daily = stage.activity()
    for number in range(70):
        stage.session_row(daily, at(11, 16) + timedelta(days=number - 5))
    first = visitor.look(CALENDAR)
    assert first.soup.select_one("#d2027-01-11")
    later = visitor.look(first.soup.select_one("#more")["href"])
    assert later.soup.select_one("#d2027-02-10")
    assert not later.soup.select_one("#d2027-02-09")
    back = visitor.look(later.link("Prima"))
    assert back.soup.select_one("#d2027-01-11")
    earlier = visitor.look(back.link("Prima"))
    assert len(earlier.soup.select("h2[id^=d]")) == 5
    assert not earlier.soup.select_one("#before")
    assert visitor.look(earlier.link("Dopo")).soup.select_one("#d2027-01-11")
    week = visitor.look(f"{CALENDAR}?view=week")
    assert visitor.look(week.link("Dopo")).says("lunedì 18 gennaio")
    assert visitor.look(week.link("Prima")).says("lunedì 4 gennaio")
    month = visitor.look(f"{CALENDAR}?view=month&day=2027-03-31")
    assert visitor.look(month.link("Prima")).says("febbraio 2027")
    assert visitor.look(month.link("Dopo")).says("aprile 2027")
    assert visitor.look(month.link("Oggi")).says("gennaio 2027")


@on_sqlite
def test_filters_stay_in_the_address(stage: ActivityStage, visitor: Browser) -> None:
    stage.session_row(stage.activity(min_age=6, max_age=10), at(12, 16), places=5, taken=5)
    stage.session_row(stage.activity("Carte", kind="elders"), at(12, 17))
    page = visitor.look(f"{CALENDAR}?age=elder&kind=&zone=&view=&day=")
    assert page.response.request.path == CALENDAR
    assert page.response.request.query_string == b"age=elder"
    assert titles(page) == ["Carte"]
    assert "age=elder" in page.link("Mese")
    assert page.soup.select_one("#age option[selected]")["value"] == "elder"
    assert page.link("Anziani").startswith("webcal://localhost/c/cremona/calendar/ages/elder.ics")
    assert "kind=elders" in visitor.look(f"{CALENDAR}?kind=elders").link("Mese")
    free = visitor.look(f"{CALENDAR}?free=1")
    assert titles(free) == ["Carte"]
    assert free.soup.select_one("#free").has_attr("checked")
    empty = visitor.look(f"{CALENDAR}?kind=sport")
    assert visitor.look(empty.link("Mostra tutto")).says("Carte")
    odd = visitor.look(f"{CALENDAR}?kind=x&age=y&zone=999&center=z&view=w&day=2027-99-01&after=1_2_3&free=7")
    assert odd.says("Carte")


@on_sqlite
def test_a_part_for_htmx(stage: ActivityStage, visitor: Browser) -> None:
    stage.session_row(stage.activity(), at(12, 16))
    response = visitor.client.get(f"{CALENDAR}?view=month&kind=", headers={"HX-Request": "true"})
    assert response.headers["HX-Push-Url"] == f"{CALENDAR}?view=month"
    assert "<html" not in response.text
    assert response.text.strip().startswith('<div id="calendar">')


@on_sqlite
def test_a_page_for_each_center(stage: ActivityStage, visitor: Browser) -> None:
    stage.session_row(stage.activity(), at(12, 16))
    center = visitor.look(f"/c/cremona/centers/{stage.slug}")
    page = visitor.look(center.link("Il calendario del centro"))
    assert page.title.startswith("Calendario di Civic Center di prova")
    assert page.says("Compiti insieme")
    assert not page.soup.select_one("#center")
    assert f"/centers/{stage.slug}/calendar?view=month" in page.link("Mese")
    assert f"/centers/{stage.slug}/calendar.ics" in page.link("Questo centro")
    visitor.look("/c/cremona/centers/nowhere/calendar", status=404)


@on_sqlite
def test_a_day_with_very_much(stage: ActivityStage, visitor: Browser) -> None:
    much = stage.activity()
    for number in range(15):
        stage.session_row(much, at(12, 8 + number // 2, 30 * (number % 2)))
    week = visitor.look(f"{CALENDAR}?view=week")
    assert visitor.look(week.link("Altri 7")).soup.select_one("#d2027-01-12")
    assert visitor.look(f"{CALENDAR}?view=month").says("Altri 12")


@on_sqlite
def test_an_empty_calendar_says_what_to_do(stage: ActivityStage, client_for: Callable[..., Browser]) -> None:
    anna = client_for(stage.cast.anna)
    assert anna.look(CALENDAR).says("cinque famiglie")
    assert anna.look(CALENDAR).link("Solo i tuoi impegni").endswith("/calendar/mine")
    assert anna.look(f"{CALENDAR}?view=month").says("gennaio 2027")


@on_sqlite
def test_machines_read_a_date(stage: ActivityStage, visitor: Browser) -> None:
    """As schema.org says it, in a block of data that no policy needs an exception for; and nothing of who comes."""
    words = "Con </script><b>segni</b>"
    homework = stage.activity(words=words, price_cents=250, min_age=6)
    number = stage.session_row(homework, at(12, 16), places=5, taken=5)
    page = visitor.look(f"/c/cremona/activities/{homework}/sessions/{number}")
    [block] = page.soup.find_all("script", type="application/ld+json")
    event = json.loads(block.string)
    assert event["@type"] == "Event"
    assert event["name"] == "Compiti insieme"
    assert event["startDate"] == "2027-01-12T16:00:00+01:00"
    assert event["endDate"] == "2027-01-12T18:00:00+01:00"
    assert event["eventStatus"] == "https://schema.org/EventScheduled"
    assert event["location"] == {"@type": "Place", "name": "Civic Center di prova", "address": "Via della Scuola 1"}
    assert event["offers"]["price"] == "2.50"
    assert event["offers"]["availability"] == "https://schema.org/SoldOut"
    assert event["typicalAgeRange"] == "6-"
    assert event["description"] == words
    off = stage.session_row(homework, at(13, 16), state="cancelled", reason="Neve")
    page = visitor.look(f"/c/cremona/activities/{homework}/sessions/{off}")
    event = json.loads(page.soup.find("script", type="application/ld+json").string)
    assert event["eventStatus"] == "https://schema.org/EventCancelled"
    assert not page.says("Metti in calendario")
