"""Packs that are not full keep the door open for families to fill them; then the last come give way."""

from datetime import timedelta

from sqlmodel import select

from civic_centers.purchasing.actions.closing import close, shut, work_out
from civic_centers.purchasing.actions.making import open_cycle
from civic_centers.purchasing.queries.single import products_of
from civic_centers.suppliers.tables import Product
from foundation import clock
from tests.civic_centers.purchasing.stage import CLOSES, BuyingStage, must_agree

DAY = timedelta(hours=24)


def kept_open(stage: BuyingStage) -> int:
    """Six kilos of oranges of Anna's and six of Bashir's, in packs of ten: the door stays open for a day."""
    cycle_id = stage.opened(pack_rule="keep_open")
    for who in (stage.cast.anna, stage.cast.bashir):
        stage.order(who, cycle_id, {"Arance": 6000})
    with clock.at(CLOSES):
        assert at_its_hour(stage, cycle_id) == "open"
    cycle = stage.cycle(cycle_id)
    assert (cycle.closes_at, cycle.usual_closes_at, cycle.kept_open) == (CLOSES + DAY, CLOSES, 1)
    told = {letter for letter in stage.letters() if letter[1] == "purchasing:kept_open"}
    assert told == {("anna", "purchasing:kept_open"), ("bashir", "purchasing:kept_open")}
    return cycle_id


def at_its_hour(stage: BuyingStage, cycle_id: int) -> str:
    """As the job closes it."""
    with stage.database.writing() as session:
        assert shut(session, None, cycle_id)
        return work_out(session, None, cycle_id)


def test_it_stays_open_once_and_then_the_last_come_give_way(stage: BuyingStage) -> None:
    cycle_id = kept_open(stage)
    with clock.at(CLOSES + DAY):
        assert at_its_hour(stage, cycle_id) == "closed"
    assert stage.lines(stage.order_of(stage.cast.anna, cycle_id).id)["Arance"].confirmed == 6000
    assert stage.lines(stage.order_of(stage.cast.bashir, cycle_id).id)["Arance"].confirmed == 4000
    must_agree(stage, cycle_id)


def test_who_fills_the_pack_meanwhile_loses_nothing(stage: BuyingStage) -> None:
    cycle_id = kept_open(stage)
    with clock.at(CLOSES + timedelta(hours=2)):
        stage.order(stage.cast.chiara, cycle_id, {"Arance": 8000})
    with clock.at(CLOSES + DAY):
        assert at_its_hour(stage, cycle_id) == "closed"
    confirmed = [
        stage.lines(stage.order_of(who, cycle_id).id)["Arance"].confirmed
        for who in (stage.cast.anna, stage.cast.bashir, stage.cast.chiara)
    ]
    assert confirmed == [6000, 6000, 8000]
    must_agree(stage, cycle_id)


def test_it_does_not_stay_open_for_full_packs(stage: BuyingStage) -> None:
    cycle_id = stage.opened(pack_rule="keep_open")
    stage.order(stage.cast.anna, cycle_id, {"Arance": 10_000})
    assert stage.do(close, stage.cast.maker, cycle_id) == "closed"


def test_what_is_out_of_season_is_not_in_it(stage: BuyingStage) -> None:
    """The day it opens counts: asparagus of spring stay out in January, oranges of the winter are there."""
    for name, first, last in (("Asparagi", 3, 6), ("Mandarini", 11, 2)):
        product_id = stage.add_product(name, "kg", 50_000)
        with stage.database.writing() as session:
            product = session.get_one(Product, product_id)
            product.season_from, product.season_to = first, last
            session.add(product)
    cycle_id = stage.opened()
    assert offered(stage, cycle_id) == {"Arance", "Farina", "Formaggio", "Olio", "Mandarini"}
    # What went out of season between planning and opening is no longer there either.
    planned = stage.plan(title="Più tardi")
    with stage.database.writing() as session:
        tangerines = session.exec(select(Product).where(Product.name == "Mandarini")).one()
        tangerines.season_to = 12
        session.add(tangerines)
    assert "Mandarini" in offered(stage, planned)
    stage.do(open_cycle, stage.cast.maker, planned)
    assert offered(stage, planned) == {"Arance", "Farina", "Formaggio", "Olio"}


def offered(stage: BuyingStage, cycle_id: int) -> set[str]:
    with stage.database.reading() as session:
        return {one.name for one in products_of(session, cycle_id)}
