"""What makers take from who comes, or from who is there besides, holds at once where something is agreed already."""

from datetime import timedelta

import pytest

from community.safeguarding.rules import Requirements
from exchanges.agreements import actions as agreements
from exchanges.agreements.actions.caring import end_without_adult
from exchanges.agreements.rules import Terms
from exchanges.groups import actions as groups
from exchanges.groups.actions.ending import end_without_adult as end_group_without_adult
from exchanges.series import actions as series
from tests.cast import Member
from tests.exchanges.agreements.test_limited import limit
from tests.exchanges.care.stage import MONDAY, CareStage
from tests.exchanges.groups.stage import LAST_DAY
from tests.exchanges.groups.stage import terms as together
from tests.exchanges.series.stage import weekly

WITH_SECOND = Requirements(True, 2, second_adult=True)


def offer(stage: CareStage, **more: object) -> int:
    return stage.post(stage.cast.anna, category="childcare", expires_on=LAST_DAY, **more)


def a_series(stage: CareStage, second: int | None = None) -> int:
    made: int = stage.do(series.propose, stage.cast.bashir, offer(stage), weekly())
    stage.do(series.accept, stage.cast.anna, made, None, second_id=second)
    return made


def meetings(stage: CareStage, made: int) -> set[str]:
    return {state for _, state in stage.states(made)}


def with_second(stage: CareStage) -> Member:
    """Anna comes, and Paolo of her household is there besides."""
    paolo = stage.second_adult(stage.cast.anna, "paolo")
    for member in (stage.cast.anna, paolo):
        stage.verify(member)
    stage.ask(WITH_SECOND)
    return paolo


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


@pytest.mark.parametrize("outcome", ["limit", "pause", "exclude"])
def test_who_is_there_besides(stage: CareStage, outcome: str) -> None:
    anna, bashir, paolo = stage.cast.anna, stage.cast.bashir, with_second(stage)
    asked = Terms(minutes=60, starts_at=MONDAY + timedelta(days=3))
    made = stage.do(agreements.propose, bashir, offer(stage), asked)
    stage.do(agreements.accept, anna, made, None, second_id=paolo.id)
    group = stage.do(groups.open_group, anna, offer(stage, places=5), together(second_id=paolo.id))
    weekly_one = a_series(stage, paolo.id)
    repairs = stage.accepted(anna, bashir)
    days = None if outcome == "exclude" else 14
    limit(stage, paolo, outcome, *(["care"] if outcome == "limit" else []), days=days)
    assert stage.state(made) == "cancelled"
    assert stage.group(group).state == "cancelled"
    assert meetings(stage, weekly_one) == {"proposed"}
    assert stage.state(repairs) == "accepted"
    assert "agreements:parted_ways" not in stage.mails(stage.cast.chiara)


def test_of_the_family_that_receives_too(stage: CareStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    with_second(stage)
    sara = stage.second_adult(bashir, "sara")
    stage.verify(sara)
    asked = Terms(minutes=60, starts_at=MONDAY + timedelta(days=3))
    made = stage.do(agreements.propose, bashir, offer(stage), asked)
    stage.do(agreements.accept, anna, made, None, second_id=sara.id)
    limit(stage, sara, "limit", "care")
    assert stage.state(made) == "cancelled"


def test_the_job_looks_at_all_that_is_asked(stage: CareStage) -> None:
    """Also at what changed without a check being taken back: who left the household is nobody who comes."""
    anna, bashir, paolo = stage.cast.anna, stage.cast.bashir, with_second(stage)
    asked = Terms(minutes=60, starts_at=MONDAY + timedelta(days=3))
    made = stage.do(agreements.propose, bashir, offer(stage), asked)
    stage.do(agreements.accept, anna, made, None, second_id=paolo.id)
    group = stage.do(groups.open_group, anna, offer(stage, places=5), together(second_id=paolo.id))
    with stage.database.writing() as session:
        assert not end_without_adult(session, made)
        assert not end_group_without_adult(session, group)
    stage.leave_household(anna, paolo)
    with stage.database.writing() as session:
        assert end_without_adult(session, made)
        assert end_group_without_adult(session, group)
    assert (stage.state(made), stage.group(group).state) == ("cancelled", "cancelled")
