"""A maker who takes no part settles a dispute."""

import pytest

from community.parties.tables import PartyMember
from exchanges.agreements import actions
from exchanges.agreements.queries import disputes, view_of
from exchanges.agreements.rules import NotNow
from foundation.errors import Invalid, Missing
from tests.exchanges.agreements.stage import Stage
from tests.exchanges.agreements.test_record import made


@pytest.mark.parametrize(
    ("outcome", "minutes", "state", "moved"),
    [("said", None, "settled", 60), ("adjusted", 30, "settled", 30), ("void", None, "void", 0)],
)
def test_as_said_adjusted_or_void(stage: Stage, outcome: str, minutes: int | None, state: str, moved: int) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.disputed(anna, bashir)
    stage.do(actions.resolve, stage.cast.maker, agreement_id, None, outcome, "Ho sentito entrambi.", minutes=minutes)
    agreement = stage.agreement(agreement_id)
    assert (agreement.state, agreement.resolution) == (state, "Ho sentito entrambi.")
    assert (stage.balance(anna), stage.balance(bashir), stage.reserved(bashir)) == (moved, -moved, 0)
    for who in (anna, bashir):
        assert stage.mails(who)[-1] == "agreements:resolved"


def test_what_the_giver_alone_recorded_can_be_decided_too(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.do(actions.record, anna, made(stage, bashir, i_gave=True))
    stage.do(actions.dispute, bashir, agreement_id, 1, "Era mezz'ora")
    stage.do(actions.resolve, stage.cast.maker, agreement_id, None, "adjusted", "Mezz'ora.", minutes=30)
    assert stage.balance(anna) == 30


@pytest.mark.parametrize("minutes", [None, 0, -5, 61])
def test_never_more_than_was_spoken_of(stage: Stage, minutes: int | None) -> None:
    agreement_id = stage.disputed(stage.cast.anna, stage.cast.bashir)
    with pytest.raises(Invalid):
        stage.do(actions.resolve, stage.cast.maker, agreement_id, None, "adjusted", "Perché sì", minutes=minutes)


@pytest.mark.parametrize(("outcome", "reason"), [("said", " "), ("guess", "Perché"), ("", "Perché")])
def test_a_decision_is_one_of_three_and_has_a_reason(stage: Stage, outcome: str, reason: str) -> None:
    agreement_id = stage.disputed(stage.cast.anna, stage.cast.bashir)
    with pytest.raises(Invalid):
        stage.do(actions.resolve, stage.cast.maker, agreement_id, None, outcome, reason)
    assert stage.state(agreement_id) == "disputed"


def test_the_second_maker_is_told_that_it_was_decided(stage: Stage) -> None:
    agreement_id = stage.disputed(stage.cast.anna, stage.cast.bashir)
    version = stage.agreement(agreement_id).version
    stage.do(actions.resolve, stage.cast.maker, agreement_id, version, "void", "Non torna.")
    with pytest.raises(NotNow):
        stage.do(actions.resolve, stage.cast.administrator, agreement_id, version, "said", "Torna.")
    assert stage.balance(stage.cast.anna) == 0


def test_makers_of_other_zones_members_and_the_two_do_not_decide(stage: Stage) -> None:
    cast = stage.cast
    agreement_id = stage.disputed(cast.anna, cast.bashir)
    for who in (cast.other_maker, cast.chiara, cast.zoe, cast.anna, cast.bashir):
        with pytest.raises(Missing):
            stage.do(actions.resolve, who, agreement_id, None, "void", "Decido io")


def test_a_maker_who_acts_for_one_of_the_two_does_not_decide(stage: Stage) -> None:
    maker = stage.cast.maker
    agreement_id = stage.disputed(maker, stage.cast.bashir)
    with pytest.raises(Missing):
        stage.do(actions.resolve, maker, agreement_id, None, "said", "È andata così")
    assert disputes_of(stage, maker) == []
    assert disputes_of(stage, stage.cast.administrator) == [agreement_id]

    shop = stage.disputed(stage.cast.bakery, stage.cast.bashir)
    with stage.database.writing() as session:
        session.add(PartyMember(party_id=stage.cast.bakery.party.id, person_id=maker.id))
    actor = maker.actor
    both = type(actor)(
        community_id=actor.community_id,
        person_id=actor.person_id,
        party_id=actor.party_id,
        grants=actor.grants,
        party_ids=(*actor.party_ids, stage.cast.bakery.party.id),
    )
    with pytest.raises(Missing), stage.database.writing() as session:
        actions.resolve(session, both, shop, None, "said", "È andata così")


def test_only_what_is_disputed_is_decided(stage: Stage) -> None:
    agreement_id = stage.delivered(stage.cast.anna, stage.cast.bashir)
    with pytest.raises(NotNow):
        stage.do(actions.resolve, stage.cast.maker, agreement_id, None, "void", "Decido io")


def test_a_maker_reads_along_only_while_it_is_disputed(stage: Stage) -> None:
    maker = stage.cast.maker
    agreement_id = stage.delivered(stage.cast.anna, stage.cast.bashir)
    with pytest.raises(Missing):
        look(stage, maker, agreement_id)
    stage.do(actions.dispute, stage.cast.bashir, agreement_id, None, "Era mezz'ora")
    assert look(stage, maker, agreement_id).mine is None
    stage.do(actions.write_words, maker, agreement_id, "Vi chiamo domani.")
    with pytest.raises(Missing):
        look(stage, stage.cast.other_maker, agreement_id)
    stage.do(actions.resolve, maker, agreement_id, None, "void", "Così")
    with pytest.raises(Missing):
        look(stage, maker, agreement_id)


def test_the_list_of_disputes_is_that_of_the_zone(stage: Stage) -> None:
    agreement_id = stage.disputed(stage.cast.anna, stage.cast.bashir)
    assert disputes_of(stage, stage.cast.maker) == [agreement_id]
    assert disputes_of(stage, stage.cast.administrator) == [agreement_id]
    assert disputes_of(stage, stage.cast.other_maker) == []
    assert disputes_of(stage, stage.cast.chiara) == []


def look(stage: Stage, who, agreement_id: int):
    with stage.database.reading() as session:
        return view_of(session, who.actor, agreement_id)


def disputes_of(stage: Stage, who) -> list[int]:
    with stage.database.reading() as session:
        return [agreement.id for agreement in disputes(session, who.actor)]
