"""The other side's yes: the hours move."""

import pytest

from exchanges.agreements import actions
from exchanges.agreements.rules import NotNow
from exchanges.ledger.actions.giving import give_hours
from exchanges.ledger.rules import BelowFloor
from foundation.errors import Invalid, Missing, Refused
from tests.cast import Member
from tests.exchanges.agreements.stage import Stage


def test_a_yes_moves_what_was_written_down(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.delivered(anna, bashir, minutes=60, said=45)
    stage.do(actions.confirm, bashir, agreement_id, 3)
    assert (stage.balance(anna), stage.balance(bashir)) == (45, -45)
    assert (stage.state(agreement_id), stage.reserved(bashir)) == ("settled", 0)
    assert stage.mails(anna)[-1] == "agreements:confirmed"


def test_a_yes_to_more_than_agreed_moves_it_all(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    stage.do(actions.confirm, bashir, stage.delivered(anna, bashir, minutes=60, said=90), 3)
    assert stage.balance(bashir) == -90


def test_more_than_fits_is_refused_and_nothing_moves(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.delivered(anna, bashir, minutes=9 * 60, said=11 * 60)
    with pytest.raises(BelowFloor):
        stage.do(actions.confirm, bashir, agreement_id, 3)
    assert (stage.state(agreement_id), stage.balance(anna), stage.reserved(bashir)) == ("delivered", 0, 540)


def test_up_to_what_was_reserved_it_never_fails(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.delivered(anna, bashir, minutes=600, said=600)
    stage.do(actions.confirm, bashir, agreement_id, 3)
    assert stage.balance(bashir) == -600


def test_a_gift_moves_nothing(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.accepted(anna, bashir, gift=True, minutes=None)
    stage.do(actions.deliver, anna, agreement_id, None, None)
    stage.do(actions.confirm, bashir, agreement_id, None)
    assert (stage.state(agreement_id), stage.balance(anna)) == ("settled", 0)


def test_only_the_other_side_confirms_and_only_once(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.delivered(anna, bashir)
    with pytest.raises(NotNow):
        stage.do(actions.confirm, anna, agreement_id, 3)
    with pytest.raises(Missing):
        stage.do(actions.confirm, stage.cast.chiara, agreement_id, 3)
    stage.do(actions.confirm, bashir, agreement_id, 3)
    with pytest.raises(NotNow):
        stage.do(actions.confirm, bashir, agreement_id, None)
    assert stage.balance(bashir) == -60


def test_one_person_does_not_answer_themselves(stage: Stage) -> None:
    """Anna acts for the bakery too: what she wrote for her household she does not confirm for the shop."""
    from community.parties.tables import PartyMember

    anna, bakery = stage.cast.anna, stage.cast.bakery
    agreement_id = stage.delivered(anna, bakery)
    with stage.database.writing() as session:
        session.add(PartyMember(party_id=bakery.party.id, person_id=anna.id))
    both = type(anna.actor)(
        community_id=anna.actor.community_id,
        person_id=anna.id,
        party_id=bakery.party.id,
        grants=anna.actor.grants,
        party_ids=(bakery.party.id, anna.party.id),
    )
    with pytest.raises(Refused):
        stage.do(actions.confirm, Member(anna.person, bakery.party, both), agreement_id, 3)
    stage.do(actions.confirm, bakery, agreement_id, 3)


def test_what_passes_the_ceiling_goes_to_the_fund(stage: Stage) -> None:
    anna, bashir, chiara = stage.cast.anna, stage.cast.bashir, stage.cast.chiara
    for who, minutes in ((chiara, 600), (stage.cast.dario, 600), (stage.cast.maker, 600), (stage.cast.bakery, 570)):
        stage.do(give_hours, who, anna.party.id, minutes, request_key=f"g{who.id}")
    agreement_id = stage.delivered(anna, bashir, said=60)
    stage.do(actions.confirm, bashir, agreement_id, 3)
    assert (stage.balance(anna), stage.fund(), stage.balance(bashir)) == (2400, 30, -60)
    assert "%(over_minutes)s went to the community fund." in stage.said(agreement_id)


# ---------------------------------------------------------------- it was not like this


def test_it_was_not_like_this_stops_the_clock_and_calls_the_makers(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.delivered(anna, bashir)
    stage.do(actions.dispute, bashir, agreement_id, 3, "Era mezz'ora")
    agreement = stage.agreement(agreement_id)
    assert (agreement.state, agreement.settles_at, agreement.reason) == ("disputed", None, "Era mezz'ora")
    assert stage.reserved(bashir) == 60
    assert stage.mails(anna)[-1] == "agreements:disputed"
    assert stage.mails(stage.cast.maker) == ["agreements:to_resolve"]
    assert stage.mails(stage.cast.other_maker) == []


def test_a_disagreement_needs_a_reason(stage: Stage) -> None:
    agreement_id = stage.delivered(stage.cast.anna, stage.cast.bashir)
    with pytest.raises(Invalid):
        stage.do(actions.dispute, stage.cast.bashir, agreement_id, 3, "")


def test_who_wrote_it_may_put_it_right_and_then_it_is_confirmed(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.disputed(anna, bashir)
    stage.do(actions.deliver, anna, agreement_id, None, 30)
    assert (stage.state(agreement_id), stage.agreement(agreement_id).reason) == ("delivered", "")
    stage.do(actions.confirm, bashir, agreement_id, None)
    assert stage.balance(bashir) == -30


def test_who_disagreed_may_come_round(stage: Stage) -> None:
    agreement_id = stage.disputed(stage.cast.anna, stage.cast.bashir)
    stage.do(actions.confirm, stage.cast.bashir, agreement_id, None)
    assert stage.balance(stage.cast.anna) == 60
