"""What makers take from who comes, or from who is there besides, holds at once where something is agreed already."""

import pytest

from exchanges.series import actions as series
from tests.exchanges.agreements.test_limited import limit
from tests.exchanges.care.stage import CareStage
from tests.exchanges.groups.stage import LAST_DAY
from tests.exchanges.series.stage import weekly


def offer(stage: CareStage, **more: object) -> int:
    return stage.post(stage.cast.anna, category="childcare", expires_on=LAST_DAY, **more)


def a_series(stage: CareStage, second: int | None = None) -> int:
    made: int = stage.do(series.propose, stage.cast.bashir, offer(stage), weekly())
    stage.do(series.accept, stage.cast.anna, made, None, second_id=second)
    return made


def meetings(stage: CareStage, made: int) -> set[str]:
    return {state for _, state in stage.states(made)}


@pytest.mark.parametrize("outcome", ["limit", "pause"])
def test_the_meetings_of_a_series_wait_for_somebody_else(stage: CareStage, outcome: str) -> None:
    anna, paolo = stage.cast.anna, stage.second_adult(stage.cast.anna, "paolo")
    for member in (anna, paolo):
        stage.verify(member)
    made = a_series(stage)
    limit(stage, anna, outcome, *(["care"] if outcome == "limit" else []))
    assert meetings(stage, made) == {"proposed"}
    stage.roll(made)
    assert meetings(stage, made) == {"proposed"}
    assert stage.reserved(stage.cast.bashir) == 0
    stage.do(series.replace_adult, paolo, made, None, paolo.id)
    assert meetings(stage, made) == {"accepted"}
