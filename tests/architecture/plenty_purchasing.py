"""Shared orders: one of everything for the world of roles, and lots of them for counting questions."""

from datetime import date, datetime, time, timedelta
from typing import Any

from civic_centers.purchasing.actions.changing import add_cost
from civic_centers.purchasing.actions.closing import close
from civic_centers.purchasing.actions.making import What, make_cycle, open_cycle
from civic_centers.purchasing.actions.ordering import Wish, save_order
from civic_centers.purchasing.actions.placing import Where
from civic_centers.purchasing.actions.repeating import Every, add_pause, begin_rhythm
from civic_centers.purchasing.queries.single import places_of, products_of
from civic_centers.purchasing.rules.cycles import Times
from civic_centers.purchasing.tables import OrderCycle
from civic_centers.suppliers.tables import Product, ProductPrice, Supplier
from foundation import clock
from foundation.database import Session
from tests.architecture.plenty_centers import NOW
from tests.architecture.plenty_suppliers import SupplierLots
from tests.cast import Cast, Member

A_WHILE_AGO = date(2020, 1, 1)


def bought(session: Session, cast: Cast) -> dict[str, int | str]:
    """A closed cycle of the zone of Anna, with an order of hers: the numbers that stand in addresses."""
    supplier = Supplier(community_id=cast.community.id, zone_id=cast.zones["centro"].id, name="Il frutteto di prova")
    session.add(supplier)
    session.flush()
    cycle = cycle_of(session, cast, supplier, "Mele", products=1)
    order = order_in(session, cast.anna, cycle)
    cost = add_cost(session, cast.maker.actor, cycle.id or 0, "Trasporto", 500, "head")
    begin_rhythm(session, cast.maker.actor, cycle.id or 0, Every(months=1))
    pause = add_pause(session, cast.maker.actor, cycle.id or 0, A_WHILE_AGO, A_WHILE_AGO)
    close(session, cast.maker.actor, cycle.id or 0)
    return {
        "cycle_id": cycle.id or 0, "order_id": order, "cost_id": cost.id or 0, "pause_id": pause.id or 0,
        "offered_id": products_of(session, cycle.id or 0)[0].id or 0, "number": 1,
    }  # fmt: skip


def cycle_of(session: Session, cast: Cast, supplier: Supplier, title: str, *, products: int) -> OrderCycle:
    """An open cycle with so many products more of its supplier."""
    for number in range(products):
        product = Product(
            community_id=cast.community.id, supplier_id=supplier.id or 0, name=f"{title} {number}", unit="kg",
            pack=5000,
        )  # fmt: skip
        session.add(product)
        session.flush()
        price = {"community_id": cast.community.id, "product_id": product.id, "price": 21_500}
        session.add(ProductPrice(**price, from_day=A_WHILE_AGO))
        session.flush()
    now: datetime = clock.now()
    times = Times(now - timedelta(hours=1), now + timedelta(days=5), (now + timedelta(days=9)).date())
    where = Where("Oratorio", time(17), time(19))
    cycle = make_cycle(session, cast.maker.actor, supplier.id or 0, What(title, "", times, pack_rule="send"), where)
    open_cycle(session, cast.maker.actor, cycle.id or 0)
    return cycle


def order_in(session: Session, who: Member, cycle: OrderCycle, *, number: int = 0) -> int:
    """An order of one kilo of everything."""
    wanted = {one.id or 0: 1000 for one in products_of(session, cycle.id or 0)}
    place = places_of(session, cycle.id or 0)[0].id or 0
    friend = f"Amica {number}" if number else ""
    return save_order(session, who.actor, cycle.id or 0, Wish(wanted, place, number, friend)).id or 0


class OrderLots(SupplierLots):
    """The part of Town that orders together; all its orders are those of the lab of Town."""

    lab: Any

    def _order_together(self, newcomer: Member) -> None:
        """One more cycle of many, one more order in the first, and one more of everything that hangs on it."""
        cast, maker = self.cast, self.cast.maker
        with clock.at(NOW - timedelta(days=1)), self.database.writing() as session:
            supplier = session.get_one(Supplier, self.supplier_id)
            cycle = cycle_of(session, cast, supplier, f"Ordine {self.lots}", products=1)
            cycle.lab_id = self.lab.id
            number = cycle.id or 0
            for who in (cast.anna, newcomer):
                order = order_in(session, who, cycle)
            self._first("cycle_open", number)
            first = session.get_one(OrderCycle, self.ids["cycle_open"])
            if first.id != number:
                order_in(session, newcomer, first)
            add_cost(session, maker.actor, first.id or 0, f"Spesa {self.lots}", 100 + self.lots, "value")
            if first.rhythm_id is None:
                begin_rhythm(session, maker.actor, first.id or 0, Every(months=1))
            later = A_WHILE_AGO + timedelta(days=self.lots)
            add_pause(session, maker.actor, first.id or 0, later, later)
            closed = cycle_of(session, cast, supplier, f"Chiuso {self.lots}", products=1)
            for who in (cast.anna, newcomer):
                order = order_in(session, who, closed)
            close(session, maker.actor, closed.id or 0)
            self._first("cycle_closed", closed.id or 0)
            self._first("ordered", order)
            self._first("article", products_of(session, closed.id or 0)[0].id or 0)
            self._first("fetched", places_of(session, closed.id or 0)[0].id or 0)
