"""Weekly meetings and groups of somebody who leaves the community."""

from community.leaving.actions import leave
from community.members.queries import actor_for
from exchanges.ledger.queries.accounts import account_of
from foundation import clock
from foundation.database import Database
from tests.cast import Cast, Member
from tests.exchanges.agreements.stage import Stage
from tests.exchanges.groups.stage import MONDAY, GroupStage
from tests.exchanges.series.stage import SeriesStage


def go(stage: Stage, who: Member) -> None:
    with stage.database.writing() as session:
        leave(session, actor_for(session, who.id, stage.cast.community.id))


def reserved(stage: Stage, who: Member) -> int:
    with stage.database.reading() as session:
        return account_of(session, who.party.id).reserved


def test_a_series_ends_with_its_meetings(database: Database, cast: Cast) -> None:
    stage = SeriesStage(database, cast)
    with clock.at(MONDAY):
        series_id = stage.series_open(cast.bashir, cast.anna)
        assert reserved(stage, cast.anna) > 0
        go(stage, cast.bashir)
        assert stage.series_state(series_id) == "ended"
        assert reserved(stage, cast.anna) == 0
        assert {meeting.state for meeting in stage.all_meetings(series_id)} == {"cancelled"}


def test_a_host_who_leaves_calls_the_group_off(database: Database, cast: Cast) -> None:
    stage = GroupStage(database, cast)
    with clock.at(MONDAY):
        group_id = stage.planned(cast.anna, cast.bashir, cast.chiara)
        go(stage, cast.anna)
        assert stage.group(group_id).state == "cancelled"
        assert stage.place_states(group_id) == ["off", "off"]
        assert (reserved(stage, cast.bashir), reserved(stage, cast.chiara)) == (0, 0)


def test_the_others_of_a_group_go_on(database: Database, cast: Cast) -> None:
    stage = GroupStage(database, cast)
    with clock.at(MONDAY):
        group_id = stage.planned(cast.anna, cast.bashir, cast.chiara)
        go(stage, cast.bashir)
        assert stage.group(group_id).state == "planned"
        assert stage.place(group_id, cast.bashir).state == "left"
        assert stage.place(group_id, cast.chiara).state == "coming"
        assert reserved(stage, cast.bashir) == 0
