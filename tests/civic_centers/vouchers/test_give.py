"""Offering vouchers, and handing them on: for need or thanks, never one too many, never to who stands on both sides."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import select

from civic_centers.sponsors.rules import NotNow, OwnOrganisation
from civic_centers.vouchers import actions
from civic_centers.vouchers.queries import (
    held,
    offers_for_makers,
    report_of,
    to_look_after,
    view_of,
    voucher_to_show,
    vouchers_of_offer,
)
from civic_centers.vouchers.rules import NoneLeft, NotForThem
from community.members.queries import actor_for
from community.moderation.tables import Block
from community.parties.tables import PartyMember
from foundation import clock
from foundation.audit.tables import AuditEntry
from foundation.errors import Invalid, Missing
from tests.cast import make_member
from tests.civic_centers.stage import MONDAY
from tests.civic_centers.vouchers.stage import LAST_DAY, TODAY, VoucherStage

SECRET = "Ha perso il lavoro a novembre"


def test_offered_accepted_and_given(stage: VoucherStage) -> None:
    offer_id = stage.offer()
    with pytest.raises(NotNow):
        stage.give(offer_id)
    stage.do(actions.accept_offer, stage.cast.maker, offer_id)
    voucher = stage.give(offer_id)
    assert (voucher.state, voucher.person_id, stage.given(offer_id)) == ("given", stage.cast.anna.id, 1)
    assert clock.last_day(voucher.ends_at, "Europe/Rome") == LAST_DAY
    assert stage.told("maker") == ["vouchers:offered"]
    assert stage.told("bakery") == ["vouchers:accepted"]
    assert stage.told("anna") == ["vouchers:given"]


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("kind", {"kind": "hours"}),
        ("words", {"words": " "}),
        ("most", {"most": 0}),
        ("most", {"most": 1001}),
        ("value", {"value_cents": 0}),
        ("per", {"per": "hour"}),
        ("until_on", {"until_on": TODAY - timedelta(days=1)}),
        ("until_on", {"until_on": TODAY + timedelta(days=3000)}),
    ],
)
def test_what_cannot_be_meant(stage: VoucherStage, field: str, said: dict[str, object]) -> None:
    with pytest.raises(Invalid) as wrong:
        stage.offer(**said)
    assert wrong.value.field == field


def test_only_for_need_or_thanks(stage: VoucherStage) -> None:
    offer_id = stage.accepted()
    with pytest.raises(Invalid) as wrong:
        stage.give(offer_id, why="hours")
    assert wrong.value.field == "why"
    with pytest.raises(Invalid) as nobody:
        stage.give(offer_id, person_id=stage.cast.chiara.id)
    assert nobody.value.field == "person_id"
    assert stage.given(offer_id) == 0


def test_the_reason_is_sealed_and_stands_in_no_line_of_the_record(stage: VoucherStage) -> None:
    voucher = stage.give(stage.accepted(), reason=SECRET)
    assert stage.row(voucher.id).reason == SECRET
    with stage.database.reading() as session:
        stored, code = session.execute(text("SELECT reason, code FROM voucher")).one()
        assert SECRET not in stored
        assert voucher.code not in code
        lines = [str(line.detail) for line in session.exec(select(AuditEntry))]
    assert not any("lavoro" in line or str(voucher.code) in line for line in lines)


def test_never_one_too_many_and_called_back_is_free_again(stage: VoucherStage) -> None:
    offer_id = stage.accepted(most=1)
    voucher = stage.give(offer_id)
    with pytest.raises(NoneLeft):
        stage.give(offer_id, "bashir")
    stage.do(actions.call_back, stage.cast.maker, voucher.id)
    assert (stage.row(voucher.id).state, stage.row(voucher.id).code) == ("called_back", None)
    stage.give(offer_id, "bashir")
    assert stage.told("anna")[-1] == "vouchers:called_back"


def test_so_many_each_month(stage: VoucherStage) -> None:
    offer_id = stage.accepted(most=1, per="month")
    stage.give(offer_id)
    with pytest.raises(NoneLeft):
        stage.give(offer_id, "bashir")
    with clock.at(MONDAY + timedelta(days=25)):
        stage.give(offer_id, "bashir")


def test_by_makers_of_the_zone_of_the_household(stage: VoucherStage) -> None:
    offer_id = stage.accepted()
    for who in ("anna", "bashir", "administrator", "bakery", "zoe"):
        with pytest.raises(Missing):
            stage.give(offer_id, "chiara", by=who)
    with pytest.raises(Missing):
        stage.give(offer_id, "anna", by="other_maker")
    stage.give(offer_id, "dario", by="other_maker")  # of their zone, the gift of a shop elsewhere


def test_nobody_stands_on_both_sides(stage: VoucherStage) -> None:
    offer_id, cast = stage.accepted(), stage.cast
    with pytest.raises(NotForThem):
        stage.give(offer_id, "maker")  # to themselves
    with stage.database.writing() as session:
        session.add(PartyMember(party_id=cast.bakery.party.id, person_id=cast.chiara.id))
        session.add(
            Block(party_id=cast.bashir.party.id, blocked_party_id=cast.bakery.party.id, blocked_by_id=cast.bashir.id)
        )
    for who in ("chiara", "bashir"):  # who works in the shop, and who wants nothing to do with it
        with pytest.raises(NotForThem):
            stage.give(offer_id, who)
    cast.maker.actor = replace(cast.maker.actor, party_ids=(cast.maker.party.id, cast.bakery.party.id))
    with pytest.raises(OwnOrganisation):
        stage.give(offer_id)


def test_a_maker_who_lives_with_who_holds_it_sees_nothing_of_it(stage: VoucherStage) -> None:
    """What is for one person alone is kept from the others of their house, who may be whom they fear."""
    offer_id, cast = stage.accepted(), stage.cast
    with stage.database.writing() as session:
        second = make_member(session, cast, "second", "centro", makes=("centro",))
        session.add(PartyMember(party_id=cast.anna.party.id, person_id=second.id))
    cast.members["second"] = second
    hers, his = stage.give(offer_id, reason=SECRET), stage.give(offer_id, "bashir")
    with stage.database.reading() as session:
        actor = actor_for(session, second.id, cast.community.id)
        assert [one.voucher.id for one in vouchers_of_offer(session, actor, offer_id)] == [his.id]
        with pytest.raises(Missing):
            voucher_to_show(session, actor, hers.id)
        with pytest.raises(Missing):
            to_look_after(session, actor, hers.id)
        read = vouchers_of_offer(session, cast.maker.actor, offer_id)
    assert {(one.voucher.id, one.reason) for one in read} == {(hers.id, SECRET), (his.id, "")}


def test_why_is_read_in_the_zone_of_the_household_alone(stage: VoucherStage) -> None:
    """The makers of the shop's zone may call it back, and are not told of the need of a family elsewhere."""
    offer_id = stage.accepted()
    voucher = stage.give(offer_id, "dario", by="other_maker", reason=SECRET)
    with stage.database.reading() as session:
        here = vouchers_of_offer(session, stage.cast.maker.actor, offer_id)
        there = vouchers_of_offer(session, stage.cast.other_maker.actor, offer_id)
    assert [(one.voucher.id, one.reason) for one in here] == [(voucher.id, "")]
    assert [(one.voucher.id, one.reason) for one in there] == [(voucher.id, SECRET)]


def test_the_good_ones_stand_first_and_none_is_out_of_reach(
    stage: VoucherStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer_id = stage.accepted(most=5)
    first, second, third = (stage.give(offer_id, who) for who in ("anna", "bashir", "chiara"))
    stage.do(actions.redeem, stage.cast.bakery, third.code)
    monkeypatch.setattr(held, "PAGE", 2)
    with stage.database.reading() as session:
        pages = [vouchers_of_offer(session, stage.cast.maker.actor, offer_id, number) for number in (1, 2, 3)]
    assert [[one.voucher.id for one in page] for page in pages] == [[second.id, first.id], [third.id], []]


def test_a_shop_does_not_follow_by_numbers_when_one_is_given(stage: VoucherStage) -> None:
    shop, maker = stage.cast.bakery, stage.cast.maker
    few, many = stage.accepted(most=3), stage.accepted(most=6)

    def seen() -> tuple[int | None, ...]:
        with stage.database.reading() as session:
            left = [view_of(session, shop.actor, one).left_told for one in (few, many)]
            return (*left, report_of(session, shop.party.id).given)

    before = seen()
    stage.give(few)
    stage.give(many)
    assert seen() == before == (None, None, None)
    with stage.database.reading() as session:
        assert view_of(session, maker.actor, few).left_told == 2
    for who in ("anna", "bashir", "chiara", "anna", "bashir"):
        stage.give(many, who)
    assert seen() == (None, 0, 5)
    for who in ("bashir", "chiara"):
        stage.give(few, who)
    assert seen() == (None, 0, 5), "that three are gone says too much as well"


def test_nobody_hands_on_what_their_own_shop_offers(stage: VoucherStage) -> None:
    offer_id = stage.accepted()
    with stage.database.reading() as session:
        cast = stage.cast
        mine = replace(cast.maker.actor, party_ids=(cast.maker.party.id, cast.bakery.party.id))
        assert [offer.id for offer, _name, _left in offers_for_makers(session, cast.maker.actor)] == [offer_id]
        assert offers_for_makers(session, mine) == []


def test_any_maker_of_the_zone_calls_back(stage: VoucherStage) -> None:
    voucher = stage.held()
    for who in ("other_maker", "bakery", "bashir", "anna"):
        with pytest.raises(Missing):
            stage.do(actions.call_back, stage.cast.members[who], voucher.id)
    stage.do(actions.call_back, stage.cast.maker, voucher.id)
    with pytest.raises(NotNow):
        stage.do(actions.call_back, stage.cast.maker, voucher.id)


def test_taken_back_by_the_shop(stage: VoucherStage) -> None:
    offer_id = stage.accepted()
    voucher = stage.give(offer_id)
    with pytest.raises(Missing):
        stage.do(actions.withdraw_offer, stage.cast.anna, offer_id)
    assert stage.do(actions.withdraw_offer, stage.cast.bakery, offer_id) == 1
    assert (stage.row(voucher.id).state, stage.offer_row(offer_id).state) == ("called_back", "withdrawn")
    assert stage.told("anna")[-1] == "vouchers:called_back"
    with pytest.raises(NotNow):
        stage.give(offer_id, "bashir")


def test_ended_or_declined_by_a_maker(stage: VoucherStage) -> None:
    declined, accepted = stage.offer(), stage.accepted()
    stage.do(actions.decline_offer, stage.cast.maker, declined, "Non ora")
    with pytest.raises(NotNow):
        stage.do(actions.accept_offer, stage.cast.maker, declined)
    stage.give(accepted)
    assert stage.do(actions.end_offer, stage.cast.maker, accepted, "Basta così") == 1
    with pytest.raises(Missing):
        stage.do(actions.end_offer, stage.cast.other_maker, stage.accepted(), "No")


def test_none_is_given_after_the_last_day(stage: VoucherStage) -> None:
    """Also before the job has come by that ends the offer."""
    offer_id = stage.accepted()
    with clock.at(MONDAY + timedelta(days=61)), pytest.raises(NotNow):
        stage.give(offer_id)
    with clock.at(MONDAY + timedelta(days=60)):
        stage.give(offer_id)


def test_only_who_it_is_for_hears_of_it(stage: VoucherStage) -> None:
    offer_id, dario = stage.accepted(), stage.cast.dario
    with stage.database.writing() as session:
        session.add(PartyMember(party_id=stage.cast.anna.party.id, person_id=dario.id))
    stage.give(offer_id)
    assert (stage.told("anna"), stage.told("dario")) == (["vouchers:given"], [])
    stage.give(offer_id, person_id=None)
    assert stage.told("dario") == ["vouchers:given"]


def test_none_is_given_of_a_shop_where_nobody_is_any_more(stage: VoucherStage) -> None:
    offer_id = stage.accepted()
    with stage.database.writing() as session:
        theirs = select(PartyMember).where(PartyMember.party_id == stage.cast.bakery.party.id)
        for row in session.exec(theirs).all():
            row.until = clock.now()
    with pytest.raises(NotNow):
        stage.give(offer_id)


def test_a_maker_who_acts_for_the_shop_does_not_learn_who_has_one(stage: VoucherStage) -> None:
    offer_id, cast = stage.accepted(), stage.cast
    voucher = stage.give(offer_id)
    mine = replace(cast.maker.actor, party_ids=(cast.maker.party.id, cast.bakery.party.id))
    with stage.database.reading() as session:
        assert vouchers_of_offer(session, mine, offer_id) == []
        for ask in (voucher_to_show, to_look_after):
            with pytest.raises(Missing):
                ask(session, mine, voucher.id)


def test_out_of_sight_no_more_are_given(stage: VoucherStage) -> None:
    offer_id = stage.accepted()
    stage.do(actions.hide_offer, stage.cast.maker, offer_id)
    with pytest.raises(NotNow):
        stage.give(offer_id)
    stage.do(actions.show_offer_again, stage.cast.maker, offer_id)
    stage.give(offer_id)
