"""A block stops words on every path of an agreement that stands already."""

import pytest

from community.moderation.actions import block
from exchanges.agreements import actions
from exchanges.agreements.pages.story import contacts_of
from exchanges.agreements.queries import view_of
from exchanges.agreements.rules import Terms
from foundation.errors import Refused
from tests.exchanges.agreements.stage import Stage


def test_a_counter_proposal_carries_no_words_past_a_block(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.proposed(anna, bashir)
    stage.do(block, bashir, anna.party.id)
    with pytest.raises(Refused):
        stage.do(actions.counter, anna, agreement_id, None, Terms(minutes=30), words="Rispondimi")
    assert "Rispondimi" not in stage.said(agreement_id)


def test_contacts_disappear_with_a_block(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.accepted(anna, bashir)
    with stage.database.reading() as session:
        assert contacts_of(session, view_of(session, bashir.actor, agreement_id)) is not None
    stage.do(block, anna, bashir.party.id)
    with stage.database.reading() as session:
        assert contacts_of(session, view_of(session, bashir.actor, agreement_id)) is None


def test_thanks_do_not_pass_a_block(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.settled(anna, bashir)
    stage.do(block, anna, bashir.party.id)
    with pytest.raises(Refused):
        stage.do(actions.thank, bashir, agreement_id, "So dove abiti", offered=False)
    assert "agreements:thanks" not in stage.mails(anna)


def test_a_maker_still_writes_to_two_who_have_blocked_each_other(stage: Stage) -> None:
    cast = stage.cast
    agreement_id = stage.disputed(cast.anna, cast.bashir)
    stage.do(block, cast.anna, cast.bashir.party.id)
    with pytest.raises(Refused):
        stage.do(actions.write_words, cast.bashir, agreement_id, "Rispondimi")
    stage.do(actions.write_words, cast.maker, agreement_id, "Ditemi com'è andata")
    assert "Ditemi com'è andata" in stage.said(agreement_id)
