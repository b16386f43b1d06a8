"""Families and persons in charge who leave, are forgotten, stopped, or become one household."""

from civic_centers.purchasing.actions.closing import close
from civic_centers.purchasing.actions.leaving import forget_orders, leave_orders, let_go_of_stopped, move_to_party
from civic_centers.purchasing.actions.placing import name_keepers
from civic_centers.purchasing.queries.single import keepers_of
from civic_centers.purchasing.tables import PurchaseOrder
from community.leaving.rules import Going
from tests.cast import Member
from tests.civic_centers.purchasing.stage import BuyingStage, must_agree


def going(stage: BuyingStage, member: Member) -> Going:
    return Going(stage.cast.community.id, member.id, (member.party.id,), (), (member.person.given_name,), "Qualcuno")


def keepers(stage: BuyingStage, cycle_id: int) -> list[int]:
    with stage.database.reading() as session:
        return [one.id for one in keepers_of(session, cycle_id)]


def test_who_leaves_takes_out_what_is_open_and_owes_what_is_closed(stage: BuyingStage) -> None:
    closed, opened = stage.opened(title="Chiuso"), stage.opened(title="Aperto")
    for cycle_id in (closed, opened):
        stage.order(stage.cast.anna, cycle_id, {"Farina": 2000})
        stage.do(name_keepers, stage.cast.maker, cycle_id, [stage.cast.anna.id, stage.cast.maker.id])
    stage.do(close, stage.cast.maker, closed)
    with stage.database.writing() as session:
        leave_orders(session, going(stage, stage.cast.anna))
    assert stage.order_of(stage.cast.anna, opened).state == "dropped"
    assert stage.product(opened, "Farina").ordered == 0
    assert stage.order_of(stage.cast.anna, closed).goods_cents == 478
    assert keepers(stage, opened) == [stage.cast.maker.id]
    must_agree(stage, opened)


def test_who_is_forgotten_has_no_name_and_the_sums_stay(stage: BuyingStage) -> None:
    cycle_id = stage.opened()
    stage.order(stage.cast.bashir, cycle_id, {"Farina": 1000})
    order = stage.order(stage.cast.anna, cycle_id, {"Farina": 2000}, number=1, for_friend="Zia Pina")
    stage.do(close, stage.cast.maker, cycle_id)
    with stage.database.writing() as session:
        theirs = session.get_one(PurchaseOrder, stage.order_of(stage.cast.bashir, cycle_id).id)
        theirs.reason = "Un chilo è andato ad Anna"
    with stage.database.writing() as session:
        forget_orders(session, going(stage, stage.cast.anna))
    with stage.database.reading() as session:
        row = session.get_one(PurchaseOrder, order.id)
        assert (row.party_id, row.placed_by_id, row.for_friend, row.goods_cents) == (None, None, "", 478)
        assert "Anna" not in session.get_one(PurchaseOrder, theirs.id).reason


def test_who_is_stopped(stage: BuyingStage) -> None:
    cycle_id = stage.opened()
    stage.order(stage.cast.anna, cycle_id, {"Farina": 2000})
    stage.do(let_go_of_stopped, stage.cast.maker, stage.cast.anna.id, [stage.cast.anna.party.id])
    assert stage.order_of(stage.cast.anna, cycle_id).state == "dropped"
    must_agree(stage, cycle_id)


def test_two_households_become_one(stage: BuyingStage) -> None:
    cycle_id = stage.opened()
    stage.order(stage.cast.anna, cycle_id, {"Farina": 1000})
    stage.order(stage.cast.bashir, cycle_id, {"Farina": 2000})
    stage.order(stage.cast.bashir, cycle_id, {"Farina": 3000}, number=1, for_friend="Ugo")
    with stage.database.writing() as session:
        move_to_party(session, stage.cast.bashir.party.id, stage.cast.anna.party.id)
    numbers = {number: stage.order_of(stage.cast.anna, cycle_id, number).goods_cents for number in range(3)}
    assert sorted(numbers.values()) == [239, 478, 717]
    must_agree(stage, cycle_id)
