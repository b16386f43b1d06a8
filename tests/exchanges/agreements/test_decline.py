"""Saying no, and taking a proposal back."""

import pytest

from exchanges.agreements import actions
from exchanges.agreements.rules import NotNow
from foundation.errors import Missing
from tests.exchanges.agreements.stage import Stage


def test_a_no_ends_it_with_or_without_a_reason(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.proposed(anna, bashir)
    stage.do(actions.decline, anna, agreement_id, 1, reason="Questa settimana siamo via")
    agreement = stage.agreement(agreement_id)
    assert (agreement.state, agreement.reason) == ("declined", "Questa settimana siamo via")
    assert agreement.ended_at is not None
    assert agreement.accepted_at is None
    assert "agreements:declined" in stage.mails(bashir)


def test_who_proposed_cannot_decline_but_takes_back(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.proposed(anna, bashir)
    with pytest.raises(NotNow):
        stage.do(actions.decline, bashir, agreement_id, 1)
    with pytest.raises(NotNow):
        stage.do(actions.withdraw, anna, agreement_id, 1)
    stage.do(actions.withdraw, bashir, agreement_id, 1)
    assert stage.state(agreement_id) == "withdrawn"
    assert "agreements:withdrawn" in stage.mails(anna)


def test_a_stranger_neither_declines_nor_takes_back(stage: Stage) -> None:
    agreement_id = stage.proposed(stage.cast.anna, stage.cast.bashir)
    for verb in (actions.decline, actions.withdraw):
        with pytest.raises(Missing):
            stage.do(verb, stage.cast.chiara, agreement_id, 1)


def test_what_one_recorded_is_taken_back_until_it_is_confirmed(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    from tests.exchanges.agreements.test_record import made

    agreement_id = stage.do(actions.record, anna, made(stage, bashir, i_gave=False))
    assert stage.reserved(anna) == 60
    with pytest.raises(NotNow):
        stage.do(actions.withdraw, bashir, agreement_id, 1)
    stage.do(actions.withdraw, anna, agreement_id, 1)
    assert stage.state(agreement_id) == "withdrawn"
    assert stage.reserved(anna) == 0
