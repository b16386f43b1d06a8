"""What is said after the deeds of the features: the name of what changed, once it can be read."""

from collections.abc import Iterator

import pytest
from sqlmodel import select

from community.moderation.actions import report
from community.notifications.actions import tick_call
from community.notifications.tables import CallToMake
from community.speaking.actions import begin
from community.speaking.queries import place_in_case
from exchanges.agreements.actions import confirm
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


@on_sqlite
def test_a_disagreement_cleared_up_by_the_two_leaves_the_desk(database: Database, cast: Cast, told: list[str]) -> None:
    stage = Agreements(database, cast)
    quiet = stage.delivered(cast.anna, cast.bashir)
    stage.do(confirm, cast.bashir, quiet, None)
    assert f"desk:{cast.community.id}" not in told, "what nobody disagrees about is no news for makers"
    number = stage.disputed(cast.anna, cast.bashir)
    told.clear()
    stage.do(confirm, cast.bashir, number, None)
    assert f"desk:{cast.community.id}" in told


@on_sqlite
def test_somebody_to_call(database: Database, cast: Cast, told: list[str]) -> None:
    stage = Agreements(database, cast)
    rosa = stage.offline("rosa")
    told.clear()
    stage.proposed(rosa, cast.bashir)
    assert f"desk:{cast.community.id}" in told
    with database.reading() as session:
        call = session.scalars(select(CallToMake)).one()
    told.clear()
    stage.do(tick_call, cast.maker, call.id or 0)
    assert f"desk:{cast.community.id}" in told


@on_sqlite
def test_words_with_the_makers(database: Database, cast: Cast, told: list[str]) -> None:
    with database.writing() as session:
        case_id = report(session, cast.bashir.actor, "person", cast.anna.id, reason="insult", words="").case_id
        maker = cast.maker.actor
        begin(session, maker, place_in_case(session, maker, case_id, cast.anna.id), "Ciao")
    assert {f"desk:{cast.community.id}", f"person:{cast.anna.id}"} <= set(told)
    assert [name for name in told if name.startswith("thread:")]
