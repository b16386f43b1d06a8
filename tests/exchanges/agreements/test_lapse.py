"""What nobody touches ends by itself, and gives the hours back."""

from datetime import UTC, datetime, timedelta

import pytest

from exchanges.agreements import actions
from exchanges.agreements.jobs import JOBS
from exchanges.agreements.rules import Terms
from foundation import clock
from foundation.jobs import enqueue, run_due
from tests.exchanges.agreements.stage import Stage

WEDNESDAY = datetime(2026, 11, 25, 17, 0, tzinfo=UTC)
JOBS_BY_KIND = {job.kind: job for job in JOBS}


def work(stage: Stage, days: float) -> None:
    at = WEDNESDAY + timedelta(days=days)
    with clock.at(at):
        for number in range(2):
            with stage.database.writing() as session:
                enqueue(session, "agreements.forgotten", key=f"{at.isoformat()} {number}")
            run_due(stage.database, JOBS_BY_KIND)


@pytest.mark.parametrize(("meets_after", "ends_after"), [(2, 5), (None, 60)])
def test_a_proposal_nobody_answers(stage: Stage, meets_after: int | None, ends_after: int) -> None:
    starts_at = None if meets_after is None else WEDNESDAY + timedelta(days=meets_after)
    with clock.at(WEDNESDAY):
        agreement_id = stage.proposed(stage.cast.anna, stage.cast.bashir, starts_at=starts_at)
    work(stage, ends_after - 0.1)
    assert stage.state(agreement_id) == "proposed"
    work(stage, ends_after + 0.1)
    assert stage.state(agreement_id) == "declined"
    assert stage.mails(stage.cast.bashir).count("agreements:lapsed") == 1
    assert stage.mails(stage.cast.anna).count("agreements:lapsed") == 1


def test_an_agreement_nobody_tells_the_end_of_gives_the_hours_back(stage: Stage) -> None:
    bashir = stage.cast.bashir
    with clock.at(WEDNESDAY):
        agreement_id = stage.accepted(stage.cast.anna, bashir, starts_at=WEDNESDAY + timedelta(days=2))
    work(stage, 61)
    assert (stage.state(agreement_id), stage.reserved(bashir)) == ("accepted", 60)
    work(stage, 62.1)
    assert (stage.state(agreement_id), stage.reserved(bashir)) == ("cancelled", 0)
    assert stage.balance(bashir) == 0


def test_a_new_word_gives_it_more_time(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    with clock.at(WEDNESDAY):
        agreement_id = stage.proposed(anna, bashir)
    with clock.at(WEDNESDAY + timedelta(days=59)):
        stage.do(actions.counter, anna, agreement_id, 1, Terms(minutes=30))
    work(stage, 61)
    assert stage.state(agreement_id) == "proposed"


def test_what_waits_for_a_yes_does_not_lapse(stage: Stage) -> None:
    with clock.at(WEDNESDAY):
        told = stage.delivered(stage.cast.anna, stage.cast.bashir, said=90)
        disputed = stage.disputed(stage.cast.anna, stage.cast.chiara)
    work(stage, 400)
    assert (stage.state(told), stage.state(disputed)) == ("delivered", "disputed")
