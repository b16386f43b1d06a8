"""What waits for somebody's word, as replies of one tap: of agreements, weekly meetings and groups."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from community.mandates.pages.standing import replies_of
from community.mandates.queries import stand_in
from exchanges.agreements import actions as agreements
from exchanges.agreements.rules import NotNow
from foundation import clock
from foundation.database import Database
from foundation.errors import Refused
from foundation.web.state import set_community_slug
from tests.cast import Cast, Member
from tests.client import on_sqlite
from tests.exchanges.agreements.stage import Stage
from tests.exchanges.groups import stage as groups
from tests.exchanges.series import stage as series

pytestmark = on_sqlite


class Everything(groups.GroupStage, series.SeriesStage):
    """Agreements, series and groups on one stage."""


@pytest.fixture
def stage(app: Flask, database: Database, cast: Cast) -> Iterator[Everything]:
    with clock.at(groups.MONDAY), app.test_request_context("/c/cremona/"):
        set_community_slug("cremona")
        yield Everything(database, cast)


def verbs(stage: Stage, who: Member) -> list[str]:
    with stage.database.reading() as session:
        return [
            reply.key.split("-")[-1] for reply in replies_of(session, who.actor) if not reply.key.startswith("mandate")
        ]


def do(stage: Stage, who: Member, verb: str) -> None:
    with stage.database.writing() as session:
        reply = next(one for one in replies_of(session, who.actor) if one.key.endswith(f"-{verb}"))
        reply.do(session, who.actor)


def test_a_proposal_is_said_yes_or_no_to(stage: Everything) -> None:
    rosa = stage.offline("rosa")
    yes, no = stage.proposed(rosa, stage.cast.bashir), stage.proposed(rosa, stage.cast.anna)
    assert verbs(stage, rosa) == ["accept", "decline"] * 2
    do(stage, rosa, "accept")
    do(stage, rosa, "decline")
    assert (stage.state(yes), stage.state(no), verbs(stage, rosa)) == ("accepted", "declined", [])


def test_what_took_place_is_written_down_as_agreed_and_confirmed(stage: Everything) -> None:
    rosa, bashir = stage.offline("rosa"), stage.cast.bashir
    made = stage.accepted(rosa, bashir, starts_at=clock.now() + timedelta(hours=2))
    assert verbs(stage, rosa) == []
    with clock.at(clock.now() + timedelta(hours=5)):
        assert verbs(stage, rosa) == ["deliver"]
        do(stage, rosa, "deliver")
        assert verbs(stage, bashir) == ["confirm"]
        do(stage, bashir, "confirm")
    assert (stage.state(made), stage.balance(rosa)) == ("settled", 60)


def test_a_reply_of_before_is_none_any_more(stage: Everything) -> None:
    rosa = stage.offline("rosa")
    made = stage.proposed(rosa, stage.cast.bashir)
    with stage.database.reading() as session:
        before = next(one for one in replies_of(session, rosa.actor) if one.key.endswith("-accept"))
    stage.do(agreements.decline, rosa, made, None)
    with stage.database.writing() as session, pytest.raises(NotNow):
        before.do(session, rosa.actor)


def test_weekly_meetings(stage: Everything) -> None:
    rosa = stage.offline("rosa")
    series_id = stage.series_proposed(rosa, stage.cast.bashir)
    assert verbs(stage, rosa) == ["accept", "decline"]
    do(stage, rosa, "accept")
    assert stage.series_state(series_id) == "open"
    with clock.at(clock.now() + timedelta(days=2)):
        assert verbs(stage, rosa) == ["deliver"]
        do(stage, rosa, "deliver")
        assert verbs(stage, stage.cast.bashir) == ["confirm"]


def test_groups(stage: Everything) -> None:
    rosa, anna = stage.offline("rosa"), stage.cast.anna
    group_id = stage.planned(anna, rosa)
    with stage.later():
        stage.do(groups.actions.deliver, anna, group_id, None, 60, {one.id: None for one in stage.places(group_id)})
        assert verbs(stage, rosa) == ["confirm"]
        do(stage, rosa, "confirm")
    assert stage.place_states(group_id) == ["confirmed"]


def test_a_maker_who_comes_too_does_not_confirm_for_another(stage: Everything) -> None:
    rosa, maker = stage.offline("rosa"), stage.cast.maker
    group_id = stage.planned(stage.cast.anna, rosa, maker)
    with stage.later():
        present = {one.id: None for one in stage.places(group_id)}
        stage.do(groups.actions.deliver, stage.cast.anna, group_id, None, 60, present)
        with stage.database.writing() as session:
            speaker = stand_in(session, maker.actor, rosa.party.id)
            with pytest.raises(Refused, match="both sides"):
                groups.actions.confirm(session, speaker, group_id, None)
