"""A meeting of several for the calendar of a phone."""

from collections.abc import Callable

from icalendar import Calendar

from exchanges.groups import actions
from tests.client import Browser, on_sqlite
from tests.exchanges.groups.stage import LESSON, GroupStage

pytestmark = on_sqlite


def test_for_the_host_and_for_who_comes(stage: GroupStage, client_for: Callable[..., Browser]) -> None:
    cast = stage.cast
    group_id = stage.planned(cast.anna, cast.bashir)
    address = f"/c/cremona/groups/{group_id}/calendar.ics"
    titles = {}
    for member in (cast.anna, cast.bashir):
        browser = client_for(member, language="en")
        assert browser.look(f"/c/cremona/groups/{group_id}").link("Add to calendar") == address
        [event] = Calendar.from_ical(browser.client.get(address).data).walk("VEVENT")
        assert event["dtstart"].dt == LESSON
        assert str(event["uid"]) == f"group-{group_id}@localhost"
        titles[member.person.given_name] = str(event["summary"])
    assert titles == {"Anna": "Reciproca: all together", "Bashir": "Reciproca: all together, with Anna"}
    client_for(cast.chiara).look(address, status=404)


def test_who_left_has_it_no_more(stage: GroupStage, client_for: Callable[..., Browser]) -> None:
    cast = stage.cast
    group_id = stage.planned(cast.anna, cast.bashir)
    address = f"/c/cremona/groups/{group_id}/calendar.ics"
    stage.do(actions.leave, cast.bashir, group_id, None)
    [event] = Calendar.from_ical(client_for(cast.bashir).client.get(address).data).walk("VEVENT")
    assert str(event["status"]) == "CANCELLED"
