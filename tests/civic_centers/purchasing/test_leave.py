"""Families and persons in charge who leave, are forgotten, stopped, or become one household."""

from collections.abc import Callable

from civic_centers.purchasing.actions.closing import close
from civic_centers.purchasing.actions.leaving import forget_orders, leave_orders, let_go_of_stopped, move_to_party
from civic_centers.purchasing.actions.placing import name_keepers
from civic_centers.purchasing.queries.single import keepers_of
from civic_centers.purchasing.tables import PurchaseOrder
from community.leaving.rules import Going
from foundation import clock
from tests.cast import Member
from tests.civic_centers.purchasing.stage import NOW, BuyingStage, must_agree
from tests.client import Browser, on_sqlite


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


@on_sqlite
def test_the_second_order_of_a_household_can_be_changed_whatever_its_number(
    stage: BuyingStage, client_for: Callable[..., Browser]
) -> None:
    """Five orders of each of two families, and one of a third: all are Anna's then, and all lead somewhere."""
    cast = stage.cast
    with clock.at(NOW):
        cycle_id = stage.opened()
        for name in ("anna", "bashir"):
            for number in range(5):
                stage.order(cast.members[name], cycle_id, {"Arance": 1000}, number=number, for_friend=f"Ugo {number}")
        stage.order(cast.chiara, cycle_id, {"Farina": 1000})
        for name in ("bashir", "chiara"):
            with stage.database.writing() as session:
                move_to_party(session, cast.members[name].party.id, cast.anna.party.id)
        numbers = {stage.order_of(cast.anna, cycle_id, number).number for number in range(11)}
        assert numbers == set(range(11))
        anna = client_for(cast.anna)
        page = anna.look(f"/c/cremona/orders/{cycle_id}")
        changes = [link["href"] for link in page.soup.find_all("a", href=True) if link.get_text(strip=True) == "Cambia"]
        assert len(changes) == 11
        flour = f"q{stage.product(cycle_id, 'Farina').id}"
        nameless = next(n for n in range(1, 11) if not stage.order_of(cast.anna, cycle_id, n).for_friend)
        form = anna.look(f"/c/cremona/orders/{cycle_id}/order/{nameless}")
        assert form.title.startswith("Il tuo ordine")
        anna.submit(form, "Salva l’ordine", **{flour: "3"})
        for number in (9, 10):
            anna.submit(anna.look(f"/c/cremona/orders/{cycle_id}/order/{number}"), "Salva l’ordine", **{flour: "1"})
        anna.look(f"/c/cremona/orders/{cycle_id}/order/11", status=404)
        friend = next(n for n in range(1, 11) if stage.order_of(cast.anna, cycle_id, n).for_friend)
        form = anna.look(f"/c/cremona/orders/{cycle_id}/order/{friend}")
        assert anna.submit(form, "Salva l’ordine", status=422, for_friend="").errors()
        must_agree(stage, cycle_id)
