"""Where a community asks for it, two who never met before meet in a public place the first time."""

from collections.abc import Callable
from typing import Any

import pytest

from community.safeguarding.rules import Requirements
from exchanges.agreements import actions as agreements
from exchanges.agreements.rules import Terms
from exchanges.groups import actions as groups
from exchanges.series import actions as series
from foundation.errors import Refused
from tests.exchanges.care.stage import CareStage
from tests.exchanges.groups.stage import LAST_DAY
from tests.exchanges.groups.stage import terms as together
from tests.exchanges.series.stage import weekly

IN_PUBLIC = Requirements(True, 2, public_place=True)


@pytest.fixture(autouse=True)
def asked(stage: CareStage) -> None:
    stage.ask(IN_PUBLIC)
    stage.verify(stage.cast.anna)


def offer(stage: CareStage, **more: Any) -> int:
    return stage.post(stage.cast.anna, category="childcare", expires_on=LAST_DAY, **more)


def proposal(stage: CareStage, place: str) -> None:
    stage.do(agreements.propose, stage.cast.bashir, offer(stage), Terms(minutes=60, place=place))


def of_series(stage: CareStage, place: str) -> None:
    stage.do(series.propose, stage.cast.bashir, offer(stage), weekly(place=place))


def of_group(stage: CareStage, place: str) -> None:
    place = "host" if place in ("giver", "receiver") else place
    made = stage.do(groups.open_group, stage.cast.anna, offer(stage, places=5), together(place=place))
    stage.do(groups.join, stage.cast.bashir, made, None)


@pytest.mark.parametrize("path", [proposal, of_series, of_group])
def test_at_home_only_among_those_who_met(stage: CareStage, path: Callable[[CareStage, str], None]) -> None:
    for home in ("", "giver", "receiver"):
        with pytest.raises(Refused, match="public place") as refused:
            path(stage, home)
        assert refused.value.field == "place"
    path(stage, "somewhere")
    stage.settled(stage.cast.bashir, stage.cast.anna)
    path(stage, "giver")


def test_the_yes_asks_again(stage: CareStage) -> None:
    """What was proposed before the community asked for it."""
    stage.ask(Requirements(True, 2))
    made = stage.do(agreements.propose, stage.cast.bashir, offer(stage), Terms(minutes=60, place="giver"))
    stage.ask(IN_PUBLIC)
    with pytest.raises(Refused, match="public place"):
        stage.do(agreements.accept, stage.cast.anna, made, None)
    assert stage.state(made) == "proposed"
