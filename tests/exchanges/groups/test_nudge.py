"""Who was invited to a group and says nothing is asked once more, gently."""

from datetime import timedelta

import pytest

from exchanges.agreements import actions as agreements
from exchanges.agreements.rules import Terms as AgreementTerms
from exchanges.groups import actions
from exchanges.groups.queries.due import invitations_waiting
from foundation import clock
from tests.cast import Member
from tests.exchanges.groups.stage import MONDAY, GroupStage, terms

NUDGE = "groups:nudge"


def invited(stage: GroupStage) -> int:
    """Bashir had answered an offer of Anna's: he is asked whether he comes too."""
    post_id = stage.offer(stage.cast.anna)
    stage.do(agreements.propose, stage.cast.bashir, post_id, AgreementTerms(minutes=60))
    return stage.do(actions.open_group, stage.cast.anna, post_id, terms())


def after(stage: GroupStage, **time: int) -> None:
    with clock.at(MONDAY + timedelta(**time)), stage.database.writing() as session:
        for place_id, _version in invitations_waiting(session):
            actions.nudge(session, place_id)


def nudges(stage: GroupStage, member: Member) -> int:
    return stage.mails(member).count(NUDGE)


def test_once_when_half_the_time_is_over(stage: GroupStage) -> None:
    invited(stage)
    after(stage, hours=11)
    assert nudges(stage, stage.cast.bashir) == 0
    for hours in (30, 40):
        after(stage, hours=hours)
    assert nudges(stage, stage.cast.bashir) == 1
    assert nudges(stage, stage.cast.anna) == 0


@pytest.mark.parametrize("answer", ["join", "leave"])
def test_not_who_has_answered(stage: GroupStage, answer: str) -> None:
    group_id = invited(stage)
    stage.do(getattr(actions, answer), stage.cast.bashir, group_id, None)
    after(stage, hours=30)
    assert nudges(stage, stage.cast.bashir) == 0


def test_not_when_the_day_has_come(stage: GroupStage) -> None:
    invited(stage)
    after(stage, days=4)
    assert nudges(stage, stage.cast.bashir) == 0
