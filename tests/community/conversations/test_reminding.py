"""A gentle word where somebody wrote directly and nobody answered: once for each silence."""

from datetime import timedelta

import pytest

from community.conversations.actions import begin, leave, read_up_to, remind_of_words, set_muted
from community.conversations.queries import silent_talks
from community.moderation.actions import block
from community.resting.tables import Rest
from foundation import clock
from foundation.feature import registry
from foundation.jobs import run_due
from tests.community.conversations.asking import page
from tests.community.letters import letters_to
from tests.exchanges.agreements.stage import Stage

REMINDER = "conversations:silent"


def days_later(stage: Stage, days: float) -> None:
    """The reminders that are due then are written."""
    with clock.at(clock.now() + timedelta(days=days)), stage.database.writing() as session:
        for one in silent_talks(session):
            remind_of_words(session, one.direct_id)


def reminders(stage: Stage) -> int:
    cast = stage.cast
    assert REMINDER not in letters_to(stage.database, cast.anna.id), "who wrote is not reminded"
    return letters_to(stage.database, cast.bashir.id).count(REMINDER)


def test_once_after_three_days(stage: Stage) -> None:
    stage.do(begin, stage.cast.anna, stage.cast.bashir.id, "Ciao")
    days_later(stage, 2)
    assert reminders(stage) == 0
    for days in (3.5, 4, 6):
        days_later(stage, days)
        assert reminders(stage) == 1


def test_not_after_a_week(stage: Stage) -> None:
    stage.do(begin, stage.cast.anna, stage.cast.bashir.id, "Ciao")
    days_later(stage, 8)
    assert reminders(stage) == 0


def test_the_first_words_wait_for_an_answer_though_they_were_read(stage: Stage) -> None:
    cast = stage.cast
    thread_id = stage.do(begin, cast.anna, cast.bashir.id, "Ciao")
    stage.do(read_up_to, cast.bashir, thread_id, page(stage, thread_id).last_id)
    days_later(stage, 4)
    assert reminders(stage) == 1


def test_between_two_who_write_to_each_other_only_what_is_not_read(stage: Stage) -> None:
    cast = stage.cast
    thread_id = stage.do(begin, cast.anna, cast.bashir.id, "Ciao")
    stage.do(begin, cast.bashir, cast.anna.id, "Ciao a te")
    stage.do(begin, cast.anna, cast.bashir.id, "Grazie!")
    days_later(stage, 4)
    assert reminders(stage) == 1
    stage.do(begin, cast.bashir, cast.anna.id, "Di niente")
    stage.do(begin, cast.anna, cast.bashir.id, "A presto")
    stage.do(read_up_to, cast.bashir, thread_id, page(stage, thread_id).last_id)
    days_later(stage, 4)
    assert reminders(stage) == 1, "what was read needs no answer"


@pytest.mark.parametrize("why", ["muted", "left", "blocked", "rests"])
def test_nobody_is_asked_who_is_to_be_left_in_peace(stage: Stage, why: str) -> None:
    cast = stage.cast
    thread_id = stage.do(begin, cast.anna, cast.bashir.id, "Ciao")
    if why == "muted":
        stage.do(set_muted, cast.bashir, thread_id, muted=True)
    elif why == "left":
        stage.do(leave, cast.anna, thread_id)
    elif why == "blocked":
        stage.do(block, cast.bashir, cast.anna.party.id)
    else:
        with stage.database.writing() as session:
            session.add(Rest(community_id=cast.community.id, person_id=cast.bashir.id, why="own"))
    days_later(stage, 4)
    assert reminders(stage) == 0


def test_the_worker_does_it(stage: Stage) -> None:
    stage.do(begin, stage.cast.anna, stage.cast.bashir.id, "Ciao")
    jobs = {job.kind: job for job in registry.every("jobs") if job.kind.startswith("conversations.")}
    with clock.at(clock.now() + timedelta(days=4)):
        with stage.database.writing() as session:
            jobs["conversations.silence"].run(session, {})
        run_due(stage.database, jobs)
    assert reminders(stage) == 1
