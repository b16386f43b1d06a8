"""What is said after the deeds of the features: the name of what changed, once it can be read."""

from collections.abc import Iterator

import pytest

from community.moderation.actions import report
from foundation import clock
from foundation.database import Database
from foundation.signals import carry
from tests.cast import Cast
from tests.client import on_sqlite
from tests.exchanges.agreements.stage import Stage as Agreements
from tests.exchanges.groups.stage import GroupStage
from tests.exchanges.posts.stage import Stage as Posts
from tests.exchanges.series.stage import MONDAY, SeriesStage


@pytest.fixture
def told() -> Iterator[list[str]]:
    found: list[str] = []
    stop = carry(found.append)
    yield found
    stop()


@on_sqlite
def test_every_step_of_an_agreement(database: Database, cast: Cast, told: list[str]) -> None:
    number = Agreements(database, cast).disputed(cast.anna, cast.bashir)
    assert told.count(f"agreement:{number}") >= 4
    assert f"desk:{cast.community.id}" in told


@on_sqlite
def test_series_and_groups(database: Database, cast: Cast, told: list[str]) -> None:
    with clock.at(MONDAY):
        series = SeriesStage(database, cast).series_open(cast.anna, cast.bashir)
        group = GroupStage(database, cast).planned(cast.anna, cast.chiara)
    assert {f"series:{series}", f"group:{group}"} <= set(told)


@on_sqlite
def test_a_confidential_need_is_no_news_for_the_board(database: Database, cast: Cast, told: list[str]) -> None:
    Posts(database, cast).open_post(cast.anna, visibility="confidential")
    assert f"desk:{cast.community.id}" in told
    assert f"board:{cast.community.id}" not in told
    Posts(database, cast).open_post(cast.anna)
    assert f"board:{cast.community.id}" in told


@on_sqlite
def test_a_draft_is_told_to_nobody(database: Database, cast: Cast, told: list[str]) -> None:
    Posts(database, cast).written(cast.anna)
    assert not [name for name in told if name.startswith(("board", "desk"))]


@on_sqlite
def test_a_report(database: Database, cast: Cast, told: list[str]) -> None:
    with database.writing() as session:
        report(session, cast.bashir.actor, "person", cast.anna.id, reason="insult", words="")
    assert told == [f"desk:{cast.community.id}"]
