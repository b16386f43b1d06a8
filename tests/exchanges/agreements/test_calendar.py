"""An agreement for the calendar of a phone: for the two alone, and saying no more than who and when."""

from collections.abc import Callable
from datetime import timedelta

from icalendar import Calendar, Event

from exchanges.agreements import actions
from foundation import clock
from tests.client import Browser, on_sqlite
from tests.exchanges.agreements.stage import Stage, at

pytestmark = on_sqlite
ClientFor = Callable[..., Browser]


def fetched(browser: Browser, address: str) -> tuple[Event, str]:
    """The only entry of a calendar file, and the file as it is written."""
    response = browser.client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    assert response.headers["Content-Disposition"].startswith('attachment; filename="reciproca-')
    [event] = Calendar.from_ical(response.data).walk("VEVENT")
    return event, response.text.replace("\r\n ", "")


def test_who_and_when_and_nothing_else(stage: Stage, anna: Browser) -> None:
    starts_at = clock.now() + timedelta(days=3)
    agreement_id = stage.accepted(
        stage.cast.bashir, stage.cast.anna, starts_at=starts_at, place="somewhere", place_words="Via Segreta 7"
    )
    page = anna.look(at(agreement_id))
    event, text = fetched(anna, page.link("Add to calendar"))
    assert str(event["summary"]) == "Reciproca: with Bashir"
    assert str(event["uid"]) == f"agreement-{agreement_id}@localhost"
    assert str(event["url"]).endswith(at(agreement_id))
    assert str(event["status"]) == "CONFIRMED"
    assert event["dtstart"].dt == clock.local(starts_at, "Europe/Rome").replace(microsecond=0)
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(hours=1)
    for private in ("Via Segreta", "Orli", "LOCATION", "ATTENDEE", "example.org"):
        assert private not in text, private


def test_the_same_id_and_a_higher_number_after_a_change(stage: Stage, anna: Browser) -> None:
    agreement_id = stage.proposed(stage.cast.bashir, stage.cast.anna, starts_at=clock.now() + timedelta(days=3))
    before, _text = fetched(anna, at(agreement_id, "/calendar.ics"))
    assert str(before["status"]) == "TENTATIVE"
    stage.do(actions.accept, stage.cast.bashir, agreement_id, None)
    stage.do(actions.cancel, stage.cast.bashir, agreement_id, None, "Influenza")
    after, text = fetched(anna, at(agreement_id, "/calendar.ics"))
    assert str(after["status"]) == "CANCELLED"
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert "Influenza" not in text
    assert not anna.look(at(agreement_id)).says("Add to calendar")


def test_for_the_two_alone_and_where_there_is_a_moment(stage: Stage, anna: Browser, client_for: ClientFor) -> None:
    dated = stage.accepted(stage.cast.bashir, stage.cast.anna, starts_at=clock.now() + timedelta(days=3))
    for other in (stage.cast.chiara, stage.cast.maker):
        client_for(other).look(at(dated, "/calendar.ics"), status=404)
    undated = stage.accepted(stage.cast.bashir, stage.cast.anna)
    anna.look(at(undated, "/calendar.ics"), status=404)
    assert not anna.look(at(undated)).says("Add to calendar")
