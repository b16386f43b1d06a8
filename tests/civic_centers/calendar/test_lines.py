"""What the calendar finds: in order, by day on the wall, by filter, page after page; on both databases."""

from datetime import date, timedelta

import pytest

from civic_centers.activities import actions
from civic_centers.calendar.queries import Filters, days_with_lines, lines_after, lines_before, month_cells
from civic_centers.calendar.queries.feeds import Scope, feed_of
from civic_centers.calendar.rules import Span, month_of, sane_day, week_of
from foundation import clock
from foundation.access import Actor
from tests.civic_centers.activities.stage import ActivityStage
from tests.civic_centers.stage import MONDAY, ROME, at

EVERYTHING = Filters()


def after(stage: ActivityStage, filters: Filters = EVERYTHING, **more):
    with stage.database.reading() as session:
        return lines_after(session, visitor(stage), filters, more.pop("since", MONDAY), **more)


def visitor(stage: ActivityStage) -> Actor:
    return Actor.visitor(stage.cast.community.id)


def titles(found) -> list[str]:
    return [line.title for line in found.lines]


def test_a_list_in_pages_both_ways(stage: ActivityStage) -> None:
    homework = stage.activity()
    ids = [stage.session_row(homework, at(12, 16) + timedelta(days=number // 2)) for number in range(7)]
    first = after(stage, limit=3)
    second = after(stage, after=first.lines[-1].cursor, limit=3)
    third = after(stage, after=second.lines[-1].cursor, limit=3)
    assert [line.session_id for page in (first, second, third) for line in page.lines] == ids
    assert [first.more, second.more, third.more] == [True, True, False]
    with stage.database.reading() as session:
        back = lines_before(session, visitor(stage), Filters(), third.lines[0].cursor, limit=3)
        start = lines_before(session, visitor(stage), Filters(), second.lines[0].cursor, limit=3)
        past = lines_before(session, visitor(stage), Filters(), at(12, 18), limit=5)
    assert [line.session_id for line in back.lines] == ids[3:6]
    assert back.more
    assert not start.more
    assert [line.session_id for line in past.lines] == ids[:2]
    assert after(stage, after="nonsense", limit=9).lines[0].session_id == ids[0]


def test_drafts_and_other_communities_stay_out(stage: ActivityStage) -> None:
    stage.session_row(stage.activity("Segreto", state="draft", published_at=None), at(12, 16))
    stage.session_row(stage.activity("Pubblico"), at(12, 16))
    assert titles(after(stage)) == ["Pubblico"]
    with stage.database.reading() as session:
        other = Actor.visitor(stage.cast.zoe.actor.community_id)
        assert not lines_after(session, other, Filters(), MONDAY).lines


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"age": "6-10"}, ["Compiti", "Festa", "Gioco"]),
        ({"age": "0-2"}, ["Festa"]),
        ({"age": "adult"}, ["Festa", "Lingua"]),
        ({"age": "elder"}, ["Carte", "Festa", "Lingua"]),
        ({"kind": "homework"}, ["Compiti"]),
        ({"free": True}, ["Carte", "Festa", "Gioco", "Lingua"]),
    ],
)
def test_filters(stage: ActivityStage, filters: dict, expected: list[str]) -> None:
    stage.session_row(stage.activity("Compiti", min_age=6, max_age=13), at(12, 15), places=3, taken=3)
    stage.session_row(stage.activity("Gioco", kind="workshop", min_age=8, max_age=8), at(12, 16), places=3, taken=2)
    stage.session_row(stage.activity("Carte", kind="elders"), at(12, 17))
    stage.session_row(stage.activity("Lingua", kind="evening"), at(12, 18))
    stage.session_row(stage.activity("Festa", kind="meal"), at(12, 19))
    assert sorted(titles(after(stage, Filters(**filters)))) == expected


def test_centers_and_zones(stage: ActivityStage) -> None:
    stage.session_row(stage.activity(), at(12, 15))
    zones = stage.cast.zones
    assert titles(after(stage, Filters(center_id=stage.center_id, zone_id=zones["centro"].id)))
    assert not titles(after(stage, Filters(zone_id=zones["po"].id)))
    assert not titles(after(stage, Filters(center_id=stage.center_id + 1)))


def test_days_are_those_on_the_wall(stage: ActivityStage) -> None:
    """Also in the month in which the clocks change, at the edges of the days."""
    late = stage.activity("Notte", places=None)
    for day, hour, minute in ((27, 23, 30), (28, 0, 15), (28, 1, 30), (28, 3, 30), (28, 23, 45), (29, 0, 15)):
        stage.session_row(late, at(day, hour, minute, month=3), lasts=timedelta(minutes=10))
    with stage.database.reading() as session:
        weeks = month_cells(session, visitor(stage), Filters(), month_of(date(2027, 3, 10)), ROME)
        days = days_with_lines(session, visitor(stage), Filters(), week_of(date(2027, 3, 28)), ROME)
    numbers = {cell.day: cell.number for week in weeks for cell in week if cell.number}
    assert numbers == {date(2027, 3, 27): 1, date(2027, 3, 28): 4, date(2027, 3, 29): 1}
    assert len(weeks[0]) == 7
    assert weeks[0][0].day == date(2027, 3, 1)
    assert [len(cell.lines) for week in weeks for cell in week if cell.number] == [1, 3, 1]
    assert [cell.beyond for week in weeks for cell in week if cell.number] == [0, 1, 0]
    assert [len(cell.lines) for cell in days] == [0, 0, 0, 0, 0, 1, 4]


def test_autumn_has_an_hour_twice(stage: ActivityStage) -> None:
    late = stage.activity("Notte")
    for day, hour in ((30, 23), (31, 0), (31, 23)):
        stage.session_row(late, at(day, hour, 30, month=10), lasts=timedelta(minutes=10))
    stage.session_row(late, at(1, 0, 10, month=11), lasts=timedelta(minutes=10))
    with stage.database.reading() as session:
        weeks = month_cells(session, visitor(stage), Filters(), month_of(date(2027, 10, 1)), ROME)
    numbers = {cell.day.isoformat(): cell.number for week in weeks for cell in week if cell.number}
    assert numbers == {"2027-10-30": 1, "2027-10-31": 2}  # the 1st of November is a Monday, and not among its weeks


def test_what_was_called_off_is_read_and_not_counted(stage: ActivityStage) -> None:
    homework = stage.activity(reason="")
    stage.session_row(homework, at(12, 15), state="cancelled", reason="Neve")
    stage.session_row(homework, at(12, 16))
    with stage.database.reading() as session:
        days = days_with_lines(session, visitor(stage), Filters(), week_of(date(2027, 1, 12)), ROME)
    assert days[1].number == 1
    assert [(line.cancelled, line.reason) for line in days[1].lines] == [(True, "Neve"), (False, "")]
    assert days[1].beyond == 0


def test_places_left(stage: ActivityStage) -> None:
    homework = stage.activity()
    stage.session_row(homework, at(12, 15), places=5, taken=5)
    stage.session_row(homework, at(12, 16))
    assert [line.left for line in after(stage).lines] == [0, None]


@pytest.mark.parametrize("text", ["", "domani", "2027-02-30", "1999-12-31", "9999-12-31", "2027-1-1"])
def test_what_is_no_day(text: str) -> None:
    assert sane_day(text) is None


def test_what_took_place_before_the_activity_was_called_off_did_take_place(stage: ActivityStage) -> None:
    activity_id = stage.make()
    before, beyond = stage.dates(activity_id, at(12, 16), at(19, 16))
    stage.open(activity_id)
    with clock.at(at(13, 9)):
        stage.do(actions.cancel_activity, stage.cast.bashir, activity_id, reason="Mancano le persone")
    span = Span(date(2027, 1, 11), date(2027, 1, 25))
    with stage.database.reading() as session:
        days = days_with_lines(session, visitor(stage), Filters(), span, ROME)
        feed = feed_of(session, Scope(stage.cast.community.id, at(1, 0), at(30, 0)))
    lines = {line.session_id: line for day in days for line in day.lines}
    assert (lines[before].cancelled, lines[beyond].cancelled) == (False, True)
    assert [day.number for day in days if day.lines] == [1, 0]
    assert {dated.session_id: dated.cancelled for dated in feed} == {before: False, beyond: True}
