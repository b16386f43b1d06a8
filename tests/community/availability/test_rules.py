"""The week in parts of days: joining, meeting, and the hour that is proposed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.availability import rules
from community.availability.rules import Slot, Start, Stretch, common, narrowed, part_at, starts_within, whole
from foundation.errors import Invalid


def test_a_minute_falls_in_one_part_of_the_day_and_the_night_in_none() -> None:
    assert [part.key for part in rules.PARTS] == ["morning", "afternoon", "evening"]
    found = {hour: part and part.key for hour in range(24) for part in [part_at(hour * 60)]}
    assert [found[hour] for hour in (0, 5, 6, 11, 12, 17, 18, 23)] == [
        None, None, "morning", "morning", "afternoon", "afternoon", "evening", "evening",
    ]  # fmt: skip


def test_an_afternoon_and_its_evening_are_one_stretch() -> None:
    assert rules.stretches([whole(4, "evening"), whole(4, "afternoon"), whole(5, "morning")]) == [
        Stretch(4, 720, 1440),
        Stretch(5, 360, 720),
    ]


def test_both_can_when_the_hours_overlap() -> None:
    ours = [whole(4, "afternoon"), whole(2, "morning")]
    theirs = [narrowed(whole(4, "afternoon"), 16 * 60 + 30, 18 * 60), whole(3, "morning")]
    assert common(ours, theirs) == [Stretch(4, 990, 1080)]


def test_the_usual_hour_is_proposed_or_the_nearest_that_fits() -> None:
    assert starts_within([Stretch(4, 720, 1080)], 60) == [Start(4, 960)]
    assert starts_within([Stretch(4, 720, 1080)], 180) == [Start(4, 900)]
    assert starts_within([Stretch(4, 990, 1080)], 60) == [Start(4, 990)]
    assert starts_within([Stretch(4, 990, 1080)], 120) == []


@pytest.mark.parametrize(("starts", "ends"), [(700, 900), (960, 960), (1020, 960), (965, 1020), (900, 1110)])
def test_exact_hours_stay_in_their_part_by_the_half_hour(starts: int, ends: int) -> None:
    with pytest.raises(Invalid):
        narrowed(whole(1, "afternoon"), starts, ends)


@pytest.mark.parametrize(("weekday", "part"), [(0, "morning"), (8, "morning"), (1, "night")])
def test_a_day_or_a_part_that_does_not_exist_is_refused(weekday: int, part: str) -> None:
    with pytest.raises(Invalid):
        whole(weekday, part)


CELLS = [(day, part.key) for day in rules.WEEKDAYS for part in rules.PARTS]
cells = st.integers(min_value=0, max_value=2 ** len(CELLS) - 1).map(
    lambda bits: {cell for place, cell in enumerate(CELLS) if bits >> place & 1}
)


@given(cells, cells, st.integers(min_value=1, max_value=600))
def test_a_proposed_start_fits_in_what_both_said(
    ours: set[tuple[int, str]], theirs: set[tuple[int, str]], lasts: int
) -> None:
    mine, its = [whole(*cell) for cell in ours], [whole(*cell) for cell in theirs]
    for start in starts_within(common(mine, its), lasts):
        for said in (mine, its):
            assert any(
                one.weekday == start.weekday and one.starts <= start.minute and start.minute + lasts <= one.ends
                for one in rules.stretches(said)
            )
        assert start.minute % rules.STEP == 0


@given(cells, cells)
def test_meeting_is_the_same_from_both_sides(ours: set[tuple[int, str]], theirs: set[tuple[int, str]]) -> None:
    mine: list[Slot] = [whole(*cell) for cell in ours]
    its: list[Slot] = [whole(*cell) for cell in theirs]
    assert common(mine, its) == common(its, mine)
