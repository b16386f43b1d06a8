"""Cycles whose orders are written straight into the tables, closed, and what stands in the purses of the cast."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from civic_centers.purchasing.queries.bills import bills_of
from civic_centers.purchasing.tables import CyclePlace, OrderCycle, PurchaseOrder
from civic_centers.reckoning import actions
from civic_centers.reckoning.feature import order_sums_changed
from civic_centers.reckoning.queries.balances import balance_column, standing_of
from civic_centers.reckoning.tables import Purse, PurseEntry
from civic_centers.suppliers.tables import Supplier
from community.notifications.tables import Notification
from foundation import clock
from foundation.database import Database
from tests.cast import Cast, Member

MONDAY = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)


def all_at_once(acts: Sequence[Callable[[], Any]]) -> None:
    """Do all of it in the same second of that Monday, each in a thread of its own."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> None:
        with clock.at(MONDAY):
            barrier.wait()
            act()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class Books:
    """Every call is a transaction of its own."""

    def __init__(self, database: Database, cast: Cast) -> None:
        self.database, self.cast = database, cast
        self.orders: dict[tuple[int, str], int] = {}
        with database.writing() as session:
            supplier = Supplier(
                community_id=cast.community.id, zone_id=cast.zones["centro"].id, name="Cascina Lago Scuro"
            )
            session.add(supplier)
            session.flush()
            self.supplier_id = supplier.id

    def do(self, act: Callable[..., Any], who: Member, *arguments: Any, **more: Any) -> Any:
        with self.database.writing() as session:
            return act(session, who.actor, *arguments, **more)

    def cycle(self, sums: Mapping[str, int], title: str = "Farina di gennaio") -> int:
        """A closed cycle, with what each family ordered, in cents."""
        with self.database.writing() as session:
            here = self.cast.community.id
            cycle = OrderCycle(
                community_id=here, zone_id=self.cast.zones["centro"].id, supplier_id=self.supplier_id, title=title,
                opens_at=MONDAY - timedelta(days=9), closes_at=MONDAY - timedelta(days=2),
                delivery_on=date(2027, 1, 20), state="closed",
            )  # fmt: skip
            session.add(cycle)
            session.flush()
            place = CyclePlace(
                community_id=here, cycle_id=cycle.id, name="Oratorio", starts_at=MONDAY + timedelta(days=9),
                ends_at=MONDAY + timedelta(days=9, hours=2),
            )  # fmt: skip
            session.add(place)
            session.flush()
            for name, cents in sums.items():
                order = PurchaseOrder(
                    community_id=here, cycle_id=cycle.id, party_id=self.cast.members[name].party.id,
                    placed_by_id=self.cast.members[name].id, place_id=place.id, goods_cents=cents,
                )  # fmt: skip
                session.add(order)
                session.flush()
                self.orders[cycle.id, name] = order.id
            cycle_id = cycle.id
        self.settle(cycle_id)
        return cycle_id

    def settle(self, cycle_id: int) -> None:
        """As purchasing says it."""
        with self.database.writing() as session:
            cycle = session.get_one(OrderCycle, cycle_id)
            order_sums_changed(session, None, cycle, bills_of(session, cycle))

    def change(self, cycle_id: int, name: str, cents: int) -> None:
        """What an order comes to after weighing, or after a change of the person in charge."""
        with self.database.writing() as session:
            session.get_one(PurchaseOrder, self.orders[cycle_id, name]).goods_cents = cents
        self.settle(cycle_id)

    def cancel(self, cycle_id: int) -> None:
        """The supplier does not come."""
        with self.database.writing() as session:
            session.get_one(OrderCycle, cycle_id).state = "cancelled"
        self.settle(cycle_id)

    def pay(self, cycle_id: int, name: str, cents: int, way: str = "cash", **more: Any) -> PurseEntry:
        family = self.cast.members[name].party.id
        return self.do(actions.record_payment, self.cast.maker, cycle_id, family, cents, way, **more)

    def give(self, cents: int, source: str = "transfer") -> PurseEntry:
        return self.do(actions.give_to_quota, self.cast.maker, source, cents, "Panificio Bonali")

    def grant(self, name: str, cents: int) -> PurseEntry:
        """What a family asked for and a maker gave."""
        asked = self.do(actions.ask_quota, self.cast.members[name], actions.Ask(cents, "Mese difficile"))
        return self.do(actions.grant, self.cast.maker, asked.id, cents)

    def balance(self, name: str) -> int:
        with self.database.reading() as session:
            return standing_of(session, self.cast.members[name].party.id).balance

    def open(self, name: str) -> dict[int, int]:
        with self.database.reading() as session:
            return standing_of(session, self.cast.members[name].party.id).open

    def of(self, kind: str) -> int:
        """The balance of all purses of a kind."""
        with self.database.reading() as session:
            found = session.execute(select(balance_column()).where(col(Purse.kind) == kind)).scalars()
            return sum(found)

    def total(self) -> int:
        """What all purses hold together."""
        with self.database.reading() as session:
            return sum(session.execute(select(balance_column()).select_from(Purse)).scalars())

    def entries(self, *kinds: str) -> list[PurseEntry]:
        with self.database.reading() as session:
            statement = select(PurseEntry).order_by(col(PurseEntry.id))
            return list(session.exec(statement.where(col(PurseEntry.kind).in_(kinds)) if kinds else statement))

    def receipts(self) -> list[int]:
        """Every number of a receipt, in order."""
        return sorted(one.receipt_number for one in self.entries() if one.receipt_number is not None)

    def letters(self, name: str) -> list[str]:
        with self.database.reading() as session:
            mine = col(Notification.person_id) == self.cast.members[name].id
            return list(session.scalars(select(col(Notification.notice)).where(mine).order_by(col(Notification.id))))

    def count(self, table: type[Any], *conditions: Any) -> int:
        with self.database.reading() as session:
            return session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0
