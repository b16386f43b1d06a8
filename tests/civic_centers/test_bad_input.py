"""Whatever is typed or forged in a center: a sentence at the field or a "not found", never a fault."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from civic_centers.centers import actions as centers
from civic_centers.centers.rules import Special
from civic_centers.volunteering import actions as volunteering
from foundation import clock
from foundation.database import Database
from tests.cast import Cast
from tests.civic_centers.enrolling.stage import EnrolStage
from tests.civic_centers.stage import MONDAY, at
from tests.civic_centers.volunteering.shifts import slot, take
from tests.client import Browser, on_sqlite
from tests.exchanges.test_bad_input import HOME, NASTY, SPARED, WORST, forms_of, send

EVER = ("0001-01-01", "1969-12-31", "2027-02-29", "2027-03-28", "2027-10-31", "2199-12-31", "9999-12-24", "9999-12-31")
"""Days at which calendars end, begin, or have hours that are not or are twice."""
NEEDED = {"weeks": "3", "name": "Prova", "title": "Prova", "reason": "Neve", "role_1": "Porta"}
"""What else a form may ask for before it looks at its days."""
HOURS = (("02:30", "02:45"), ("01:30", "02:30"), ("22:00", "00:00"), ("00:00", "00:00"), ("23:59", "00:01"))


@pytest.fixture
def stage(database: Database, cast: Cast) -> Iterator[EnrolStage]:
    with clock.at(MONDAY):
        yield EnrolStage(database, cast)


def pages(stage: EnrolStage) -> dict[str, list[str]]:
    """Pages with forms, by who opens them."""
    cast, center = stage.cast, f"/centers/{stage.slug}"
    special = Special(date(2027, 2, 1), date(2027, 2, 2), None)
    stage.do(centers.add_special_day, cast.bashir, stage.center_id, special)
    activity = stage.make(places=4)
    stage.rhythm(activity, room=stage.room)
    stage.open(activity)
    rhythm, one = stage.rhythms(activity)[0].id, stage.sessions(activity)[3].id or 0
    booked, asked, need = stage.book(at(13, 9), at(13, 10)), stage.ask(at(13, 11), at(13, 12)), stage.need()
    stage.enrol(cast.anna, one, *stage.kids())
    turn = slot(stage, day=18)
    shift = take(stage, turn).id
    made = stage.do(volunteering.keep_template, cast.bashir, stage.center_id, "Settimana", date(2027, 1, 18), 7)
    return {
        "bashir": [
            f"{center}/hours", f"{center}/edit", f"{center}/activities/new", f"/activities/{activity}/dates",
            f"/activities/{activity}/edit", f"/activities/{activity}/sessions/{one}/edit",
            f"/rooms/{stage.room}/book", f"/rooms/{stage.room}/edit", f"/bookings/{booked}/move", f"/bookings/{asked}",
            f"{center}/rooms/new", f"{center}/volunteering/new", f"/activities/{activity}/volunteering/new",
            f"/volunteering/slots/{turn}/edit", f"{center}/volunteering/templates",
            f"/volunteering/templates/{made.id}", f"/wall/{need}/answer", f"/sessions/{one}/list", "/door",
            f"/activities/{activity}/sessions/{one}/cancel", f"/activities/{activity}/rhythms/{rhythm}/end",
        ],
        "anna": [
            f"/rooms/{stage.room}/book", f"/volunteering/shifts/{shift}", "/volunteering/sheet", f"{center}/wall/new",
            f"/sessions/{one}/enrol", f"/dependants/{stage.ettore}/pick-up",
        ],
        "bakery": [f"/organisations/{cast.bakery.party.id}/volunteers/{cast.anna.id}"],
        "maker": ["/centers/new", f"{center}/close", f"{center}/keepers"],
    }  # fmt: skip


@on_sqlite
@pytest.mark.parametrize("who", ["anna", "bakery", "bashir", "maker"])
def test_nothing_typed_makes_a_fault(stage: EnrolStage, client_for: Callable[..., Browser], who: str) -> None:
    browser = client_for(stage.cast.members[who])
    faults = []
    for address in pages(stage)[who]:
        for action, data in forms_of(browser, HOME + address):
            fields = [name for name in data if name not in SPARED]
            tries = [dict.fromkeys(fields, value) for value in NASTY]
            tries += [{name: value} for name in fields for value in WORST]
            for number, typed in enumerate(tries):
                status = send(browser, action, data | typed | {"request_key": f"{action}{number}"})
                if status >= 500 or status == 400:
                    faults.append((action, typed, status))
    assert faults == []


@pytest.mark.parametrize("who", ["bakery", "bashir", "maker"])
def test_no_day_makes_a_fault(stage: EnrolStage, client_for: Callable[..., Browser], who: str) -> None:
    """Each field of a day alone and all together, with hours that are not, are twice, or end on the next day."""
    browser = client_for(stage.cast.members[who])
    faults = []
    for address in pages(stage)[who]:
        for action, data in forms_of(browser, HOME + address):
            page = browser.look(HOME + address)
            days = [field["name"] for field in page.soup.select("main input[type=date]") if field["name"] in data]
            timed = {"starts", "ends"} <= data.keys()
            for number, day in enumerate(EVER if days else ()):
                for starts, ends in HOURS if timed else HOURS[:1]:
                    hours = {"starts": starts, "ends": ends} if timed else {}
                    for typed in (dict.fromkeys(days, day), {days[-1]: day}):
                        extra = {name: said for name, said in NEEDED.items() if name in data}
                        key = {"request_key": f"{action}{number}{starts}{len(typed)}"}
                        status = send(browser, action, data | extra | typed | hours | key)
                        if status >= 500 or status == 400:
                            faults.append((action, typed, hours, status))
    assert faults == []
