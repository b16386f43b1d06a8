"""Recording an exchange already made."""

from datetime import timedelta

import pytest

from community.safeguarding.rules import NotVerified
from exchanges.agreements import actions
from exchanges.agreements.actions import Made
from exchanges.ledger.rules import BelowFloor
from foundation import clock
from foundation.errors import Invalid, Missing, Refused
from tests.cast import Member
from tests.exchanges.agreements.stage import Stage


def made(stage: Stage, other: Member, *, i_gave: bool, category: str = "repairs", days_ago: int = 0, **more) -> Made:
    """An hour of repairs today, unless said otherwise."""
    standing = {
        "title": "Ho montato una mensola",
        "category_id": stage.cast.categories[category].id,
        "happened_on": clock.today("Europe/Rome") - timedelta(days=days_ago),
        "minutes": 60,
    }
    return Made(other.party.id, i_gave, **(standing | more))


def test_recorded_by_who_received_it_is_reserved_and_silence_may_settle_it(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.do(actions.record, bashir, made(stage, anna, i_gave=False))
    agreement = stage.agreement(agreement_id)
    assert (agreement.state, agreement.turn_id, agreement.giver_id) == ("delivered", anna.party.id, anna.party.id)
    assert stage.reserved(bashir) == 60
    assert agreement.settles_at is not None
    assert stage.mails(anna) == ["agreements:confirm"]
    stage.do(actions.confirm, anna, agreement_id, 1)
    assert (stage.balance(anna), stage.balance(bashir), stage.reserved(bashir)) == (60, -60, 0)


def test_recorded_by_who_gave_nothing_is_reserved_and_silence_never_settles_it(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.do(actions.record, anna, made(stage, bashir, i_gave=True))
    agreement = stage.agreement(agreement_id)
    assert (agreement.turn_id, agreement.settles_at) == (bashir.party.id, None)
    assert stage.reserved(bashir) == 0
    assert stage.mails(bashir) == ["agreements:confirm_needed"]
    stage.do(actions.confirm, bashir, agreement_id, 1)
    assert stage.balance(anna) == 60


def test_a_gift_of_who_gave_is_not_settled_by_silence_either(stage: Stage) -> None:
    agreement_id = stage.do(
        actions.record, stage.cast.anna, made(stage, stage.cast.bashir, i_gave=True, gift=True, minutes=None)
    )
    assert stage.agreement(agreement_id).settles_at is None


def test_no_contacts_are_ever_shown_for_what_was_only_recorded(stage: Stage) -> None:
    agreement_id = stage.do(actions.record, stage.cast.anna, made(stage, stage.cast.bashir, i_gave=True))
    stage.do(actions.confirm, stage.cast.bashir, agreement_id, 1)
    assert stage.agreement(agreement_id).accepted_at is None


def test_the_same_form_sent_twice_records_once(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    ids = [stage.do(actions.record, bashir, made(stage, anna, i_gave=False), request_key="k") for _ in range(2)]
    assert ids[0] == ids[1]
    assert stage.reserved(bashir) == 60


def test_the_floor_holds_for_who_records_what_they_received(stage: Stage) -> None:
    with pytest.raises(BelowFloor):
        stage.do(actions.record, stage.cast.bashir, made(stage, stage.cast.anna, i_gave=False, minutes=660))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"days_ago": -1}, "happened_on"),
        ({"days_ago": 400}, "happened_on"),
        ({"minutes": None}, "minutes"),
        ({"minutes": 7000}, "minutes"),
        ({"title": " "}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"category_id": 999_999}, "category"),
        ({"category_id": None}, "category"),
    ],
)
def test_what_makes_no_sense_names_its_field(stage: Stage, changes: dict, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        stage.do(actions.record, stage.cast.anna, made(stage, stage.cast.bashir, i_gave=True, **changes))
    assert refusal.value.field == field


def test_strangers_the_fund_and_oneself_are_no_other_side(stage: Stage) -> None:
    anna = stage.cast.anna
    with pytest.raises(Missing):
        stage.do(actions.record, anna, made(stage, stage.cast.zoe, i_gave=True))
    with pytest.raises(Missing):
        fund = Member(anna.person, stage.cast.fund, anna.actor)
        stage.do(actions.record, anna, made(stage, fund, i_gave=True))
    with pytest.raises(Refused):
        stage.do(actions.record, anna, made(stage, anna, i_gave=True))


def test_care_already_given_was_given_by_somebody_met(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    with pytest.raises(NotVerified):
        stage.do(actions.record, anna, made(stage, bashir, i_gave=True, category="childcare"))
    with pytest.raises(Invalid):
        stage.do(actions.record, bashir, made(stage, anna, i_gave=False, category="childcare"))
    stage.verify(anna)
    agreement_id = stage.do(
        actions.record, bashir, made(stage, anna, i_gave=False, category="childcare", adult_id=anna.id)
    )
    assert stage.agreement(agreement_id).settles_at is None, "silence never settles care"
    with pytest.raises(NotVerified):
        stage.do(actions.record, anna, made(stage, bashir, i_gave=True, category="childcare", days_ago=3))


def test_who_recorded_puts_it_right_and_the_reservation_follows(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.do(actions.record, bashir, made(stage, anna, i_gave=False))
    stage.do(actions.dispute, anna, agreement_id, 1, "Erano due ore")
    stage.do(actions.deliver, bashir, agreement_id, None, 120)
    assert stage.reserved(bashir) == 120
    stage.do(actions.confirm, anna, agreement_id, None)
    assert stage.balance(anna) == 120
