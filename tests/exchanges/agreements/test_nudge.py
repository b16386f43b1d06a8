"""Silence after a proposal: one gentle word to who is awaited, and never a second."""

from datetime import UTC, datetime, timedelta

from community.moderation.actions import block
from community.notifications.tables import CallToMake
from community.resting.actions import answer as say_how_one_is
from exchanges.agreements import actions
from exchanges.agreements.jobs import JOBS
from exchanges.agreements.rules import Terms
from exchanges.agreements.rules.silence import nudge_due
from foundation import clock
from foundation.jobs import enqueue, run_due
from tests.exchanges.agreements.stage import Stage

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
NUDGE = "agreements:nudge"


def work(stage: Stage, moment: datetime) -> None:
    """What the worker does at a moment, if it is only about silence."""
    jobs = {job.kind: job for job in JOBS}
    with clock.at(moment):
        with stage.database.writing() as session:
            enqueue(session, "agreements.silence", key=f"every {moment}")
        run_due(stage.database, jobs)


def asked(stage: Stage) -> int:
    """An offer of Anna to which Bashir has answered on Monday."""
    with clock.at(MONDAY):
        return stage.proposed(stage.cast.anna, stage.cast.bashir)


def test_who_is_awaited_is_asked_once_after_three_days(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    asked(stage)
    work(stage, MONDAY + timedelta(days=3, minutes=-1))
    assert NUDGE not in stage.mails(anna)
    for days in (3, 4, 5, 12, 30):
        work(stage, MONDAY + timedelta(days=days, minutes=1))
    assert stage.mails(anna).count(NUDGE) == 1
    assert NUDGE not in stage.mails(bashir), "it is not he who is awaited"


def test_a_day_that_comes_sooner_is_asked_about_half_way(stage: Stage) -> None:
    with clock.at(MONDAY):
        stage.proposed(stage.cast.anna, stage.cast.bashir, starts_at=MONDAY + timedelta(days=2))
    work(stage, MONDAY + timedelta(hours=23))
    assert NUDGE not in stage.mails(stage.cast.anna)
    work(stage, MONDAY + timedelta(hours=24))
    assert stage.mails(stage.cast.anna).count(NUDGE) == 1


def test_an_answer_of_any_kind_ends_the_silence(stage: Stage) -> None:
    cast = stage.cast
    spoken, countered, declined = asked(stage), asked(stage), asked(stage)
    with clock.at(MONDAY + timedelta(days=1)):
        stage.do(actions.write_words, cast.anna, spoken, "Ci penso.")
        stage.do(actions.counter, cast.anna, countered, None, Terms(minutes=30))
        stage.do(actions.decline, cast.anna, declined, None)
    work(stage, MONDAY + timedelta(days=3, hours=1))
    assert NUDGE not in stage.mails(cast.anna)
    work(stage, MONDAY + timedelta(days=4, hours=1))
    assert stage.mails(cast.bashir).count(NUDGE) == 1, "now it is his turn, about what she changed"


def test_who_rests_is_left_in_peace_and_no_maker_calls(stage: Stage) -> None:
    cast = stage.cast
    offline = stage.offline("ida")
    asked(stage)
    with clock.at(MONDAY):
        stage.proposed(offline, cast.bashir)
        stage.do(say_how_one_is, cast.anna, "rest")
    work(stage, MONDAY + timedelta(days=3, hours=1))
    assert NUDGE not in stage.mails(cast.anna)
    with stage.database.reading() as session:
        calls = session.exec(actions.meetings.select(CallToMake)).all()
        assert NUDGE not in [call.notice for call in calls]


def test_a_block_ends_it_before(stage: Stage) -> None:
    asked(stage)
    with clock.at(MONDAY + timedelta(days=1)):
        stage.do(block, stage.cast.anna, stage.cast.bashir.party.id)
    work(stage, MONDAY + timedelta(days=3, hours=1))
    assert NUDGE not in stage.mails(stage.cast.anna)


def test_when_it_is_due() -> None:
    def due(after: timedelta, day: timedelta | None = None) -> bool:
        return nudge_due(MONDAY, None if day is None else MONDAY + day, MONDAY + after)

    assert due(timedelta(days=3))
    assert not due(timedelta(days=2, hours=23))
    assert not due(timedelta(days=15)), "nobody is reminded of what is long past"
    assert not due(timedelta(hours=11), timedelta(hours=14)), "it was said only just now"
    assert not due(timedelta(days=4), timedelta(days=4))
