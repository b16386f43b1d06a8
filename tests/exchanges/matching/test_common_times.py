"""When both can: real dates, right over the nights when clocks change, not in the past, not over a promise."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.availability.rules import PARTS, WEEKDAYS, narrowed, stretches, whole
from exchanges.matching.queries import common_times
from exchanges.matching.rules import MOST_TIMES, SOONEST, Busy, Wanted, common_moments
from foundation import clock
from tests.exchanges.matching.stage import Matching

ROME = "Europe/Rome"
SUNDAY = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def moments(ours, theirs, wanted=None, busy=(), now=SUNDAY):
    found = common_moments(ours, theirs, wanted or Wanted(), busy, ROME, now)
    return [f"{clock.local(one, ROME):%a %d %b %H:%M}" for one in found]


def test_thursday_at_four() -> None:
    ours = [whole(4, "afternoon"), whole(2, "evening")]
    assert moments(ours, [whole(4, "afternoon"), whole(2, "morning")]) == ["Thu 26 Nov 16:00"]
    assert moments(ours, []) == []
    assert moments([], ours) == []


def test_the_same_day_only_if_there_is_time_left() -> None:
    sunday = [whole(7, "afternoon")]
    assert moments(sunday, sunday) == ["Sun 22 Nov 16:00"]
    late = SUNDAY + timedelta(hours=4)
    assert moments(sunday, sunday, now=late) == ["Sun 29 Nov 16:00"]


def test_never_over_what_is_promised_already() -> None:
    thursday = [whole(4, "afternoon")]
    four = datetime(2026, 11, 26, 15, 0, tzinfo=UTC)
    overlapping = [Busy(four + timedelta(minutes=30), four + timedelta(minutes=90))]
    assert moments(thursday, thursday, busy=overlapping) == ["Thu 03 Dec 16:00"]
    touching = [Busy(four + timedelta(hours=1), four + timedelta(hours=2)), Busy(four - timedelta(hours=1), four)]
    assert moments(thursday, thursday, busy=touching) == ["Thu 26 Nov 16:00"]


def test_what_takes_long_must_fit() -> None:
    thursday = [whole(4, "afternoon")]
    assert moments(thursday, thursday, Wanted(lasts=240)) == ["Thu 26 Nov 14:00"]
    assert moments(thursday, thursday, Wanted(lasts=420)) == []
    evening = [*thursday, whole(4, "evening")]
    assert moments(evening, evening, Wanted(lasts=420)) == ["Thu 26 Nov 16:00"]


def test_the_author_of_a_weekly_post_said_when() -> None:
    ours = [whole(2, "afternoon"), narrowed(whole(4, "afternoon"), 960, 1080)]
    assert moments(ours, [], Wanted("weekly", (2, 5), "16:30")) == ["Tue 24 Nov 16:30"]
    assert moments(ours, [], Wanted("weekly", (4,), "15:30")) == []
    assert moments(ours, [], Wanted("weekly", (2, 4))) == ["Tue 24 Nov 16:00", "Thu 26 Nov 16:00"]
    assert moments(ours, [whole(2, "morning")], Wanted("weekly", (2,))) == []


def test_the_dates_of_a_post_at_which_i_can() -> None:
    thursday, friday = (datetime(2026, 11, day, 15, 0, tzinfo=UTC) for day in (26, 27))
    wanted = Wanted("dates", dates=(friday, thursday, SUNDAY - timedelta(days=2)))
    assert moments([whole(4, "afternoon")], [], wanted) == ["Thu 26 Nov 16:00"]
    assert moments([whole(4, "morning")], [], wanted) == []


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2027, 3, 27, 8, 0, tzinfo=UTC), datetime(2027, 3, 28, 14, 0, tzinfo=UTC)),
        (datetime(2027, 10, 30, 8, 0, tzinfo=UTC), datetime(2027, 10, 31, 15, 0, tzinfo=UTC)),
    ],
)
def test_four_is_four_on_the_wall_on_the_days_when_clocks_change(now: datetime, expected: datetime) -> None:
    sunday = [whole(7, "afternoon")]
    assert common_moments(sunday, sunday, Wanted(), (), ROME, now) == [expected]


def test_an_hour_that_a_changing_clock_leaves_out_is_left_out() -> None:
    # In Lord Howe, Beirut or Asunción the lost hour lies at midnight; in Apia a whole Friday did not exist.
    apia = datetime(2011, 12, 29, 12, 0, tzinfo=UTC)
    friday = [whole(5, "afternoon")]
    found = common_moments(friday, friday, Wanted(), (), "Pacific/Apia", apia)
    assert [clock.local(one, "Pacific/Apia").date().isoformat() for one in found] == ["2012-01-06"]


CELLS = [(day, part.key) for day in WEEKDAYS for part in PARTS]
weeks = st.integers(0, 2 ** len(CELLS) - 1).map(
    lambda bits: [whole(*cell) for place, cell in enumerate(CELLS) if bits >> place & 1]
)
instants = st.integers(0, 3 * 365 * 24 * 2).map(lambda half: SUNDAY + timedelta(minutes=30 * half))


@given(weeks, weeks, instants, st.integers(15, 360), st.lists(st.integers(0, 400), max_size=6))
def test_every_proposed_moment_is_good_for_both(ours, theirs, now, lasts, promised) -> None:
    busy = [Busy(now + timedelta(hours=start), now + timedelta(hours=start + 2)) for start in promised]
    found = common_moments(ours, theirs, Wanted(lasts=lasts), busy, ROME, now)
    assert found == sorted(set(found))
    assert len(found) <= MOST_TIMES
    for moment in found:
        wall = clock.local(moment, ROME)
        minute = wall.hour * 60 + wall.minute
        assert moment >= now + SOONEST
        for week in (ours, theirs):
            assert any(
                one.weekday == wall.isoweekday() and one.starts <= minute and minute + lasts <= one.ends
                for one in stretches(week)
            )
        assert all(moment >= one.ends or one.starts >= moment + timedelta(minutes=lasts) for one in busy)


def test_from_the_database_only_my_own_promises_count(stage: Matching) -> None:
    cast = stage.cast
    with clock.at(SUNDAY):
        for member in (cast.anna, cast.bashir):
            stage.week(member, (4, "afternoon"))
        four = datetime(2026, 11, 26, 15, 0, tzinfo=UTC)

        def found(who: object) -> list[datetime]:
            other = cast.bashir if who is cast.anna else cast.anna
            return list(stage.ask(common_times, who, other.party.id, Wanted(), ROME).moments)

        assert found(cast.anna) == [four]
        stage.agreement(cast.bashir, cast.chiara, "accepted", starts_at=four)
        stage.agreement(cast.anna, cast.chiara, "proposed", starts_at=four)
        assert found(cast.anna) == [four]
        assert found(cast.bashir) == [four + timedelta(weeks=1)]
        assert stage.ask(common_times, cast.anna, cast.anna.party.id, Wanted(), ROME).moments == []
        assert stage.ask(common_times, cast.anna, cast.chiara.party.id, Wanted(), ROME).moments == []
