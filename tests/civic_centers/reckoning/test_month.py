"""A real month: a supplier's spreadsheet, twelve families in two places, and every sum reckoned by hand beside it."""

from collections.abc import Iterator
from datetime import time
from fractions import Fraction

import pytest
from sqlmodel import col, select

from civic_centers.purchasing.actions.changing import add_cost, change_order, weigh
from civic_centers.purchasing.actions.closing import close
from civic_centers.purchasing.actions.moving_on import deliver, finish, send
from civic_centers.purchasing.actions.ordering import Wish, save_order
from civic_centers.purchasing.actions.placing import Where, add_place
from civic_centers.purchasing.queries.bills import bills_of
from civic_centers.purchasing.tables import CycleProduct, OrderCycle, PurchaseOrder
from civic_centers.reckoning import actions
from civic_centers.reckoning.tables import Purse, PurseEntry
from foundation import clock
from foundation.database import Database, Session
from tests.cast import Cast, make_member
from tests.civic_centers.purchasing.stage import NOW, BuyingStage
from tests.civic_centers.reckoning import by_hand
from tests.civic_centers.reckoning.books import Books
from tests.civic_centers.reckoning.list_of_january import SOLD, spreadsheet, step_of
from tests.civic_centers.suppliers.stage import SupplierStage

FAMILIES = [f"famiglia_{number:02d}" for number in range(1, 13)]
FRIENDS = {"famiglia_02": 1, "famiglia_05": 2, "famiglia_09": 1}
"""For how many friends each orders beside its own."""
TRANSPORT, HALL = 3847, 1000
"""In cents: the transport by weight, the hall by head."""


def wishes() -> list[tuple[str, int, dict[str, Fraction]]]:
    """Who asks for what, in the order they do: the family, 0 or the number of the friend, quantities by code."""
    found = []
    codes = [code for code in SOLD if code != "D12"]
    for place, name in enumerate(FAMILIES):
        for number in range(FRIENDS.get(name, 0) + 1):
            asked = {}
            for other, code in enumerate(codes):
                if (place * 7 + other * 5 + number * 3) % 4 == 0:
                    times = (place + 2 * other + number) % 5 + 1
                    often = 7 if step_of(code) < Fraction(1, 5) else 1
                    asked[code] = step_of(code) * times * often
            found.append((name, number, asked))
    return found


class Month(BuyingStage):
    """The group, its supplier and what it does, each in a transaction of its own."""

    def __init__(self, database: Database, cast: Cast) -> None:
        self.database, self.cast = database, cast
        self.shop = SupplierStage(database, cast)
        self.supplier_id = self.shop.supplier_id
        self.shop.bring(spreadsheet())
        with database.writing() as session:
            for place, name in enumerate(FAMILIES):
                zone = "centro" if place % 3 else "po"
                cast.members[name] = make_member(session, cast, name, zone)
        self.cycle_id = self.opened(title="Spesa di gennaio", pack_rule="trim")
        place = self.do(add_place, cast.maker, self.cycle_id, Where("Biblioteca", time(18), time(20)))
        self.places = (self.place(self.cycle_id), place.id)
        self.ids = self._ids()

    def _ids(self) -> dict[str, int]:
        with self.database.reading() as session:
            found = session.exec(select(CycleProduct).where(CycleProduct.cycle_id == self.cycle_id))
            return {one.code: one.id for one in found}

    def ask(self, name: str, number: int, asked: dict[str, Fraction], version: int = 0) -> PurchaseOrder:
        quantities = {self.ids[code]: int(amount * 1000) for code, amount in asked.items()}
        place = self.places[FAMILIES.index(name) % 2]
        friend = f"Amica {number}" if number else ""
        wish = Wish(quantities, place, number=number, for_friend=friend, version=version)
        return self.do(save_order, self.cast.members[name], self.cycle_id, wish)

    def everybody_orders(self) -> list[tuple[str, str, Fraction]]:
        """All order; then one family thinks again, twice. What was asked for, one after the other."""
        asked = []
        for name, number, quantities in wishes():
            self.ask(name, number, quantities)
            asked += [(f"{name}/{number}", code, amount) for code, amount in quantities.items()]
        for amount in (Fraction(1), Fraction(5)):
            order = self.order_of(self.cast.famiglia_03, self.cycle_id)
            before = sum(one[2] for one in asked if one[:2] == ("famiglia_03/0", "F01"))
            self.ask("famiglia_03", 0, {"F01": amount}, order.version)
            asked.append(("famiglia_03/0", "F01", amount - before))
        return asked

    def bills(self) -> dict[str, tuple[int, int]]:
        """Goods and extra costs of each order, in cents."""
        names = {self.cast.members[name].party.id: name for name in FAMILIES}
        with self.database.reading() as session:
            found = bills_of(session, session.get_one(OrderCycle, self.cycle_id))
        return {f"{names[one.party_id]}/{one.number}": (one.goods_cents, one.extra_cents) for one in found}

    def asked_of(self) -> dict[str, int]:
        """What each family was asked for by the till: the movements themselves added up."""
        sums = dict.fromkeys(FAMILIES, 0)
        names = {}
        with self.database.reading() as session:
            for order in session.exec(select(PurchaseOrder).where(PurchaseOrder.cycle_id == self.cycle_id)):
                names[order.id] = next(n for n in FAMILIES if self.cast.members[n].party.id == order.party_id)
            charged = col(PurseEntry.kind).in_(("order", "correction"))
            for one in session.exec(select(PurseEntry).where(charged)):
                sign = 1 if self._is_family(session, one.from_purse_id) else -1
                sums[names[one.order_id]] += sign * one.cents
        return sums

    @staticmethod
    def _is_family(session: Session, purse_id: int) -> bool:
        return session.get_one(Purse, purse_id).kind == "party"


class Till(Books):
    """The purses of that group."""

    def __init__(self, database: Database, cast: Cast) -> None:
        self.database, self.cast = database, cast


def by_paper(kept: dict[str, dict[str, Fraction]]) -> dict[str, tuple[int, int]]:
    """Goods and extra costs of each order, in cents, as with paper and pencil."""
    transport = by_hand.split(TRANSPORT, [by_hand.kilos(one) for one in kept.values()])
    hall = by_hand.split(HALL, [Fraction(1)] * len(kept))
    return {
        who: (by_hand.goods(order), transport[place] + hall[place]) for place, (who, order) in enumerate(kept.items())
    }


def by_family(bills: dict[str, tuple[int, int]]) -> dict[str, int]:
    sums = dict.fromkeys(FAMILIES, 0)
    for who, (goods, extra) in bills.items():
        sums[who.split("/")[0]] += goods + extra
    return sums


@pytest.fixture
def month(database: Database, cast: Cast) -> Iterator[Month]:
    with clock.at(NOW):
        yield Month(database, cast)


def closed(month: Month) -> dict[str, dict[str, Fraction]]:
    """Everybody ordered, costs stand, the hour has come; what each gets, by hand."""
    kept = by_hand.trim(month.everybody_orders())
    month.do(add_cost, month.cast.maker, month.cycle_id, "Trasporto", TRANSPORT, "weight")
    month.do(add_cost, month.cast.maker, month.cycle_id, "Sala", HALL, "head")
    assert month.do(close, month.cast.maker, month.cycle_id) == "closed"
    return kept


def given_out(month: Month, kept: dict[str, dict[str, Fraction]]) -> None:
    """One family gets more after closing; three wedges of cheese are weighed; all is given out. `kept` follows."""
    maker, cycle_id = month.cast.maker, month.cycle_id
    code = next(iter(one for one in kept["famiglia_04/0"] if one.startswith("O")))
    wanted = kept["famiglia_04/0"][code] + 2
    order = month.order_of(month.cast.famiglia_04, cycle_id)
    month.do(change_order, maker, cycle_id, order.id, {month.ids[code]: int(wanted * 1000)}, "Avanzavano",
             version=order.version)  # fmt: skip
    kept["famiglia_04/0"][code] = wanted
    month.do(send, maker, cycle_id)
    month.do(deliver, maker, cycle_id)
    weighed = [(who, code) for who, order in kept.items() for code in order if SOLD[code].weighed and order[code]]
    for place, (who, code) in enumerate(weighed[:3]):
        weight = kept[who][code] + Fraction((-37, 14, 103)[place], 1000)
        name, number = who.split("/")
        order = month.order_of(month.cast.members[name], cycle_id, int(number))
        assert month.do(weigh, maker, cycle_id, month.ids[code], {order.id: int(weight * 1000)}) == 1
        kept[who][code] = weight
    month.do(finish, maker, cycle_id)


def test_the_list_reads_as_on_paper(month: Month) -> None:
    there = {one.code: one for one in month.shop.products().values()}
    assert set(there) == set(SOLD)
    assert len(SOLD) == 40
    for code, sold in SOLD.items():
        product = there[code]
        assert Fraction(month.shop.price(product.id), 10_000) == Fraction(sold.euro), code
        assert Fraction(product.pack or 0, 1000) == Fraction(sold.case), code
        assert Fraction(product.step, 1000) == step_of(code), code
    with month.database.reading() as session:
        rows = session.exec(select(CycleProduct).where(CycleProduct.cycle_id == month.cycle_id)).all()
    assert {one.code: Fraction(one.grams, 1000) for one in rows} == {
        code: Fraction(sold.kilos) for code, sold in SOLD.items()
    }


def test_a_month_to_the_cent(month: Month) -> None:
    kept = closed(month)
    assert any(amount == 0 for order in kept.values() for amount in order.values()), "a case stayed open"
    assert month.bills() == by_paper(kept)
    given_out(month, kept)
    paper = by_paper(kept)
    assert month.bills() == paper
    assert sum(extra for _goods, extra in paper.values()) == TRANSPORT + HALL
    owed = by_family(paper)
    assert month.asked_of() == owed
    books = Till(month.database, month.cast)
    assert {name: -books.balance(name) for name in FAMILIES} == owed
    settled(month, books, kept, owed)


def settled(month: Month, books: Books, kept: dict[str, dict[str, Fraction]], owed: dict[str, int]) -> None:
    """All pay, one too much, one by the quota; the supplier, the carrier and the hall are paid; accounts close."""
    cycle_id, maker = month.cycle_id, month.cast.maker
    by_quota, too_much, *others = FAMILIES
    books.give(owed[by_quota] + 500)
    books.pay(cycle_id, by_quota, 1000)
    books.grant(by_quota, owed[by_quota] - 1000)
    books.pay(cycle_id, too_much, owed[too_much] + 777, "transfer")
    for place, name in enumerate(others):
        books.pay(cycle_id, name, owed[name], ("cash", "transfer")[place % 2])
    assert {name: books.balance(name) for name in FAMILIES} == {**dict.fromkeys(FAMILIES, 0), too_much: 777}
    together = {code: sum((one.get(code, Fraction(0)) for one in kept.values()), Fraction(0)) for code in SOLD}
    invoice = by_hand.goods(together)
    month.do(actions.pay_out, maker, cycle_id, "supplier", invoice, "transfer", "Fattura 12/2027")
    month.do(actions.pay_out, maker, cycle_id, "cost", TRANSPORT, "cash", "Corriere")
    month.do(actions.pay_out, maker, cycle_id, "cost", HALL, "cash", "Sala")
    over = sum(owed.values()) - invoice - TRANSPORT - HALL
    assert abs(over) < 100, "only what rounding leaves"
    month.do(actions.close_accounts, maker, cycle_id, over)
    cash = 1000 + sum(owed[name] for name in others[::2]) - TRANSPORT - HALL
    bank = owed[by_quota] + 500 + owed[too_much] + 777 + sum(owed[name] for name in others[1::2]) - invoice
    assert (-books.of("cash"), -books.of("transfer")) == (cash, bank)
    assert (books.of("quota"), books.of("group"), books.of("cycle")) == (1500, over, 0)
    assert books.total() == 0
    assert books.receipts() == list(range(1, 14))
