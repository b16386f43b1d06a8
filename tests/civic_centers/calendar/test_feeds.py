"""Feeds over a year of dates, as independent programs read them; and what is asked again for nothing."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import ics
import pytest
import vobject
from icalendar import Calendar

from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.calendar.rules import FEED_BEHIND
from civic_centers.centers.tables import Center
from foundation import clock
from tests.civic_centers.activities.stage import ActivityStage
from tests.civic_centers.stage import MONDAY, at
from tests.client import Browser, on_sqlite
from tests.questions import noted

FEED = "/c/cremona/calendar.ics"


def get(browser: Browser, address: str = FEED, **headers: str):
    return browser.client.get(address, headers={name.replace("_", "-"): value for name, value in headers.items()})


def events(browser: Browser, address: str = FEED):
    response = get(browser, address)
    assert response.status_code == 200
    return {str(event["uid"]): event for event in Calendar.from_ical(response.data).walk("VEVENT")}


def change(stage: ActivityStage, table, number: int, **more: object) -> None:
    """As an action would: the version rises, and the moment is noted."""
    with stage.database.writing() as session:
        row = session.get_one(table, number)
        for name, value in more.items():
            setattr(row, name, value)
        row.version += 1
        row.changed_at = clock.now()
        session.add(row)


@on_sqlite
def test_a_year_as_others_read_it(stage: ActivityStage, visitor: Browser) -> None:
    """Every week of a year, over both nights on which the clocks change: all read the moments that were meant."""
    homework = stage.activity("Compiti; merenda, giochi", words="Portate un quaderno.\nE la voglia.", price_cents=250)
    meant = {}
    for week in range(56):
        day = MONDAY + timedelta(days=7 * week)
        starts_at = at(day.day, 1 if week in (10, 41) else 16, 30, month=day.month, year=day.year)
        meant[stage.session_row(homework, starts_at, lasts=timedelta(minutes=90))] = starts_at
    # Across the nights themselves: from before the change to after it.
    for month, day in ((3, 27), (10, 30)):
        starts_at = at(day, 23, month=month)
        meant[stage.session_row(homework, starts_at, lasts=timedelta(hours=5))] = starts_at
    data = get(visitor).data
    uids = {f"session-{number}@localhost": moment for number, moment in meant.items()}

    by_icalendar = {str(event["uid"]): event for event in Calendar.from_ical(data).walk("VEVENT")}
    assert {uid: event["dtstart"].dt.astimezone(UTC) for uid, event in by_icalendar.items()} == uids

    by_vobject = {event.uid.value: event for event in vobject.readOne(data.decode()).vevent_list}
    assert {uid: event.dtstart.value.astimezone(UTC) for uid, event in by_vobject.items()} == uids
    assert {event.summary.value for event in by_vobject.values()} == {"Compiti; merenda, giochi"}
    assert all(event.description.value.endswith("E la voglia.") for event in by_vobject.values())

    by_ics = {event.uid: event for event in ics.Calendar(data.decode()).events}
    assert {uid: event.begin.datetime.astimezone(UTC) for uid, event in by_ics.items()} == uids
    spans = {uid: by_vobject[uid].dtend.value.astimezone(UTC) - moment for uid, moment in uids.items()}
    assert set(spans.values()) == {timedelta(minutes=90), timedelta(hours=5)}
    assert {by_ics[uid].end.datetime.astimezone(UTC) - uids[uid] for uid in uids} == set(spans.values())
    assert {event.location for event in by_ics.values()} == {"Civic Center di prova, Via della Scuola 1"}


@on_sqlite
def test_what_a_feed_says_of_itself(stage: ActivityStage, visitor: Browser) -> None:
    data = get(visitor).data.decode()
    assert "X-WR-CALNAME:" in data
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT6H" in data
    assert "BEGIN:VTIMEZONE" in data  # also with nothing in it
    stage.session_row(stage.activity(), at(12, 16))
    assert "RRULE:FREQ=YEARLY" in data
    response = get(visitor)
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    assert response.headers["Cache-Control"] == "public, max-age=600"
    assert not response.headers.getlist("Set-Cookie")
    assert get(visitor).data == response.data
    assert "CLASS:PUBLIC" in response.text


@on_sqlite
def test_ids_stay_and_numbers_rise(stage: ActivityStage, visitor: Browser) -> None:
    homework = stage.activity()
    number = stage.session_row(homework, at(12, 16))
    uid = f"session-{number}@localhost"
    first = events(visitor)[uid]
    with clock.at(MONDAY + timedelta(hours=1)):
        change(stage, ActivitySession, number, starts_at=at(12, 17), ends_at=at(12, 19))
        moved = events(visitor)[uid]
        change(stage, Activity, homework, title="Compiti e merenda")
        renamed = events(visitor)[uid]
        change(stage, ActivitySession, number, state="cancelled", reason="Neve")
        off = events(visitor)[uid]
    assert [event["sequence"] - first["sequence"] for event in (moved, renamed, off)] == [1, 2, 3]
    assert moved["dtstart"].dt.astimezone(UTC) == at(12, 17)
    assert str(renamed["summary"]) == "Compiti e merenda"
    assert str(off["status"]) == "CANCELLED"
    assert "Neve" in str(off["description"])
    assert off["last-modified"].dt == MONDAY + timedelta(hours=1)
    with clock.at(at(12, 16) + FEED_BEHIND - timedelta(days=1)):
        assert uid in events(visitor)
    with clock.at(at(12, 16) + FEED_BEHIND + timedelta(days=2)):
        assert uid not in events(visitor)


def test_a_feed_asked_again_is_not_put_together(stage: ActivityStage, visitor: Browser, monkeypatch) -> None:
    homework = stage.activity()
    number = stage.session_row(homework, at(12, 16), places=5)
    monkeypatch.setattr("civic_centers.calendar.pages.feeds.feed_of", counted := Counted(stage))
    with clock.at(MONDAY + timedelta(minutes=5)):
        full = get(visitor)
        tag, date = full.headers["ETag"], full.headers["Last-Modified"]
        assert not tag.startswith("W/")
        for headers in ({"If_None_Match": tag}, {"If_Modified_Since": date}, {"If_None_Match": f'"x", {tag}'}):
            again = get(visitor, **headers)
            assert again.status_code == 304, headers
            assert not again.data
            assert again.headers["ETag"] == tag
            assert again.headers["Cache-Control"] == "public, max-age=600"
        with noted() as asked:
            get(visitor, If_None_Match=tag)
        assert len(asked) <= 3
        packed = get(visitor, Accept_Encoding="gzip").headers["ETag"]
        assert packed != tag
        assert get(visitor, If_None_Match=packed, Accept_Encoding="gzip").status_code == 304
        before = counted.times
        # Somebody enrols: feeds say nothing of it.
        with stage.database.writing() as session:
            session.get_one(ActivitySession, number).taken = 3
        assert get(visitor, If_None_Match=tag).status_code == 304
        assert counted.times == before
    with clock.at(MONDAY + timedelta(minutes=10)):
        assert get(visitor, If_None_Match=tag, If_Modified_Since=date).status_code == 304


class Counted:
    """What feeds are made of, and how often it was asked for."""

    def __init__(self, stage: ActivityStage) -> None:
        from civic_centers.calendar.queries import feed_of

        self.times, self.real = 0, feed_of

    def __call__(self, *arguments):
        self.times += 1
        return self.real(*arguments)


@pytest.mark.parametrize("what", ["session", "activity", "center", "new", "gone", "published", "another day"])
def test_every_change_is_seen(stage: ActivityStage, visitor: Browser, what: str) -> None:
    homework = stage.activity()
    number, other = stage.session_row(homework, at(12, 16)), stage.session_row(homework, at(13, 16))
    draft = stage.activity("Bozza", state="draft", published_at=None)
    stage.session_row(draft, at(14, 16))
    with clock.at(MONDAY + timedelta(minutes=5)):
        full = get(visitor)
    known = {"If_None_Match": full.headers["ETag"]}
    dated = {"If_Modified_Since": full.headers["Last-Modified"]}
    with clock.at(MONDAY + (timedelta(days=1) if what == "another day" else timedelta(minutes=10))):
        if what == "session":
            change(stage, ActivitySession, number, starts_at=at(12, 15))
        elif what == "activity":
            with stage.database.writing() as session:
                session.get_one(Activity, homework).title = "Altro"  # the moment is noted by itself
        elif what == "center":
            with stage.database.writing() as session:
                session.get_one(Center, stage.center_id).address = "Via Po 2"
        elif what == "new":
            stage.session_row(homework, at(15, 16), changed_at=clock.now())
        elif what == "gone":
            with stage.database.writing() as session:
                session.delete(session.get_one(ActivitySession, other))
        elif what == "published":
            change(stage, Activity, draft, state="open", published_at=clock.now())
    with clock.at(MONDAY + (timedelta(days=1, hours=1) if what == "another day" else timedelta(minutes=20))):
        assert get(visitor, **known).status_code == 200
        if what != "gone":
            assert get(visitor, **dated).status_code == 200


@on_sqlite
def test_a_change_of_this_very_second_is_not_lost(stage: ActivityStage, visitor: Browser) -> None:
    number = stage.session_row(stage.activity(), at(12, 16))
    with clock.at(MONDAY + timedelta(seconds=9, milliseconds=100)):
        change(stage, ActivitySession, number, words="Uno")
        assert "Last-Modified" not in get(visitor).headers


@on_sqlite
def test_one_center_and_one_age(stage: ActivityStage, visitor: Browser) -> None:
    homework, cards = stage.activity(min_age=6, max_age=10), stage.activity("Carte", kind="elders")
    stage.session_row(homework, at(12, 16))
    stage.session_row(cards, at(12, 17))
    assert len(events(visitor, f"/c/cremona/centers/{stage.slug}/calendar.ics")) == 2
    [only] = events(visitor, "/c/cremona/calendar/ages/6-10.ics").values()
    assert str(only["summary"]) == "Compiti insieme"
    [only] = events(visitor, "/c/cremona/calendar/ages/elder.ics").values()
    assert str(only["summary"]) == "Carte"
    assert get(visitor, "/c/cremona/calendar/ages/7.ics").status_code == 404
    assert get(visitor, "/c/cremona/centers/nowhere/calendar.ics").status_code == 404


@on_sqlite
def test_one_date_for_the_phone(stage: ActivityStage, visitor: Browser) -> None:
    homework = stage.activity()
    number = stage.session_row(homework, at(12, 16))
    page = visitor.look(f"/c/cremona/activities/{homework}/sessions/{number}")
    response = visitor.client.get(page.link("Metti in calendario"))
    [event] = Calendar.from_ical(response.data).walk("VEVENT")
    assert event["sequence"] == events(visitor)[str(event["uid"])]["sequence"]
    draft = stage.activity("Bozza", state="draft", published_at=None)
    hidden = stage.session_row(draft, at(12, 16))
    assert get(visitor, f"/c/cremona/activities/{draft}/sessions/{hidden}/calendar.ics").status_code == 404


@on_sqlite
def test_news(stage: ActivityStage, visitor: Browser) -> None:
    stage.activity("Vecchia", published_at=at(1, 9), words="Con <b>segni</b> & altro")
    stage.activity("Nuova", published_at=at(10, 9))
    stage.activity("Bozza", state="draft", published_at=None)
    with clock.at(MONDAY + timedelta(minutes=5)):
        response = get(visitor, "/c/cremona/calendar/new.rss")
        assert get(visitor, "/c/cremona/calendar/new.rss", If_None_Match=response.headers["ETag"]).status_code == 304
    assert response.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    channel = ElementTree.fromstring(response.data)[0]
    assert [item.findtext("title") for item in channel.iter("item")] == ["Nuova", "Vecchia"]
    assert "<b>segni</b> &" in (channel.findall("item")[1].findtext("description") or "")
    assert datetime.strptime(channel.findtext("item/pubDate") or "", "%a, %d %b %Y %H:%M:%S %z") == at(10, 9)
