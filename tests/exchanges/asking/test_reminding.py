"""A gentle word where a question about a post waits: once for each silence, to the side that is awaited."""

from datetime import timedelta

import pytest

from community.conversations.actions import read_up_to, set_muted
from community.moderation.actions import block
from community.resting.tables import Rest
from exchanges.agreements import actions as agreements
from exchanges.agreements.rules import Terms
from exchanges.asking.actions import ask, remind_of_question, write_about
from exchanges.asking.queries import silent_questions
from exchanges.posts.tables import Post
from foundation import clock
from foundation.feature import registry
from foundation.jobs import run_due
from tests.cast import Member
from tests.community.conversations.asking import page
from tests.community.letters import letters_to
from tests.exchanges.agreements.stage import Stage

REMINDER = "asking:silent"


def days_later(stage: Stage, days: float) -> None:
    """The reminders that are due then are written."""
    with clock.at(clock.now() + timedelta(days=days)), stage.database.writing() as session:
        for one in silent_questions(session):
            remind_of_question(session, one.question_id)


def reminders(stage: Stage, member: Member) -> int:
    return letters_to(stage.database, member.id).count(REMINDER)


def test_both_adults_of_the_household_once_after_three_days(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    mate = stage.second_adult(anna, "marta")
    stage.do(ask, bashir, stage.post(anna), "Serve la macchina?")
    days_later(stage, 2)
    assert reminders(stage, anna) == 0
    for days in (3.5, 4, 6, 8):
        days_later(stage, days)
        assert [reminders(stage, one) for one in (anna, mate, bashir)] == [1, 1, 0]


def test_who_asked_is_awaited_once_they_were_answered(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    thread_id = stage.do(ask, bashir, stage.post(anna), "Serve la macchina?")
    stage.do(write_about, anna, thread_id, "No. Quando vieni?")
    days_later(stage, 4)
    assert (reminders(stage, anna), reminders(stage, bashir)) == (0, 1)


def test_what_one_of_them_read_needs_no_answer_once_they_spoke(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    mate = stage.second_adult(anna, "marta")
    thread_id = stage.do(ask, bashir, stage.post(anna), "Serve la macchina?")
    stage.do(read_up_to, mate, thread_id, page(stage, thread_id).last_id)
    days_later(stage, 4)
    assert reminders(stage, anna) == 1, "a first question waits for an answer though it was read"
    stage.do(write_about, anna, thread_id, "No, ce l'ho io.")
    stage.do(write_about, bashir, thread_id, "Grazie!")
    stage.do(read_up_to, mate, thread_id, page(stage, thread_id).last_id)
    days_later(stage, 4)
    assert reminders(stage, anna) == 1


def test_not_after_a_week(stage: Stage) -> None:
    stage.do(ask, stage.cast.bashir, stage.post(stage.cast.anna), "Serve la macchina?")
    days_later(stage, 8)
    assert reminders(stage, stage.cast.anna) == 0


@pytest.mark.parametrize("why", ["muted", "closed", "blocked", "rests", "proposed"])
def test_nobody_is_asked_who_is_to_be_left_in_peace(stage: Stage, why: str) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    post_id = stage.post(anna)
    thread_id = stage.do(ask, bashir, post_id, "Serve la macchina?")
    if why == "muted":
        stage.do(set_muted, anna, thread_id, muted=True)
    elif why == "blocked":
        stage.do(block, anna, bashir.party.id)
    elif why == "proposed":
        stage.do(agreements.propose, bashir, post_id, Terms(minutes=60))
    else:
        with stage.database.writing() as session:
            if why == "closed":
                session.get_one(Post, post_id).state = "closed"
            else:
                session.add(Rest(community_id=stage.cast.community.id, person_id=anna.id, why="own"))
    days_later(stage, 4)
    assert reminders(stage, anna) == 0


def test_the_worker_does_it(stage: Stage) -> None:
    stage.do(ask, stage.cast.bashir, stage.post(stage.cast.anna), "Serve la macchina?")
    jobs = {job.kind: job for job in registry.every("jobs") if job.kind.startswith("asking.")}
    with clock.at(clock.now() + timedelta(days=4)):
        with stage.database.writing() as session:
            jobs["asking.silence"].run(session, {})
        run_due(stage.database, jobs)
    assert reminders(stage, stage.cast.anna) == 1
