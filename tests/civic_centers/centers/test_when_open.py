"""When a center is open: its week, special days, holidays, and the nights when the clocks change."""

from datetime import date, timedelta

import pytest

from civic_centers.centers import rules
from civic_centers.centers.rules import Span, Special, Timetable, day_of, holidays_of, next_opening, open_until
from foundation import clock
from foundation.errors import Invalid
from tests.civic_centers.stage import AFTERNOON, ROME, at

WEEK = {day: [AFTERNOON] for day in range(1, 6)}
TABLE = Timetable(ROME, WEEK, province="CR")


def kinds(table: Timetable, *times: object) -> list[str]:
    return [one.kind for one in rules.warnings_of(table, *times)]


def test_it_is_open_until_it_closes_and_opens_again() -> None:
    assert open_until(TABLE, at(12, 15)) == at(12, 19)
    assert open_until(TABLE, at(12, 19)) is None
    assert next_opening(TABLE, at(15, 19)) == at(18, 15)


def test_holidays_of_italy_and_of_the_place() -> None:
    known = holidays_of("CR", None, [2026, 2027])
    assert known[date(2026, 11, 13)]["it"] == "Sant'Omobono"
    assert known[date(2027, 3, 29)]["it"] == "Lunedì dell'Angelo"
    assert date(2026, 11, 13) not in holidays_of("", None, [2026])
    own = holidays_of("CR", (11, 11), [2026])
    assert own[date(2026, 11, 11)] == rules.PATRON
    assert date(2026, 11, 13) not in own


def test_a_patron_of_29_february_is_kept_every_year() -> None:
    assert date(2027, 2, 28) in holidays_of("", (2, 29), [2027])
    assert date(2028, 2, 29) in holidays_of("", (2, 29), [2028])
    rules.check_patron(2, 29)
    for month, day in ((2, 30), (13, 1), (4, None)):
        with pytest.raises(Invalid):
            rules.check_patron(month, day)


def test_a_holiday_closes_unless_it_is_said_otherwise() -> None:
    epiphany = date(2027, 1, 6)
    assert not day_of(TABLE, epiphany).is_open
    said = Timetable(ROME, WEEK, (Special(epiphany, epiphany, Span(600, 720), "Befana"),), "CR")
    assert day_of(said, epiphany).spans == (Span(600, 720),)
    assert day_of(Timetable(ROME, WEEK, (), "CR", open_on_holidays=True), epiphany).is_open


def test_a_closure_goes_before_other_hours_of_the_same_day() -> None:
    day = date(2027, 1, 12)
    both = (Special(day, day, Span(600, 720)), Special(day - timedelta(days=2), day, None, "Guasto"))
    assert not day_of(Timetable(ROME, WEEK, both), day).is_open


def test_before_it_opened_and_after_its_last_day_it_is_closed() -> None:
    table = Timetable(ROME, WEEK, opened_on=date(2027, 1, 12), closed_on=date(2027, 1, 13))
    assert [day_of(table, date(2027, 1, day)).is_open for day in (11, 12, 13, 14)] == [False, True, True, False]


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "said"),
    [
        (at(12, 15), at(12, 19), []),
        (at(12, 14, 59), at(12, 16), ["hours"]),
        (at(12, 18), at(12, 19, 1), ["hours"]),
        (at(16, 15), at(16, 16), ["hours"]),
        (at(6, 15), at(6, 16), ["holiday"]),
    ],
)
def test_warnings(starts_at: object, ends_at: object, said: list[str]) -> None:
    assert kinds(TABLE, starts_at, ends_at) == said


def test_a_closure_warns_with_its_words() -> None:
    day = date(2027, 1, 12)
    closed = Timetable(ROME, WEEK, (Special(day, day, None, "Guasto"),))
    (warned,) = rules.warnings_of(closed, at(12, 15), at(12, 16))
    assert (warned.kind, warned.params["words"]) == ("closure", "Guasto")


def test_an_evening_past_midnight_is_one() -> None:
    table = Timetable(ROME, {2: [Span(1200, 1440)], 3: [Span(0, 120)]})
    assert kinds(table, at(12, 23), at(13, 1)) == []
    assert open_until(table, at(12, 23)) == at(13, 2)


def test_the_lost_and_the_doubled_hour() -> None:
    table = Timetable(ROME, {7: [Span(120, 180)]})
    spring = rules.at_minute(date(2027, 3, 28), 150, ROME)
    assert spring == at(28, 3, month=3)  # 2:30 does not exist on that night: what begins then begins at three
    opens = rules.at_minute(date(2027, 10, 31), 120, ROME)
    assert open_until(table, opens) - opens == timedelta(hours=2)  # from the first 2 to 3, an hour being doubled
    assert clock.local(opens, ROME).fold == 0


def test_impossible_hours() -> None:
    for spans in ([Span(600, 600)], [Span(700, 600)], [Span(0, 1441)], [Span(600, 720), Span(700, 800)]):
        with pytest.raises(Invalid):
            rules.checked_week({1: spans})
    today = date(2027, 1, 11)
    for first, last in ((12, 11), (9, 10)):
        with pytest.raises(Invalid):
            rules.check_special(Special(date(2027, 1, first), date(2027, 1, last), None), today)
