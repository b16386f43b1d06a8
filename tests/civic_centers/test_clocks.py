"""The nights when the clocks change, leap days and the ends of the calendar, in rooms, activities and shifts."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from civic_centers.activities import actions
from civic_centers.activities.actions import Change
from civic_centers.activities.queries.foreseeing import Span
from civic_centers.centers import rules
from civic_centers.centers.rules import Special, Timetable, next_opening, open_until
from civic_centers.rooms.tables import Booking
from civic_centers.volunteering import actions as volunteering
from civic_centers.volunteering.actions.making import Moment, weekly
from civic_centers.volunteering.rules import Wanted, age_on, is_late, offer_ends, real_minutes
from civic_centers.volunteering.tables import Slot
from community.communities.tables import Community
from foundation import clock
from foundation.errors import Invalid
from tests.civic_centers.activities.stage import ActivityStage
from tests.civic_centers.stage import ROME, CenterStage, at
from tests.client import Browser, on_sqlite

SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)
SECOND_TWO = datetime(2027, 10, 31, 1, 0, tzinfo=UTC)
"""Two in the night when the clocks have gone back already."""


@pytest.fixture
def stage(database, cast):
    with clock.at(at(11, 9)):
        yield ActivityStage(database, cast)


def walls(stage: CenterStage) -> list[tuple[int, int, int, int]]:
    """From which day and hour to which day and hour the slots are."""
    with stage.database.reading() as session:
        rows = session.exec(select(Slot).order_by(Slot.starts_at, Slot.id)).all()
        told = [(clock.local(one.starts_at, ROME), clock.local(one.ends_at, ROME)) for one in rows]
    return [(start.day, start.hour, end.day, end.hour) for start, end in told]


# ---------------------------------------------------------------- dates of activities


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "field"),
    [
        (at(12, 17), at(12, 16), "ends"),
        (at(12, 17), at(12, 17), "ends"),
        (at(12, 17), at(13, 17, 1), "ends"),
        (at(10, 16), at(10, 18), "day"),
        (at(11, 9), at(11, 10), "day"),
    ],
)
def test_single_dates_that_cannot_be(stage: ActivityStage, starts_at: datetime, ends_at: datetime, field: str) -> None:
    activity = stage.make()
    with pytest.raises(Invalid) as refused:
        spans = [Span(starts_at.date(), starts_at, ends_at)]
        stage.do(actions.add_dates, stage.cast.bashir, activity, spans, None)
    assert refused.value.field == field
    assert stage.sessions(activity) == []


def test_the_whole_night_is_two_days_of_23_and_25_hours(stage: ActivityStage) -> None:
    activity = stage.make()
    for day in (SPRING, AUTUMN):
        begins, ends = (clock.start_of_day(one, ROME) for one in (day, day + timedelta(days=1)))
        if day == AUTUMN:  # longer than a day, to the minute
            with pytest.raises(Invalid):
                stage.do(actions.add_dates, stage.cast.bashir, activity, [Span(day, begins, ends)], stage.room)
            ends -= timedelta(hours=1)
        stage.do(actions.add_dates, stage.cast.bashir, activity, [Span(day, begins, ends)], stage.room)
    assert [one.ends_at - one.starts_at for one in stage.sessions(activity)] == [
        timedelta(hours=23),
        timedelta(hours=24),
    ]


def test_a_room_is_taken_in_each_of_the_two_hours(stage: ActivityStage) -> None:
    """What stands in the first two o'clock leaves the second one free, and the other way round."""
    first = SECOND_TWO - timedelta(hours=1)
    stage.book(first, first + timedelta(minutes=45))
    activity = stage.make()
    spans = [Span(AUTUMN, SECOND_TWO, SECOND_TWO + timedelta(minutes=45))]
    laid = stage.do(actions.add_dates, stage.cast.bashir, activity, spans, stage.room)
    assert laid.without == []
    spans = [Span(AUTUMN, first + timedelta(minutes=30), SECOND_TWO + timedelta(minutes=10))]
    laid = stage.do(actions.add_dates, stage.cast.bashir, activity, spans, stage.room)
    assert [one.starts_at for one in laid.without] == [first + timedelta(minutes=30)]


def test_four_in_the_afternoon_all_year_long(stage: ActivityStage) -> None:
    """A rhythm without an end rolls over both nights and a leap day: every Tuesday once, at four on the wall."""
    activity = stage.make()
    rhythm = stage.rhythm(activity, room=stage.room, skip_holidays=False)
    stage.open(activity)
    for weeks in range(4, 60, 4):
        with clock.at(at(11, 9) + timedelta(weeks=weeks)), stage.database.writing() as session:
            actions.roll_rhythm(session, rhythm)
    found = stage.sessions(activity)
    days = [clock.local(one.starts_at, ROME).date() for one in found]
    assert days == [date(2027, 1, 12) + timedelta(weeks=number) for number in range(len(found))]
    assert date(2028, 2, 29) in days
    assert {clock.local(one.starts_at, ROME).hour for one in found} == {16}
    assert {one.ends_at - one.starts_at for one in found} == {timedelta(hours=2)}
    assert stage.held(stage.room) == [one.starts_at for one in found]


def test_what_was_typed_for_those_after_is_meant_on_the_wall(stage: ActivityStage) -> None:
    activity = stage.make()
    stage.rhythm(activity, 7, hour=1, first_on=SPRING, last_on=date(2027, 4, 11), skip_holidays=False)
    first = stage.sessions(activity)[0].id or 0
    change = Change(at(28, 1, 30, month=3), at(28, 3, 30, month=3), None)  # an hour that night
    stage.do(actions.change_dates, stage.cast.bashir, activity, first, change, "all")
    lengths = [(one.ends_at - one.starts_at) // timedelta(minutes=1) for one in stage.sessions(activity)]
    assert lengths == [60, 120, 120]
    assert stage.rhythms(activity)[0].minutes == 120


def test_another_room_for_all_changes_no_length(stage: ActivityStage) -> None:
    activity = stage.make()
    stage.rhythm(activity, 7, hour=1, first_on=AUTUMN, last_on=date(2027, 11, 14), skip_holidays=False)
    one = stage.sessions(activity)[0]
    assert one.ends_at == SECOND_TWO  # two hours from one o'clock
    change = Change(one.starts_at, one.ends_at, stage.other_room)
    stage.do(actions.change_dates, stage.cast.bashir, activity, one.id, change, "all")
    assert {each.ends_at - each.starts_at for each in stage.sessions(activity)} == {timedelta(hours=2)}
    assert stage.rhythms(activity)[0].minutes == 120


# ---------------------------------------------------------------- pages


@on_sqlite
def test_words_alone_move_nothing_in_the_doubled_hour(stage: ActivityStage, client_for: Callable[..., Browser]) -> None:
    activity = stage.open(stage.make_with_date(at(31, 1, month=10), SECOND_TWO))
    one = stage.sessions(activity)[0]
    bashir = client_for(stage.cast.bashir)
    edit = f"/c/cremona/activities/{activity}/sessions/{one.id}/edit"
    bashir.submit(bashir.look(edit), "Salva", words="Portate le torce")
    kept = stage.one(one.id)
    assert (kept.starts_at, kept.ends_at, kept.words) == (one.starts_at, one.ends_at, "Portate le torce")
    assert not kept.changed
    bashir.submit(bashir.look(edit), "Salva", starts="00:30", sure="", status=422)


@on_sqlite
def test_a_booking_keeps_its_end_in_the_doubled_hour(stage: ActivityStage, client_for: Callable[..., Browser]) -> None:
    booked = stage.book(at(31, 1, month=10), SECOND_TWO)
    bashir = client_for(stage.cast.bashir)
    asked = bashir.submit(
        bashir.look(f"/c/cremona/bookings/{booked}/move"), "Sposta", status=422, room_id=str(stage.other_room)
    )
    bashir.submit(asked, "Sposta")
    with stage.database.reading() as session:
        kept = session.get_one(Booking, booked)
    assert (kept.room_id, kept.ends_at) == (stage.other_room, SECOND_TWO)


@on_sqlite
def test_an_evening_ends_at_midnight_where_midnight_is_skipped(
    stage: ActivityStage, client_for: Callable[..., Browser]
) -> None:
    """In Santiago the clocks go forward at midnight: the evening before ends all the same."""
    with stage.database.writing() as session:
        session.get_one(Community, stage.cast.community.id).time_zone = "America/Santiago"
    bashir = client_for(stage.cast.bashir)
    form = bashir.look(f"/c/cremona/rooms/{stage.room}/book?day=2027-09-04")
    said = {"day": "2027-09-04", "starts": "22:00", "ends": "00:00", "title": "Ballo"}
    asked = bashir.submit(form, "Prenota", status=422, **said)
    assert bashir.submit(asked, "Prenota lo stesso").says("La sala è vostra")
    with stage.database.reading() as session:
        booked = session.exec(select(Booking)).one()
    assert booked.ends_at - booked.starts_at == timedelta(hours=2)


@on_sqlite
def test_a_year_that_nobody_means_is_refused_at_the_field(
    stage: ActivityStage, client_for: Callable[..., Browser]
) -> None:
    bashir = client_for(stage.cast.bashir)
    form = bashir.look(f"/c/cremona/rooms/{stage.room}/book?day=2027-01-12")
    for day in ("0001-01-01", "9999-12-31"):
        wrong = bashir.submit(form, "Prenota", status=422, day=day, starts="22:00", ends="00:00", title="Ballo")
        assert any("1900" in error for error in wrong.errors())


@on_sqlite
def test_single_dates_on_both_nights(stage: ActivityStage, client_for: Callable[..., Browser]) -> None:
    activity = stage.make()
    bashir = client_for(stage.cast.bashir)
    form = bashir.look(f"/c/cremona/activities/{activity}/dates?how=once")
    said = {"how": "once", "starts": "02:00", "ends": "03:00"}
    lost = bashir.submit(form, "Segna", status=422, day=SPRING.isoformat(), **said)
    assert any("non esiste" in error for error in lost.errors())
    backwards = bashir.submit(form, "Segna", status=422, day="2027-01-13", how="once", starts="17:00", ends="16:00")
    assert any("finire dopo" in error for error in backwards.errors())
    asked = bashir.submit(form, "Segna", status=422, day=AUTUMN.isoformat(), **said)
    bashir.submit(asked, "Segna")
    [one] = stage.sessions(activity)
    assert (one.starts_at, one.ends_at) == (SECOND_TWO - timedelta(hours=1), SECOND_TWO + timedelta(hours=1))


# ---------------------------------------------------------------- opening hours


def test_other_hours_on_the_day_itself() -> None:
    said = tuple(Special(day, day, rules.Span(150, 195), "Notte bianca") for day in (SPRING, AUTUMN))
    table = Timetable(ROME, {}, said)
    assert open_until(table, at(28, 3, 5, month=3)) == at(28, 3, 15, month=3)  # half past two is three
    assert next_opening(table, at(27, 12, month=3)) == at(28, 3, month=3)
    opens = at(31, 2, 30, month=10)
    assert open_until(table, opens) == opens + timedelta(minutes=105)
    closed = Timetable(ROME, {7: [rules.Span(0, 1440)]}, (Special(SPRING, SPRING, None),))
    assert open_until(closed, at(28, 12, month=3)) is None
    assert open_until(closed, at(4, 0, month=4)) == at(5, 0, month=4)


def test_hours_that_the_night_skips_whole() -> None:
    table = Timetable(ROME, {7: [rules.Span(120, 180)]})
    assert open_until(table, at(28, 3, month=3)) is None
    assert next_opening(table, at(28, 0, month=3)) == at(4, 2, month=4)


def test_a_whole_day_is_open_to_its_end() -> None:
    table = Timetable(ROME, {7: [rules.Span(0, 1440)]})
    for day in (SPRING, AUTUMN):
        opens = clock.start_of_day(day, ROME)
        assert open_until(table, opens) == clock.start_of_day(day + timedelta(days=1), ROME)
        assert rules.warnings_of(table, opens, clock.start_of_day(day + timedelta(days=1), ROME)) == []


# ---------------------------------------------------------------- shifts


def test_a_shift_across_the_midnight_of_the_change(stage: ActivityStage) -> None:
    wanted = [Wanted("Di notte", party_id=stage.cast.bakery.party.id)]
    moments = [Moment(at(27, 22, month=3), at(28, 4, month=3)), Moment(at(30, 22, month=10), at(31, 4, month=10))]
    made = stage.do(volunteering.make_slots, stage.cast.bashir, stage.center_id, wanted, moments)
    hours = [real_minutes(None, None, one.starts_at, one.ends_at) // 60 for one in made]
    assert hours == [5, 7]
    for month, day in ((3, 28), (10, 31)):
        starts_at = at(day, 12, month=month)
        day_before = datetime(2027, month, day - 1, 12, tzinfo=starts_at.tzinfo)
        assert not is_late(starts_at, 24, starts_at - timedelta(hours=24))
        assert is_late(starts_at, 24, starts_at - timedelta(hours=24) + timedelta(seconds=1))
        assert offer_ends(starts_at, day_before) <= starts_at


def test_a_template_of_such_a_night_is_that_of_every_night(stage: ActivityStage) -> None:
    wanted = [Wanted("Di notte", party_id=stage.cast.bakery.party.id)]
    moments = [Moment(at(27, 22, month=3), at(28, 4, month=3))]
    stage.do(volunteering.make_slots, stage.cast.bashir, stage.center_id, wanted, moments)
    made = stage.do(volunteering.keep_template, stage.cast.bashir, stage.center_id, "Notte", date(2027, 3, 27), 1)
    stage.do(volunteering.lay_out_template, stage.cast.bashir, made.id, date(2027, 4, 3))
    stage.do(volunteering.lay_out_template, stage.cast.bashir, made.id, date(2027, 10, 30))
    assert walls(stage) == [(27, 22, 28, 4), (3, 22, 4, 4), (30, 22, 31, 4)]


def test_a_template_in_the_lost_hour_leaves_that_night_out(stage: ActivityStage) -> None:
    wanted = [Wanted("Di notte", party_id=stage.cast.bakery.party.id)]
    moments = [Moment(at(14, 2, 15, month=3), at(14, 2, 45, month=3))]
    stage.do(volunteering.make_slots, stage.cast.bashir, stage.center_id, wanted, moments)
    made = stage.do(volunteering.keep_template, stage.cast.bashir, stage.center_id, "Notte", date(2027, 3, 14), 1)
    laid = stage.do(volunteering.lay_out_template, stage.cast.bashir, made.id, date(2027, 3, 21), 3)
    assert [clock.local(one.starts_at, ROME).date().day for one in laid] == [21, 4]
    assert stage.do(volunteering.lay_out_template, stage.cast.bashir, made.id, SPRING) == []


def test_a_week_is_not_lost_with_its_hour() -> None:
    found = weekly(Moment(at(21, 1, month=3), at(21, 2, 30, month=3)), 3, ROME)
    assert [(one.starts_at, one.ends_at) for one in found] == [
        (at(21, 1, month=3), at(21, 2, 30, month=3)),
        (at(28, 1, month=3), at(28, 3, month=3)),
        (at(4, 1, month=4), at(4, 2, 30, month=4)),
    ]
    found = weekly(Moment(at(21, 2, month=3), at(21, 3, month=3)), 3, ROME)
    assert [clock.local(one.starts_at, ROME).day for one in found] == [21, 4]  # nothing is left of that night


def test_who_is_born_on_a_leap_day_is_older_on_the_first_of_march() -> None:
    ages = {day: age_on("2012-02-29", day) for day in (date(2027, 2, 28), date(2027, 3, 1), date(2028, 2, 29))}
    assert list(ages.values()) == [14, 15, 16]
