"""Silence after a weekly proposal, or after a change of it: one gentle word, once about the same terms."""

from datetime import timedelta

from exchanges.agreements.notices import STILL_TO_ANSWER
from exchanges.series import actions
from exchanges.series.actions.nudging import nudge
from exchanges.series.queries.due import awaiting_an_answer
from foundation import clock
from tests.exchanges.series.stage import MONDAY, SeriesStage, weekly


def look(stage: SeriesStage, after: timedelta) -> int:
    """What the job does some time after Monday; how many it asked about."""
    with clock.at(MONDAY + after):
        with stage.database.reading() as session:
            due = awaiting_an_answer(session)
        for series_id, _terms in due:
            with stage.database.writing() as session:
                nudge(session, series_id)
    return len(due)


def test_a_weekly_proposal_without_an_answer(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    with clock.at(MONDAY):
        stage.series_proposed(anna, bashir, minutes=5)
    assert look(stage, timedelta(days=2)) == 0
    assert look(stage, timedelta(days=3)) == 1
    assert look(stage, timedelta(days=4)) == 1
    awaited = [who for who in (anna, bashir) if STILL_TO_ANSWER.name in stage.mails(who)]
    assert len(awaited) == 1
    assert stage.mails(awaited[0]).count(STILL_TO_ANSWER.name) == 1


def test_words_are_an_answer_too_and_so_is_a_change(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    with clock.at(MONDAY):
        series_id = stage.series_open(anna, bashir, minutes=5)
        stage.do(actions.suggest, anna, series_id, None, weekly(minutes=10))
    with clock.at(MONDAY + timedelta(days=1)):
        stage.do(actions.write_words, bashir, series_id, "Ci penso.")
    assert look(stage, timedelta(days=3, hours=1)) == 0
