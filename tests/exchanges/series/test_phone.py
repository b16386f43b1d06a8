"""A weekly proposal to somebody without e-mail: a maker of the zone calls, and writes down what they said."""

from collections.abc import Callable

import pytest

from community.safeguarding.rules import NotVerified
from exchanges.agreements.rules import NotNow
from exchanges.series import actions
from exchanges.series.queries.called import series_to_call_about
from foundation.errors import Missing, Refused
from tests.cast import Member
from tests.client import Browser, on_sqlite
from tests.exchanges.agreements.test_answer_by_phone import home_of_two
from tests.exchanges.series.stage import SeriesStage, weekly


def to_call_about(stage: SeriesStage, who: Member) -> list[int]:
    with stage.database.reading() as session:
        return [series.id for series in series_to_call_about(session, who.actor)]


def test_a_yes_on_the_phone_says_who_wrote_it(stage: SeriesStage) -> None:
    rosa, maker = stage.offline("rosa"), stage.cast.maker
    series_id = stage.series_proposed(rosa, stage.cast.bashir)
    assert (to_call_about(stage, maker), to_call_about(stage, stage.cast.other_maker)) == ([series_id], [])
    stage.do(actions.answer_by_phone, maker, series_id, 1, "accept")
    assert (stage.series_state(series_id), len(stage.all_meetings(series_id))) == ("open", 3)
    assert {one.adult_id for one in stage.all_meetings(series_id)} == {rosa.id}
    accepted = next(event for event in stage.series_events(series_id) if event.verb == "accept")
    assert (accepted.person_id, accepted.recorded_by_id) == (rosa.id, maker.id)
    assert to_call_about(stage, maker) == []


def test_a_no_to_a_change_on_the_phone_leaves_all_as_it_was(stage: SeriesStage) -> None:
    rosa, maker = stage.offline("rosa"), stage.cast.maker
    series_id = stage.series_proposed(rosa, stage.cast.bashir)
    stage.do(actions.answer_by_phone, maker, series_id, None, "accept")
    stage.do(actions.suggest, stage.cast.bashir, series_id, None, weekly(at="18:00"))
    stage.do(actions.answer_by_phone, maker, series_id, None, "decline", words="Alle sei cena")
    assert stage.series_state(series_id) == "open"
    assert "Alle sei cena" in stage.series_said(series_id)
    with pytest.raises(NotNow):
        stage.do(actions.answer_by_phone, maker, series_id, None, "accept")


def test_who_may_not_answer_for_others(stage: SeriesStage) -> None:
    cast, rosa = stage.cast, stage.offline("rosa")
    series_id = stage.series_proposed(rosa, cast.bashir)
    for who in (cast.other_maker, cast.chiara, cast.bashir):
        with pytest.raises(Missing):
            stage.do(actions.answer_by_phone, who, series_id, None, "accept")
    with pytest.raises(Missing):
        stage.do(actions.answer_by_phone, cast.maker, series_id, None, "end")
    online = stage.series_proposed(cast.anna, cast.bashir)
    with pytest.raises(Refused):
        stage.do(actions.answer_by_phone, cast.maker, online, None, "accept")


def test_another_adult_of_theirs_comes(stage: SeriesStage) -> None:
    rosa, pino = home_of_two(stage)
    stage.verify(rosa)
    series_id = stage.series_proposed(rosa, stage.cast.bashir, category="childcare")
    assert to_call_about(stage, stage.cast.maker) == [series_id]
    with pytest.raises(NotVerified):
        stage.do(actions.answer_by_phone, stage.cast.maker, series_id, None, "accept", adult_id=pino.id)
    stage.do(actions.answer_by_phone, stage.cast.maker, series_id, None, "accept", adult_id=rosa.id)
    assert {one.adult_id for one in stage.all_meetings(series_id)} == {rosa.id}


def test_by_a_maker_of_their_zone_alone(stage: SeriesStage) -> None:
    rosa, ida = stage.offline("rosa"), stage.offline("ida", "vescovato")
    series_id = stage.series_proposed(ida, rosa)
    assert (to_call_about(stage, stage.cast.maker), to_call_about(stage, stage.cast.other_maker)) == ([], [series_id])
    with pytest.raises(Refused):
        stage.do(actions.answer_by_phone, stage.cast.maker, series_id, None, "accept")


@on_sqlite
def test_the_maker_finds_it_among_the_calls(stage: SeriesStage, client_for: Callable[..., Browser]) -> None:
    rosa = stage.offline("rosa")
    series_id = stage.series_proposed(rosa, stage.cast.bashir)
    maker = client_for(stage.cast.maker, language="en")
    page = maker.look(maker.look("/c/cremona/waiting").link("1 weekly answer to ask on the phone"))
    page = maker.look(page.link(rosa.party.name))
    assert page.says("Every Tuesday at 16:30.")
    assert page.says("Does it suit them?")
    assert maker.submit(page, "Write it down", status=422).errors()
    page = maker.submit(page, "Write it down", verb="accept")
    assert page.says("Written down, with your name as who wrote it.")
    assert stage.series_state(series_id) == "open"
    assert maker.look(f"/c/cremona/series/{series_id}/phone").says("Nobody to ask")
