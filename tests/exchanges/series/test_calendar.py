"""The meetings of a series for the calendar of a phone."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from icalendar import Calendar

from exchanges.series.queries.meetings import meetings_ahead
from foundation import clock
from tests.client import Browser
from tests.exchanges.series.stage import SPRING, TUESDAY, SeriesStage

ClientFor = Callable[..., Browser]


def test_each_meeting_laid_out_once_over_the_night_when_clocks_change(
    stage: SeriesStage, client_for: ClientFor
) -> None:
    cast = stage.cast
    series_id = stage.series_open(cast.bashir, cast.anna, weekdays=(7,), first_day=SPRING - timedelta(days=14))
    with clock.at(datetime(2027, 3, 10, 8, tzinfo=UTC)):
        stage.roll(series_id, clock.now())
        anna = client_for(cast.anna, language="en")
        address = anna.look(f"/c/cremona/series/{series_id}").link("Add to calendar")
        events = Calendar.from_ical(anna.client.get(address).data).walk("VEVENT")
        with stage.database.reading() as session:
            laid_out = meetings_ahead(session, series_id)
    assert len(events) == len(laid_out) > 2
    assert [str(one["uid"]) for one in events] == [f"agreement-{one.id}@localhost" for one in laid_out]
    assert {one["dtstart"].dt.strftime("%H:%M") for one in events} == {"16:30"}
    assert SPRING in {one["dtstart"].dt.date() for one in events}
    assert {str(one["summary"]) for one in events} == {"Reciproca: with Bashir"}


def test_for_the_two_alone(stage: SeriesStage, client_for: ClientFor) -> None:
    series_id = stage.series_open(stage.cast.bashir, stage.cast.anna, first_day=TUESDAY)
    for other in (stage.cast.chiara, stage.cast.maker):
        client_for(other).look(f"/c/cremona/series/{series_id}/calendar.ics", status=404)
