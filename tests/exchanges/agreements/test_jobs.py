"""What happens by itself, through the queue as the worker runs it: once for each, whenever the worker comes."""

from datetime import UTC, datetime, timedelta

from sqlmodel import select

from exchanges.agreements import actions
from exchanges.agreements.jobs import JOBS
from foundation import clock
from foundation.jobs import enqueue, run_due
from foundation.outbox import OutboxMessage
from tests.exchanges.agreements.stage import Stage

JOBS_BY_KIND = {job.kind: job for job in JOBS}
WEDNESDAY = datetime(2026, 11, 25, 17, 0, tzinfo=UTC)


def work(stage: Stage, at: datetime) -> None:
    """Both periodic jobs at a moment, twice, and all that they queue."""
    with clock.at(at):
        for number in range(2):
            with stage.database.writing() as session:
                for kind in ("agreements.silence", "agreements.meetings"):
                    enqueue(session, kind, key=f"{at.isoformat()} {number}")
            run_due(stage.database, JOBS_BY_KIND)


def test_a_reminder_and_then_the_hours(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    with clock.at(WEDNESDAY):
        ids = [stage.delivered(anna, bashir, minutes=30, said=30) for _ in range(3)]
    work(stage, WEDNESDAY + timedelta(days=4))
    assert stage.mails(bashir).count("agreements:remind") == 0
    work(stage, WEDNESDAY + timedelta(days=6))
    assert stage.mails(bashir).count("agreements:remind") == 3
    work(stage, WEDNESDAY + timedelta(days=7))
    assert {stage.state(one) for one in ids} == {"delivered"}
    work(stage, WEDNESDAY + timedelta(days=8))
    assert {stage.state(one) for one in ids} == {"settled"}
    assert stage.balance(anna) == 90


def test_a_worker_that_slept_for_a_month_reminds_first(stage: Stage) -> None:
    with clock.at(WEDNESDAY):
        agreement_id = stage.delivered(stage.cast.anna, stage.cast.bashir)
    late = WEDNESDAY + timedelta(days=29)
    work(stage, late)
    assert stage.state(agreement_id) == "delivered"
    work(stage, late + timedelta(hours=11))
    assert stage.state(agreement_id) == "delivered"
    work(stage, late + timedelta(hours=12))
    assert stage.state(agreement_id) == "settled"


def test_what_was_put_right_meanwhile_waits_anew(stage: Stage) -> None:
    with clock.at(WEDNESDAY):
        agreement_id = stage.delivered(stage.cast.anna, stage.cast.bashir)
    work(stage, WEDNESDAY + timedelta(days=6))
    with clock.at(WEDNESDAY + timedelta(days=6, hours=1)):
        stage.do(actions.deliver, stage.cast.anna, agreement_id, None, 45)
    work(stage, WEDNESDAY + timedelta(days=8))
    assert stage.state(agreement_id) == "delivered"
    work(stage, WEDNESDAY + timedelta(days=12))
    work(stage, WEDNESDAY + timedelta(days=14))
    assert stage.balance(stage.cast.anna) == 45


def test_a_word_about_tomorrow_by_the_wall_clock(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    # Half past midnight in Rome is still the day before in Greenwich.
    with clock.at(WEDNESDAY):
        agreement_id = stage.accepted(anna, bashir, starts_at=datetime(2026, 11, 27, 23, 30, tzinfo=UTC))
    work(stage, datetime(2026, 11, 26, 20, 0, tzinfo=UTC))
    assert "agreements:tomorrow" not in stage.mails(anna)
    work(stage, datetime(2026, 11, 27, 8, 0, tzinfo=UTC))
    work(stage, datetime(2026, 11, 27, 9, 0, tzinfo=UTC))
    for who in (anna, bashir):
        assert stage.mails(who).count("agreements:tomorrow") == 1
    assert stage.state(agreement_id) == "accepted"


def test_a_meeting_called_off_is_not_announced(stage: Stage) -> None:
    anna = stage.cast.anna
    with clock.at(WEDNESDAY):
        agreement_id = stage.accepted(anna, stage.cast.bashir, starts_at=WEDNESDAY + timedelta(days=2))
        stage.do(actions.cancel, anna, agreement_id, None, "Ho la febbre")
    work(stage, WEDNESDAY + timedelta(days=1))
    assert "agreements:tomorrow" not in stage.mails(anna)


def test_the_night_of_the_clocks_announces_once(stage: Stage) -> None:
    anna = stage.cast.anna
    with clock.at(datetime(2027, 3, 20, 9, tzinfo=UTC)):
        stage.accepted(anna, stage.cast.bashir, starts_at=datetime(2027, 3, 28, 1, 30, tzinfo=UTC))
    for hour in range(0, 30, 2):
        work(stage, datetime(2027, 3, 26, 22, tzinfo=UTC) + timedelta(hours=hour))
    assert stage.mails(anna).count("agreements:tomorrow") == 1


def test_who_gave_is_asked_how_it_went(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    with clock.at(WEDNESDAY):
        stage.accepted(anna, bashir, starts_at=WEDNESDAY + timedelta(days=2))
    work(stage, WEDNESDAY + timedelta(days=2, minutes=30))
    assert "agreements:how_was_it" not in stage.mails(anna), "it is still going on"
    work(stage, WEDNESDAY + timedelta(days=2, hours=2))
    work(stage, WEDNESDAY + timedelta(days=3))
    assert stage.mails(anna).count("agreements:how_was_it") == 1
    assert "agreements:how_was_it" not in stage.mails(bashir)


def test_a_meeting_agreed_at_the_last_moment_is_not_announced(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    with clock.at(WEDNESDAY):
        soon = stage.accepted(anna, bashir, starts_at=WEDNESDAY + timedelta(hours=23, minutes=59))
        later = stage.accepted(anna, bashir, starts_at=WEDNESDAY + timedelta(hours=24))
        stage.do(actions.replace_adult, anna, later, None, anna.id)
    work(stage, WEDNESDAY + timedelta(hours=2))
    with stage.database.reading() as session:
        payloads = [message.payload for message in session.exec(select(OutboxMessage))]
    told = [one["values"]["agreement_id"] for one in payloads if one["notice"] == "agreements:tomorrow"]
    assert set(told) == {later}
    assert soon not in told
