"""Whatever happens, in whatever order: all purses together hold nothing, and everything agrees to the cent."""

from collections import Counter
from typing import ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import func
from sqlmodel import col, select

from civic_centers.purchasing.tables import OrderCycle, PurchaseOrder
from civic_centers.reckoning import actions
from civic_centers.reckoning.queries.till import till_of
from foundation import clock
from foundation.errors import DomainError
from tests.civic_centers.reckoning.books import MONDAY, Books

NAMES = ("anna", "bashir", "chiara")
families = st.sampled_from(NAMES)
cents = st.integers(1, 4000)
ways = st.sampled_from(["cash", "transfer", "other"])
which = st.integers(0, 50)

ASKED = """SELECT sum(CASE WHEN p.kind = 'party' THEN e.cents ELSE -e.cents END)
  FROM purse_entry e JOIN purse p ON p.id = e.from_purse_id WHERE e.kind IN ('order', 'correction')"""


class Group(RuleBasedStateMachine):
    """A second set of books is kept by hand beside that of the house. Refusals are part of life."""

    books: Books
    hand: ClassVar[Counter[str]] = Counter()
    cycles: ClassVar[list[int]] = []
    paid: ClassVar[list[tuple[int, str, int, int, str]]] = []

    def move(self, source: str, target: str, amount: int) -> None:
        self.hand[source] -= amount
        self.hand[target] += amount

    @rule(sums=st.dictionaries(families, cents, min_size=1))
    def order(self, sums):
        with clock.at(MONDAY):
            self.cycles.append(self.books.cycle(sums))
        for name, amount in sums.items():
            self.move(name, "cycle", amount)

    @rule(number=which, name=families, amount=st.integers(0, 4000))
    def weigh(self, number, name, amount):
        if not self.cycles:
            return
        cycle = self.cycles[number % len(self.cycles)]
        if (cycle, name) not in self.books.orders:
            return
        with self.books.database.reading() as session:
            cycle_row = session.get_one(OrderCycle, cycle)
            before = session.get_one(PurchaseOrder, self.books.orders[cycle, name]).goods_cents
        if cycle_row.state == "cancelled":
            return
        with clock.at(MONDAY):
            self.books.change(cycle, name, amount)
        self.move(name, "cycle", amount - before)

    @rule(number=which)
    def cancel(self, number):
        if not self.cycles:
            return
        cycle = self.cycles[number % len(self.cycles)]
        with self.books.database.reading() as session:
            orders = session.exec(select(PurchaseOrder).where(col(PurchaseOrder.cycle_id) == cycle)).all()
            gone = session.get_one(OrderCycle, cycle).state == "cancelled"
        if gone:
            return
        with clock.at(MONDAY):
            self.books.cancel(cycle)
        names = {member.party.id: name for name, member in self.books.cast.members.items()}
        for one in orders:
            self.move("cycle", names[one.party_id], one.goods_cents)

    @rule(number=which, name=families, amount=cents, gift=st.integers(0, 50), way=ways)
    def pay(self, number, name, amount, gift, way):
        if self.cycles:
            cycle = self.cycles[number % len(self.cycles)]
            entry = self.attempt(lambda: self.books.pay(cycle, name, amount, way, gift=gift))
            if entry is not None:
                self.move(way, name, amount)
                self.move(name, "quota", gift)
                self.paid.append((entry.id, name, amount, gift, way))

    @rule(number=which)
    def take_back(self, number):
        if self.paid:
            entry_id, name, amount, gift, way = self.paid[number % len(self.paid)]
            if self.attempt(lambda: self.books.do(actions.reverse, self.books.cast.maker, entry_id, "Uno sbaglio")):
                self.move(name, way, amount)
                self.move("quota", name, gift)

    @rule(number=which, name=families, amount=cents, way=ways)
    def give_back(self, number, name, amount, way):
        if self.cycles:
            cycle, books = self.cycles[number % len(self.cycles)], self.books
            family = books.cast.members[name].party.id
            if self.attempt(lambda: books.do(actions.refund, books.cast.maker, cycle, family, amount, way)):
                self.move(name, way, amount)

    @rule(amount=cents, way=ways)
    def give(self, amount, way):
        self.attempt(lambda: self.books.give(amount, way))
        self.move(way, "quota", amount)

    @rule(name=families, amount=cents)
    def grant(self, name, amount):
        books = self.books
        asked = self.attempt(lambda: books.do(actions.ask_quota, books.cast.members[name], actions.Ask(amount)))
        if asked is None:
            return
        if self.attempt(lambda: books.do(actions.grant, books.cast.maker, asked.id, amount)):
            self.move("quota", name, amount)
        else:
            self.attempt(lambda: books.do(actions.withdraw_request, books.cast.members[name], asked.id))

    @rule(number=which, amount=cents, way=ways, what=st.sampled_from(["supplier", "cost"]))
    def pay_out(self, number, amount, way, what):
        if self.cycles:
            cycle, books = self.cycles[number % len(self.cycles)], self.books
            self.attempt(lambda: books.do(actions.pay_out, books.cast.maker, cycle, what, amount, way, "Fattura"))
            self.move("cycle", way, amount)

    @rule(number=which)
    def close(self, number):
        if self.cycles:
            cycle, books = self.cycles[number % len(self.cycles)], self.books
            with books.database.reading() as session:
                left = till_of(session, books.cast.maker.actor, cycle).left_over
            if self.attempt(lambda: books.do(actions.close_accounts, books.cast.maker, cycle, left) or True):
                self.move("cycle", "group", left)

    def attempt(self, act):
        try:
            with clock.at(MONDAY):
                return act()
        except DomainError:
            return None

    @invariant()
    def everything_agrees(self):
        books = self.books
        assert books.total() == 0
        for name in NAMES:
            assert books.balance(name) == self.hand[name], name
            assert sum(books.open(name).values()) <= max(0, -books.balance(name))
        for kind in ("cycle", "group", "quota", "cash", "transfer", "other"):
            assert books.of(kind) == self.hand[kind], kind
        assert books.receipts() == list(range(1, len(books.receipts()) + 1))
        with books.database.reading() as session:
            owing = col(PurchaseOrder.cycle_id).in_(select(col(OrderCycle.id)).where(col(OrderCycle.state) == "closed"))
            orders = session.scalar(select(func.sum(col(PurchaseOrder.goods_cents))).where(owing)) or 0
            asked = session.connection().exec_driver_sql(ASKED).scalar() or 0
        assert asked == orders


def test_whatever_happens(books: Books) -> None:
    class OnThisDatabase(Group):
        hand: ClassVar[Counter[str]] = Counter()
        cycles: ClassVar[list[int]] = []
        paid: ClassVar[list[tuple[int, str, int, int, str]]] = []

    OnThisDatabase.books = books
    # One set of books for all examples: what earlier ones left behind must agree too.
    run_state_machine_as_test(
        OnThisDatabase,
        settings=settings(
            max_examples=6,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
            database=None,
        ),
    )
