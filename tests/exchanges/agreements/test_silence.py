"""Silence after an exchange was written down: a reminder, then it counts; and where it counts for nothing."""

from datetime import UTC, datetime, timedelta

import pytest

from community.communities.tables import CommunityRules
from community.members.tables import Person
from exchanges.agreements import actions
from foundation import clock
from tests.exchanges.agreements.stage import Stage
from tests.exchanges.agreements.test_record import made

WEDNESDAY = datetime(2026, 11, 25, 17, 0, tzinfo=UTC)


def run(stage: Stage, verb, agreement_id: int) -> bool:
    with stage.database.writing() as session:
        return verb(session, agreement_id)


def settle_after(stage: Stage, agreement_id: int, days: float) -> bool:
    """Both jobs, the reminder in its time, at so many days after Wednesday."""
    with clock.at(WEDNESDAY + timedelta(days=5, hours=12)):
        run(stage, actions.remind, agreement_id)
    with clock.at(WEDNESDAY + timedelta(days=days)):
        return run(stage, actions.settle_by_silence, agreement_id)


def test_a_reminder_first_then_it_counts(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    with clock.at(WEDNESDAY):
        agreement_id = stage.delivered(anna, bashir)
    with clock.at(WEDNESDAY + timedelta(days=5)):
        assert not run(stage, actions.remind, agreement_id), "not yet"
    with clock.at(WEDNESDAY + timedelta(days=5, hours=12)):
        assert run(stage, actions.remind, agreement_id)
        assert not run(stage, actions.remind, agreement_id), "once is enough"
    assert stage.mails(bashir)[-1] == "agreements:remind"
    with clock.at(datetime(2026, 12, 2, 22, 59, tzinfo=UTC)):
        assert not run(stage, actions.settle_by_silence, agreement_id), "the last day is not over"
    with clock.at(datetime(2026, 12, 2, 23, 0, tzinfo=UTC)):
        assert run(stage, actions.settle_by_silence, agreement_id)
        assert not run(stage, actions.settle_by_silence, agreement_id)
    assert (stage.state(agreement_id), stage.balance(anna), stage.reserved(bashir)) == ("settled", 60, 0)
    assert stage.verbs(agreement_id)[-1] == "settle"
    assert stage.mails(bashir)[-1] == stage.mails(anna)[-1] == "agreements:confirmed"


def test_without_a_reminder_nothing_counts_however_late(stage: Stage) -> None:
    with clock.at(WEDNESDAY):
        agreement_id = stage.delivered(stage.cast.anna, stage.cast.bashir)
    with clock.at(WEDNESDAY + timedelta(days=60)):
        assert not run(stage, actions.settle_by_silence, agreement_id)
        assert run(stage, actions.remind, agreement_id)
        assert not run(stage, actions.settle_by_silence, agreement_id)
    with clock.at(WEDNESDAY + timedelta(days=60, hours=13)):
        assert run(stage, actions.settle_by_silence, agreement_id)


def test_the_days_are_those_of_the_rules_in_force(stage: Stage) -> None:
    with stage.database.writing() as session:
        session.add(
            CommunityRules(
                community_id=stage.cast.community.id,
                in_force_from=WEDNESDAY - timedelta(days=1),
                auto_confirm_days=2,
            )
        )
    with clock.at(WEDNESDAY):
        agreement_id = stage.delivered(stage.cast.anna, stage.cast.bashir)
    assert stage.agreement(agreement_id).settles_at == datetime(2026, 11, 27, 23, 0, tzinfo=UTC)


def test_across_the_night_when_the_clocks_go_forward(stage: Stage) -> None:
    said = datetime(2027, 3, 24, 17, 0, tzinfo=UTC)
    with clock.at(said):
        agreement_id = stage.delivered(stage.cast.anna, stage.cast.bashir)
    with clock.at(said + timedelta(days=6)):
        assert run(stage, actions.remind, agreement_id)
    with clock.at(datetime(2027, 3, 31, 21, 59, tzinfo=UTC)):
        assert not run(stage, actions.settle_by_silence, agreement_id)
    with clock.at(datetime(2027, 3, 31, 22, 0, tzinfo=UTC)):
        assert run(stage, actions.settle_by_silence, agreement_id)


@pytest.mark.parametrize(
    "made_so",
    [
        {"said": 90},
        {"category": "childcare"},
        {"starts_at": WEDNESDAY + timedelta(hours=20)},
    ],
    ids=["more than reserved", "care", "before the day"],
)
def test_where_silence_counts_for_nothing(stage: Stage, made_so: dict) -> None:
    with clock.at(WEDNESDAY):
        stage.verify(stage.cast.anna)
        agreement_id = stage.delivered(stage.cast.anna, stage.cast.bashir, **made_so)
    assert stage.agreement(agreement_id).settles_at is None
    assert not settle_after(stage, agreement_id, 30)
    assert stage.state(agreement_id) == "delivered"


def test_what_was_disputed_is_not_settled_by_silence(stage: Stage) -> None:
    with clock.at(WEDNESDAY):
        agreement_id = stage.disputed(stage.cast.anna, stage.cast.bashir)
    assert not settle_after(stage, agreement_id, 30)


def test_what_only_the_giver_recorded_is_not_settled_by_silence(stage: Stage) -> None:
    agreement_id = stage.do(actions.record, stage.cast.anna, made(stage, stage.cast.bashir, i_gave=True))
    with clock.at(clock.now() + timedelta(days=30)):
        assert not run(stage, actions.remind, agreement_id)
        assert not run(stage, actions.settle_by_silence, agreement_id)


def test_who_has_no_mail_is_called_and_never_silent(stage: Stage) -> None:
    rosa = stage.offline("rosa")
    with clock.at(WEDNESDAY):
        agreement_id = stage.delivered(stage.cast.anna, rosa)
    assert stage.agreement(agreement_id).settles_at is None
    assert "agreements:confirm_needed" in stage.calls(rosa)
    assert not settle_after(stage, agreement_id, 30)


def test_an_address_that_goes_away_meanwhile_stops_the_clock(stage: Stage) -> None:
    bashir = stage.cast.bashir
    with clock.at(WEDNESDAY):
        agreement_id = stage.delivered(stage.cast.anna, bashir)
    with clock.at(WEDNESDAY + timedelta(days=6)):
        assert run(stage, actions.remind, agreement_id)
    with stage.database.writing() as session:
        session.get(Person, bashir.id).email = None
    assert not settle_after(stage, agreement_id, 30)
    assert stage.agreement(agreement_id).settles_at is None


def test_a_second_adult_with_mail_is_a_channel(stage: Stage) -> None:
    rosa = stage.offline("rosa")
    stage.second_adult(rosa, "gino")
    agreement_id = stage.delivered(stage.cast.anna, rosa)
    assert stage.agreement(agreement_id).settles_at is not None
    assert stage.calls(rosa) == []


def test_the_ceiling_does_not_stop_silence(stage: Stage) -> None:
    from exchanges.ledger.actions.giving import give_hours

    anna = stage.cast.anna
    for who in (stage.cast.chiara, stage.cast.dario, stage.cast.maker, stage.cast.bakery):
        stage.do(give_hours, who, anna.party.id, 600, request_key=f"g{who.id}")
    with clock.at(WEDNESDAY):
        agreement_id = stage.delivered(anna, stage.cast.bashir)
    assert settle_after(stage, agreement_id, 8)
    assert (stage.balance(anna), stage.fund()) == (2400, 60)
