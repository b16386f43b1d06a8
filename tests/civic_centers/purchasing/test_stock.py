"""What a supplier has of a product is sold once, however many cycles of it are under way."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import time, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from civic_centers.purchasing import jobs
from civic_centers.purchasing.actions.closing import close
from civic_centers.purchasing.actions.making import What, make_cycle, open_cycle, set_product
from civic_centers.purchasing.actions.moving_on import cancel, deliver, send
from civic_centers.purchasing.actions.ordering import drop_order, save_order
from civic_centers.purchasing.actions.placing import Where
from civic_centers.purchasing.queries.single import products_of
from civic_centers.purchasing.rules.cycles import NotEnough, Times
from civic_centers.suppliers.actions import set_available
from civic_centers.suppliers.tables import Product
from foundation import clock
from foundation.database import Database
from foundation.errors import Invalid
from tests.cast import Cast, Member, make_member
from tests.civic_centers.purchasing.stage import CLOSES, DELIVERY, NOW, BuyingStage, must_agree
from tests.civic_centers.suppliers.stage import SupplierStage
from tests.client import Browser, on_sqlite

ELEVEN = NOW + timedelta(hours=3)


def say(stage: BuyingStage, most: int | None, name: str = "Farina", *, available: bool = True) -> None:
    with stage.database.reading() as session:
        product_id = session.exec(select(Product.id).where(Product.name == name)).one()
    stage.do(set_available, stage.cast.maker, product_id, available=available, most=most)


def most(stage: BuyingStage, cycle_id: int, name: str = "Farina") -> int | None:
    return stage.product(cycle_id, name).most


def limit(stage: BuyingStage, cycle_id: int, thousandths: int | None) -> None:
    product_id = stage.product(cycle_id, "Farina").id
    stage.do(set_product, stage.cast.maker, cycle_id, product_id, group_least=0, most=thousandths, grams=0)


def test_it_opens_with_the_stock_of_that_hour(stage: BuyingStage) -> None:
    cycle_id = stage.plan()
    assert most(stage, cycle_id) == 20_000
    say(stage, 40_000)
    stage.do(open_cycle, stage.cast.maker, cycle_id)
    assert most(stage, cycle_id) == 40_000
    assert most(stage, cycle_id, "Olio") is None


def test_an_open_cycle_takes_a_new_stock_but_never_takes_away_what_is_ordered(stage: BuyingStage) -> None:
    cycle_id = stage.opened()
    order = stage.order(stage.cast.anna, cycle_id, {"Farina": 15_000})
    say(stage, 40_000)
    assert most(stage, cycle_id) == 40_000
    say(stage, 10_000)
    assert most(stage, cycle_id) == 15_000
    with pytest.raises(NotEnough):
        stage.order(stage.cast.anna, cycle_id, {"Farina": 16_000}, version=order.version)
    say(stage, 40_000, available=False)
    with pytest.raises(NotEnough):
        stage.order(stage.cast.bashir, cycle_id, {"Farina": 1000})
    say(stage, None)
    assert most(stage, cycle_id) is None
    must_agree(stage, cycle_id)


def test_what_is_sold_out_without_a_figure_is_not_there(stage: BuyingStage) -> None:
    cycle_id = stage.opened()
    say(stage, None, "Olio", available=False)
    assert most(stage, cycle_id, "Olio") == 0
    with pytest.raises(NotEnough):
        stage.order(stage.cast.anna, cycle_id, {"Olio": 1000})
    say(stage, None, "Olio")
    stage.order(stage.cast.anna, cycle_id, {"Olio": 1000})
    say(stage, None, "Olio", available=False)
    assert most(stage, cycle_id, "Olio") == 1000


def test_a_limit_of_who_is_in_charge_stays(stage: BuyingStage) -> None:
    cycle_id = stage.plan()
    limit(stage, cycle_id, 5000)
    say(stage, 40_000)
    stage.do(open_cycle, stage.cast.maker, cycle_id)
    assert most(stage, cycle_id) == 5000
    say(stage, 30_000)
    limit(stage, cycle_id, 5000)
    say(stage, 2000)
    assert most(stage, cycle_id) == 5000
    limit(stage, cycle_id, None)
    assert most(stage, cycle_id) == 2000
    say(stage, 3000)
    limit(stage, cycle_id, 3000)
    say(stage, 4000)
    assert most(stage, cycle_id) == 4000


def test_what_one_cycle_ordered_is_not_there_for_the_next(stage: BuyingStage) -> None:
    first = stage.opened()
    order = stage.order(stage.cast.anna, first, {"Farina": 15_000})
    second = stage.opened(title="Il secondo")
    assert most(stage, second) == 5000
    stage.order(stage.cast.bashir, second, {"Farina": 4000})
    assert most(stage, first) == 16_000
    with pytest.raises(NotEnough) as refused:
        stage.order(stage.cast.anna, first, {"Farina": 17_000}, version=order.version)
    assert refused.value.params["left"] == 16
    stage.do(drop_order, stage.cast.anna, first, 0, order.version)
    assert most(stage, second) == 20_000
    stage.order(stage.cast.anna, second, {"Farina": 16_000})
    assert most(stage, first) == 0
    for cycle_id in (first, second):
        must_agree(stage, cycle_id)


@pytest.mark.parametrize(("acts", "left"), [(0, 5000), (1, 5000), (2, 5000), (3, 20_000)])
def test_it_is_taken_until_the_goods_come(stage: BuyingStage, acts: int, left: int) -> None:
    first = stage.opened(pack_rule="send")
    stage.order(stage.cast.anna, first, {"Farina": 15_000})
    for act in (close, send, deliver)[:acts]:
        stage.do(act, stage.cast.maker, first)
    assert most(stage, stage.opened(title="Il secondo")) == left


def test_what_was_ordered_before_it_was_said_is_not_taken_off(stage: BuyingStage) -> None:
    first = stage.opened()
    order = stage.order(stage.cast.anna, first, {"Farina": 15_000})
    with clock.at(ELEVEN):
        say(stage, 20_000)
        second = stage.opened(title="Il secondo")
        assert most(stage, second) == 20_000
        order = stage.order(stage.cast.anna, first, {"Farina": 17_000}, version=order.version)
        assert most(stage, second) == 18_000
        # Who takes back more than they asked for since then does not make more of it than there is.
        stage.order(stage.cast.anna, first, {"Farina": 1000}, version=order.version)
        assert most(stage, second) == 20_000


def test_an_order_called_off_gives_it_back(stage: BuyingStage) -> None:
    first = stage.opened()
    stage.order(stage.cast.anna, first, {"Farina": 15_000})
    second, third = stage.opened(title="Il secondo"), stage.opened(title="Il terzo")
    stage.do(cancel, stage.cast.maker, first, "Il fornitore non viene")
    # Who takes of it is told what is there now; a page shows it once the job has looked.
    stage.order(stage.cast.bashir, second, {"Farina": 18_000})
    assert most(stage, third) == 2000
    stage.do(cancel, stage.cast.maker, second, "Nemmeno questo")
    assert most(stage, third) == 2000
    with stage.database.writing() as session:
        jobs.run_price(session, third)
    assert most(stage, third) == 20_000


def test_another_supplier_has_its_own(stage: BuyingStage) -> None:
    elsewhere = BuyingStage(stage.database, stage.cast, "Un altro")
    other, here = elsewhere.opened(), stage.opened()
    elsewhere.order(stage.cast.bashir, other, {"Farina": 18_000})
    stage.order(stage.cast.anna, here, {"Farina": 3000})
    assert (most(stage, here), most(elsewhere, other)) == (20_000, 20_000)
    with pytest.raises(NotEnough):
        elsewhere.order(stage.cast.anna, other, {"Farina": 3000})


def test_no_limit_below_what_is_ordered(stage: BuyingStage) -> None:
    cycle_id = stage.opened()
    stage.order(stage.cast.anna, cycle_id, {"Farina": 15_000})
    with pytest.raises(Invalid) as refused:
        limit(stage, cycle_id, 14_000)
    assert refused.value.field == "most"
    limit(stage, cycle_id, 15_000)
    assert most(stage, cycle_id) == 15_000


def test_two_cycles_at_once_sell_it_once(stage: BuyingStage, database: Database, cast: Cast) -> None:
    cycles = [stage.opened(), stage.opened(title="Il secondo")]
    with database.writing() as session:
        people = [make_member(session, cast, f"famiglia_{one}", "centro") for one in range(8)]
    wishes = [stage.wish(cycle_id, {"Farina": 3000}) for cycle_id in cycles]
    answers: Counter[str] = Counter()
    barrier = Barrier(len(people))

    def ask(number: int, member: Member) -> None:
        barrier.wait()
        with clock.at(NOW):
            try:
                stage.do(save_order, member, cycles[number % 2], wishes[number % 2])
                answers["in"] += 1
            except NotEnough:
                answers["not enough"] += 1

    threads = [Thread(target=ask, args=one) for one in enumerate(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()
    assert answers == {"in": 6, "not enough": 2}
    assert sum(stage.product(cycle_id, "Farina").ordered for cycle_id in cycles) == 18_000
    for cycle_id in cycles:
        must_agree(stage, cycle_id)


def test_the_database_refuses_more_than_there_is(stage: BuyingStage) -> None:
    cycle_id = stage.opened()
    stage.order(stage.cast.anna, cycle_id, {"Farina": 15_000})
    for wrong in (14_000, -1):
        with pytest.raises(IntegrityError), stage.database.writing() as session:
            row = stage.product(cycle_id, "Farina")
            row.most = wrong
            session.add(row)
            session.flush()


def test_a_later_list_is_the_stock_of_an_open_cycle(database: Database, cast: Cast) -> None:
    """A list with another figure is heeded at once, one with the same says nothing new; undone, the former holds."""
    with clock.at(NOW):
        shop = SupplierStage(database, cast)
        shop.bring("Descrizione;U.M.;Prezzo;Giacenza\nMiele;pz;8,00;30\nPolline;pz;9,00;\n")
        what = What("Miele", "", Times(NOW - timedelta(hours=1), CLOSES, DELIVERY))
        cycle_id = shop.do(make_cycle, cast.maker, shop.supplier_id, what, Where("Oratorio", time(17), time(19))).id
        shop.do(open_cycle, cast.maker, cycle_id)
        assert stocks(database, cycle_id) == {"Miele": 30_000, "Polline": None}
    with clock.at(ELEVEN):
        run_id = shop.bring("Descrizione;U.M.;Prezzo;Giacenza\nMiele;pz;8,00;40\nPolline;pz;9,00;5\n")
        assert stocks(database, cycle_id) == {"Miele": 40_000, "Polline": 5000}
        shop.bring("Descrizione;U.M.;Prezzo;Giacenza\nMiele;pz;8,00;40\n", ends_missing=True)
        assert stocks(database, cycle_id) == {"Miele": 40_000, "Polline": 0}
        assert shop.products()["Miele"].stock_at == ELEVEN
    with clock.at(ELEVEN + timedelta(hours=1)):
        shop.bring("Descrizione;U.M.;Prezzo;Giacenza\nMiele;pz;8,10;40\nPolline;pz;9,00;6\n")
        assert shop.products()["Miele"].stock_at == ELEVEN
        assert stocks(database, cycle_id) == {"Miele": 40_000, "Polline": 6000}
        shop.desk().undo(run_id)
        assert stocks(database, cycle_id) == {"Miele": 30_000, "Polline": 6000}


def stocks(database: Database, cycle_id: int) -> dict[str, int | None]:
    with database.reading() as session:
        return {one.name: one.most for one in products_of(session, cycle_id)}


@pytest.fixture
def morning() -> Iterator[None]:
    with clock.at(NOW):
        yield


@on_sqlite
@pytest.mark.usefixtures("morning")
def test_packs_and_pieces_stand_in_columns_of_their_own(stage: BuyingStage, client_for: Callable[..., Browser]) -> None:
    cycle_id = stage.opened(pack_rule="send")
    stage.order(stage.cast.anna, cycle_id, {"Formaggio": 1050, "Olio": 12_000, "Arance": 3000})
    stage.do(close, stage.cast.maker, cycle_id)
    maker = client_for(stage.cast.maker)
    lines = maker.client.get(f"/c/cremona/orders/{cycle_id}/supplier.csv").get_data(as_text=True).splitlines()
    cells = {line.split(";")[1]: line.split(";")[4:6] for line in lines}
    assert cells["Prodotto"] == ["Colli", "Pezzi"]
    assert (cells["Formaggio"], cells["Olio"], cells["Arance"]) == (["", "3"], ["2", ""], ["", ""])
    printed = maker.look(f"/c/cremona/orders/{cycle_id}/supplier").html
    assert ' kg</td><td class="r-num"></td><td class="r-num">3</td>' in printed.replace("\xa0", " ")
    assert ">Colli</th>" in printed
    assert ">Pezzi</th>" in printed
