"""The meetings of a series that are laid out, for the calendar of a phone; each has the id of its own page."""

from exchanges.agreements.pages.calendar import entry_of
from exchanges.series.pages.blueprint import series
from exchanges.series.policies import SEE
from exchanges.series.queries.meetings import meetings_ahead
from exchanges.series.queries.single import view_of
from foundation.errors import Missing
from foundation.web import Answer, actor, reading, requires
from foundation.web.calendars import calendar_answer


@series.get("/series/<int:series_id>/calendar.ics")
@requires(SEE)
def calendar(series_id: int) -> Answer:
    view = view_of(reading(), actor(), series_id)
    found = meetings_ahead(reading(), series_id)
    if not found:
        raise Missing()
    name = view.name_of(view.other.id or 0)
    return calendar_answer([entry_of(one, name) for one in found], f"reciproca-series-{series_id}")
