"""A supplier of the zone "centro" with a few products, kept by the maker, and a cycle of it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlmodel import select

from civic_centers.purchasing.actions.making import What, make_cycle, open_cycle
from civic_centers.purchasing.actions.ordering import Wish, save_order
from civic_centers.purchasing.actions.placing import Where
from civic_centers.purchasing.rules.cycles import Times
from civic_centers.purchasing.tables import CyclePlace, CycleProduct, OrderCycle, OrderLine, PurchaseOrder
from civic_centers.suppliers.tables import Product, ProductPrice, Supplier
from community.notifications.tables import Notification
from foundation import clock
from foundation.database import Database
from tests.cast import Cast, Member

NOW = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
"""A Monday."""
CLOSES = NOW + timedelta(days=4)
DELIVERY = date(2027, 1, 18)
PRODUCTS = (
    # name, unit, price in 1/10000 euro, step, pack, most, weighed
    ("Arance", "kg", 14_500, 1000, 10_000, None, False),
    ("Farina", "pack", 23_900, 1000, None, 20_000, False),
    ("Olio", "bottle", 98_550, 1000, 6_000, None, False),
    ("Formaggio", "kg", 165_000, 350, None, None, True),
)


class BuyingStage:
    """Every call is a transaction of its own, at the hour of `clock`."""

    def __init__(self, database: Database, cast: Cast, name: str = "Agrumi di prova") -> None:
        self.database, self.cast = database, cast
        with database.writing() as session:
            supplier = Supplier(community_id=cast.community.id, zone_id=cast.zones["centro"].id, name=name)
            session.add(supplier)
            session.flush()
            self.supplier_id = supplier.id
        for name, unit, price, step, pack, most, weighed in PRODUCTS:
            self.add_product(name, unit, price, step=step, pack=pack, most=most, weighed=weighed)

    def add_product(
        self, name: str, unit: str, price: int, *, step: int = 1000, pack: int | None = None, most: int | None = None,
        weighed: bool = False, day: date = date(2026, 1, 1),
    ) -> int:  # fmt: skip
        with self.database.writing() as session:
            product = Product(
                community_id=self.cast.community.id, supplier_id=self.supplier_id, name=name, unit=unit, step=step,
                least=step, pack=pack, most_available=most, is_weighed=weighed, piece_weight=step if weighed else None,
            )  # fmt: skip
            session.add(product)
            session.flush()
            self._price(session, product.id, price, day)
            return product.id

    def set_price(self, name: str, price: int, day: date = date(2027, 1, 11)) -> None:
        with self.database.writing() as session:
            product = session.exec(select(Product).where(Product.name == name)).one()
            self._price(session, product.id, price, day)

    def _price(self, session: Any, product_id: int, price: int, day: date) -> None:
        row = {"community_id": self.cast.community.id, "product_id": product_id, "price": price, "from_day": day}
        session.add(ProductPrice(**row))
        session.flush()

    def do(self, act: Callable[..., Any], who: Member, *arguments: Any, **more: Any) -> Any:
        with self.database.writing() as session:
            return act(session, who.actor, *arguments, **more)

    def plan(self, **more: Any) -> int:
        what = What(
            more.pop("title", "Arance di gennaio"), "", Times(NOW - timedelta(hours=1), CLOSES, DELIVERY), **more
        )
        place = Where("Oratorio", time(17), time(19))
        return self.do(make_cycle, self.cast.maker, self.supplier_id, what, place).id

    def opened(self, **more: Any) -> int:
        cycle_id = self.plan(**more)
        assert self.do(open_cycle, self.cast.maker, cycle_id)
        return cycle_id

    def product(self, cycle_id: int, name: str) -> CycleProduct:
        with self.database.reading() as session:
            return session.exec(
                select(CycleProduct).where(CycleProduct.cycle_id == cycle_id, CycleProduct.name == name)
            ).one()

    def place(self, cycle_id: int) -> int:
        with self.database.reading() as session:
            return session.exec(select(CyclePlace.id).where(CyclePlace.cycle_id == cycle_id)).first()

    def wish(self, cycle_id: int, quantities: dict[str, int], **more: Any) -> Wish:
        by_id = {self.product(cycle_id, name).id: quantity for name, quantity in quantities.items()}
        return Wish(by_id, self.place(cycle_id), **more)

    def order(self, who: Member, cycle_id: int, quantities: dict[str, int], **more: Any) -> PurchaseOrder:
        return self.do(save_order, who, cycle_id, self.wish(cycle_id, quantities, **more))

    def cycle(self, cycle_id: int) -> OrderCycle:
        with self.database.reading() as session:
            return session.get(OrderCycle, cycle_id)

    def order_of(self, who: Member, cycle_id: int, number: int = 0) -> PurchaseOrder:
        with self.database.reading() as session:
            return session.exec(
                select(PurchaseOrder).where(
                    PurchaseOrder.cycle_id == cycle_id,
                    PurchaseOrder.party_id == who.party.id,
                    PurchaseOrder.number == number,
                )
            ).one()

    def lines(self, order_id: int) -> dict[str, OrderLine]:
        with self.database.reading() as session:
            found = session.execute(
                select(CycleProduct.name, OrderLine)
                .join(OrderLine, OrderLine.product_id == CycleProduct.id)
                .where(OrderLine.order_id == order_id)
            )
            return {row[0]: row[1] for row in found}

    def letters(self, since: int = 0) -> list[tuple[str, str]]:
        """Who was told what, by first name."""
        names = {member.id: name for name, member in self.cast.members.items()}
        with self.database.reading() as session:
            found = session.exec(select(Notification).where(Notification.id > since).order_by(Notification.id)).all()
        return [(names[one.person_id], one.notice) for one in found]


def must_agree(stage: BuyingStage, cycle_id: int) -> None:
    """What the group ordered is what its lines say, product by product, and every order is the sum of its lines."""
    from civic_centers.suppliers.rules import line_cents

    with stage.database.reading() as session:
        products = {
            one.id: one for one in session.exec(select(CycleProduct).where(CycleProduct.cycle_id == cycle_id)).all()
        }
        lines = session.exec(select(OrderLine).where(OrderLine.product_id.in_(products))).all()
        orders = session.exec(select(PurchaseOrder).where(PurchaseOrder.cycle_id == cycle_id)).all()
        for product in products.values():
            mine = [line for line in lines if line.product_id == product.id]
            assert product.ordered == sum(line.ordered for line in mine)
            assert product.ordered >= 0
            assert product.most is None or product.ordered <= product.most
        for order in orders:
            mine = [line for line in lines if line.order_id == order.id]
            got = [(line, line.delivered if line.delivered is not None else line.confirmed) for line in mine]
            quantities = [(line, line.ordered if amount is None else amount) for line, amount in got]
            cents = sum(line_cents(products[line.product_id].price, amount) for line, amount in quantities)
            assert order.goods_cents == (cents if order.state == "standing" else 0)


def at_noon(day: int) -> datetime:
    """Noon UTC of a day of January 2027."""
    return datetime(2027, 1, day, 12, 0, tzinfo=UTC)


__all__ = ["CLOSES", "DELIVERY", "NOW", "BuyingStage", "at_noon", "clock", "must_agree"]
