"""Shifts week by week, and where people are missing first."""

from datetime import date

from civic_centers.volunteering.queries.lists import slots_of_center
from civic_centers.volunteering.queries.weeks import Week, open_weeks, weeks_of_center
from tests.civic_centers.stage import CenterStage
from tests.civic_centers.volunteering.shifts import slot, take


def test_weeks_say_how_many_are_missing_and_open_in_order(stage: CenterStage) -> None:
    full, missing = slot(stage, 9, day=13), slot(stage, 16, day=17, most=4, least=3)
    take(stage, full)
    take(stage, missing, "chiara")
    night = slot(stage, 0, day=18)  # it is still Sunday in Greenwich
    next_week, much_later = slot(stage, 9, day=18, least=0), slot(stage, 9, day=29)
    actor = stage.cast.anna.actor
    with stage.database.reading() as session:
        weeks = weeks_of_center(session, actor, stage.center_id)
        first, second = open_weeks(session, actor, stage.center_id, weeks[:2])
        soon = slots_of_center(session, actor, stage.center_id, limit=3, missing_first=True)
    assert weeks == [Week(date(2027, 1, 11), 2, 2), Week(date(2027, 1, 18), 2, 1), Week(date(2027, 1, 25), 1, 1)]
    assert [line.slot.id for line in first.lines] == [missing, full]
    assert [line.mine for line in first.lines] == ["", "held"]
    assert [line.slot.id for line in second.lines] == [night, next_week]
    assert [line.slot.id for line in soon] == [missing, night, full]  # what is weeks away is not urgent
    assert much_later not in {line.slot.id for line in soon}
