"""Nobody of the issuer is there any more: what was done before is owed for two weeks, then hours are free again."""

from datetime import timedelta

import pytest
from sqlmodel import select

from community.leaving.actions import come_back, finish, leave, move_hours
from community.moderation import actions as moderation
from community.moderation.rules import Ruling
from community.notifications.queries import calls_to_make
from exchanges.cheques import actions
from exchanges.cheques.jobs import JOBS, STOP, remind, run_end_stopped
from exchanges.cheques.queries import sheets_of
from exchanges.cheques.rules import HelpedTooLate, NotGood, Wanted
from exchanges.cheques.tables import TimeCheque
from foundation import clock
from foundation.database import Database
from foundation.errors import Refused
from foundation.jobs import enqueue, run_due
from tests.cast import Cast, Member
from tests.exchanges.agreements.stage import Stage
from tests.exchanges.cheques.test_cheques import printed, redeem, whole


@pytest.fixture
def stage(database: Database, cast: Cast) -> Stage:
    return Stage(database, cast)


def decide(stage: Stage, about: Member, outcome: str) -> int:
    with stage.database.writing() as session:
        seen = moderation.report(session, stage.cast.dario.actor, "person", about.id, reason="insult", words="")
        moderation.decide(session, stage.cast.maker.actor, seen.case_id, Ruling(outcome, "Per ora."))
    work(stage)
    return seen.case_id


def work(stage: Stage) -> None:
    run_due(stage.database, {job.kind: job for job in JOBS})


def settle_stopped(stage: Stage) -> None:
    with stage.database.writing() as session:
        run_end_stopped(session, {})


def cheques(stage: Stage) -> list[TimeCheque]:
    with stage.database.reading() as session:
        return list(session.exec(select(TimeCheque).order_by(TimeCheque.id)))


@pytest.mark.parametrize("outcome", ["pause", "exclude"])
def test_what_was_done_before_is_redeemed_and_then_the_hours_are_free(stage: Stage, outcome: str) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    codes = printed(stage, anna, 2)
    decide(stage, anna, outcome)
    assert stage.mails(anna).count("cheques:stopped") == 1
    assert stage.mails(stage.cast.maker).count("cheques:stopped_for_makers") == 1
    with clock.at(clock.now() + timedelta(days=3)):
        with pytest.raises(HelpedTooLate) as refusal:
            redeem(stage, bashir, codes[0])
        assert refusal.value.field == "happened_on"
        redeem(stage, bashir, codes[0], happened_on=clock.today("Europe/Rome") - timedelta(days=3))
        settle_stopped(stage)
    assert (stage.balance(bashir), stage.reserved(anna)) == (60, 60)
    with clock.at(clock.now() + timedelta(days=14)):
        with pytest.raises(NotGood) as over:
            redeem(stage, bashir, codes[1], happened_on=clock.today("Europe/Rome") - timedelta(days=14))
        assert over.value.state == "stopped"
        settle_stopped(stage)
        assert [(one.state, one.why) for one in cheques(stage)] == [("redeemed", ""), ("voided", "stopped")]
        with pytest.raises(NotGood) as void:
            redeem(stage, bashir, codes[1])
        assert void.value.state == "stopped"
    assert stage.reserved(anna) == 0
    assert stage.mails(anna).count("cheques:voided") == 1
    with clock.at(clock.now() + timedelta(days=15)):
        assert whole(stage) == []


def test_who_is_back_in_time_has_good_cheques_as_before(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    (code,) = printed(stage, anna, 1)
    case = decide(stage, anna, "pause")
    with stage.database.writing() as session:
        moderation.undo(session, stage.cast.maker.actor, case)
    with clock.at(clock.now() + timedelta(days=20)):
        settle_stopped(stage)
        assert cheques(stage)[0].stopped_at is None
        redeem(stage, bashir, code)
    assert stage.balance(bashir) == 60


def test_while_one_adult_is_there_nothing_changes(stage: Stage) -> None:
    anna = stage.cast.anna
    stage.second_adult(anna, "paolo")
    (code,) = printed(stage, anna, 1)
    decide(stage, anna, "exclude")
    assert stage.mails(anna).count("cheques:stopped") == 0
    redeem(stage, stage.cast.bashir, code)


def test_a_block_is_never_told_by_a_cheque(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    (code,) = printed(stage, anna, 1)
    with stage.database.writing() as session:
        moderation.block(session, anna.actor, bashir.party.id)
    decide(stage, anna, "pause")
    with pytest.raises(Refused, match="cannot be redeemed now"):
        redeem(stage, bashir, code)


def test_who_leaves_owes_what_was_done_before_and_their_hours_wait_for_it(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    codes = printed(stage, anna, 2)
    departure = stage.do(leave, anna).id
    assert "cheques:stopped" in stage.mails(anna)
    redeem(stage, bashir, codes[0])
    assert (stage.balance(anna), stage.balance(bashir)) == (-60, 60)
    with clock.at(clock.now() + timedelta(days=14)), stage.database.writing() as session:
        assert finish(session, departure)
        assert not move_hours(session, departure)
        run_end_stopped(session, {})
        assert move_hours(session, departure)
    assert [one.why for one in cheques(stage)] == ["", "stopped"]
    assert (stage.balance(anna), stage.reserved(anna)) == (0, 0)
    with clock.at(clock.now() + timedelta(days=15)):
        assert whole(stage) == []


def test_who_comes_back_has_them_again(stage: Stage) -> None:
    anna = stage.cast.anna
    (code,) = printed(stage, anna, 1)
    stage.do(leave, anna)
    with stage.database.writing() as session:
        come_back(session, stage.cast.community.id, anna.id)
    with clock.at(clock.now() + timedelta(days=1)):
        redeem(stage, stage.cast.bashir, code)


def test_reminded_once_two_weeks_before_and_called_without_email(stage: Stage) -> None:
    cast = stage.cast
    rosa = stage.offline("rosa")
    printed(stage, cast.anna, 2)
    with stage.database.writing() as session:
        actions.print_sheet(session, rosa.actor, Wanted(1, 60))
    with stage.database.reading() as session:
        ends = sheets_of(session, cast.anna.actor)[0].sheet.ends_at
    for days in (15, 13, 12):
        with clock.at(ends - timedelta(days=days)):
            remind(stage.database, {})
        assert stage.mails(cast.anna).count("cheques:ending") == (0 if days > 14 else 1)
    with stage.database.reading() as session:
        calls = [call for call in calls_to_make(session, cast.maker.actor) if call.notice == "cheques:ending"]
    assert [(call.person_id, call.params["cheque_count"]) for call in calls] == [(rosa.id, 1)]


def test_the_job_leaves_who_is_back_in_peace(stage: Stage) -> None:
    anna = stage.cast.anna
    printed(stage, anna, 1)
    with stage.database.writing() as session:
        enqueue(session, STOP, {"party_ids": [anna.party.id], "at": clock.now().isoformat()}, key="k")
    work(stage)
    assert cheques(stage)[0].stopped_at is None
