"""A shared order of 400 families and 300 products: its page beside a bare view of its template, and its last minute.

In the last minute 200 families change their orders while two people and a job close it: every change is wholly in or
refused, and the sums agree to the cent.
"""

import random
import statistics
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from threading import Event
from typing import Any

from sqlalchemy import func, insert, select, text

from bench.bare import bare_app, context_of
from bench.board import Place, Town, by_turns, place, questions, times
from bench.calendar import asking
from bench.grown import KINDS, Grown, Size, databases, grown
from bench.measures import Measure, is_at_most
from civic_centers.purchasing.actions.closing import close, shut, work_out
from civic_centers.purchasing.actions.ordering import Wish, save_order
from civic_centers.purchasing.rules.cycles import Shut
from civic_centers.purchasing.tables import CyclePlace, CycleProduct, LineMove, OrderCycle, OrderLine, PurchaseOrder
from civic_centers.suppliers.rules import line_cents
from civic_centers.suppliers.tables import Product, Supplier
from community.parties.tables import Party, PartyMember
from foundation import clock
from foundation.access import Actor, Grant
from foundation.database import Database, Session
from foundation.errors import DomainError

TOWN = Size("purchasing", 450, 20)
FAMILIES, PRODUCTS, LINES, LATE, IN_TIME = 400, 300, 20, 200, 150
AT_ONCE = 24
"""How many of the late requests a server works on together; the others wait to be taken up."""
MOST_RATIO = 2.5
Families = list[tuple[int, int]]
"""A household and an adult of it."""


def measure() -> list[Measure]:
    """Every measure of shared orders, on both databases."""
    measures = []
    for kind in KINDS:
        with databases(kind) as base:
            town = grown(base, TOWN)
            print(f"purchasing: {kind} ...", flush=True)
            database = Database(town.url)
            cycle_id, families = fill(database, town)
            measures += _page(kind, town, cycle_id) + _last_minute(kind, database, town, cycle_id, families)
            database.dispose()
    return measures


def fill(database: Database, town: Grown) -> tuple[int, Families]:
    """An open cycle with an order of every family, written straight into the tables."""
    chance, here, now = random.Random(11), town.community_id, clock.now()
    with database.writing() as session:
        zone_id = session.execute(text("SELECT min(id) FROM zone")).scalar_one()
        supplier = Supplier(community_id=here, zone_id=zone_id, name=f"Agrumi {now:%Y%m%d%H%M%S}")
        session.add(supplier)
        session.flush()
        cycle = OrderCycle(
            community_id=here, zone_id=zone_id, supplier_id=supplier.id or 0, title="Arance", state="open",
            opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=2), minimum_cents=500_000,
            delivery_on=date(2027, 1, 1), pack_rule="send",
        )  # fmt: skip
        session.add(cycle)
        session.flush()
        cycle_id = cycle.id or 0
        where = CyclePlace(
            community_id=here, cycle_id=cycle_id, name="Oratorio", starts_at=now, ends_at=now + timedelta(1)
        )
        session.add(where)
        session.flush()
        products = _products(session, here, supplier.id or 0, cycle_id)
        families: Families = [
            (row[0], row[1])
            for row in session.execute(
                select(PartyMember.party_id, func.min(PartyMember.person_id))
                .join(Party, Party.id == PartyMember.party_id)
                .where(Party.kind == "household", Party.community_id == here)
                .group_by(PartyMember.party_id)
                .order_by(PartyMember.party_id)
                .limit(FAMILIES)
            )
        ]
        if len(families) != FAMILIES:
            raise RuntimeError(f"{len(families)} families")
        _orders(session, chance, cycle, where.id or 0, products, families, now)
    with database.writing_engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))
    return cycle_id, families


def _products(session: Session, here: int, supplier_id: int, cycle_id: int) -> list[tuple[int, int]]:
    """Products of the cycle with their prices."""
    for number in range(PRODUCTS):
        product = Product(community_id=here, supplier_id=supplier_id, name=f"Prodotto {number}", unit="kg")
        session.add(product)
        session.flush()
        session.add(
            CycleProduct(
                community_id=here, cycle_id=cycle_id, product_id=product.id or 0, name=product.name, unit="kg",
                price=10_000 + 37 * number, pack=5000, step=500, category=f"Categoria {number % 9}",
                producer="Cascina Prova",
            )
        )  # fmt: skip
    session.flush()
    found = select(CycleProduct.id, CycleProduct.price).where(CycleProduct.cycle_id == cycle_id)
    return [(row[0], row[1]) for row in session.execute(found)]


def _orders(
    session: Session,
    chance: random.Random,
    cycle: OrderCycle,
    place_id: int,
    products: list[tuple[int, int]],
    families: Families,
    now: datetime,
) -> None:
    here, ordered = cycle.community_id, Counter[int]()
    for party_id, person_id in families:
        chosen = [
            (product_id, price, 500 * chance.randrange(1, 9)) for product_id, price in chance.sample(products, LINES)
        ]
        order = PurchaseOrder(
            community_id=here, cycle_id=cycle.id or 0, party_id=party_id, placed_by_id=person_id, place_id=place_id,
            goods_cents=sum(line_cents(price, quantity) for _id, price, quantity in chosen),
        )  # fmt: skip
        session.add(order)
        session.flush()
        rows = [
            {"community_id": here, "order_id": order.id, "product_id": product_id, "ordered": quantity}
            for product_id, _price, quantity in chosen
        ]
        session.execute(insert(OrderLine), rows)
        ordered.update({product_id: quantity for product_id, _price, quantity in chosen})
    for product_id, quantity in ordered.items():
        session.get_one(CycleProduct, product_id).ordered = quantity
    moves = session.execute(select(OrderLine.id, OrderLine.ordered).order_by(OrderLine.id)).all()
    session.execute(
        insert(LineMove),
        [{"community_id": here, "line_id": row[0], "kind": "ordered", "delta": row[1], "at": now} for row in moves],
    )


def _page(kind: str, town: Grown, cycle_id: int) -> list[Measure]:
    where: Place = place(town)
    address = f"/c/{town.slug}/orders/{cycle_id}"
    ask = asking(where, address)
    ask()
    template, context = context_of(where.app, ask)
    with where.app.test_request_context():
        context["_community"] = Town()
    bare = bare_app(where.app, where.slug, "purchasing.show", template, context)
    bare.view_functions["purchasing.show"] = _without_number(bare.view_functions["purchasing.show"])
    spent = by_turns({"bare": asking(where, address, bare), "page": ask})
    ask()
    asked = questions(ask)
    where.app.extensions["reciproca"].database.dispose()
    label = f"{kind}, {FAMILIES} families, {PRODUCTS} products"
    page, ratio = statistics.median(spent["page"]), times(spent["page"], spent["bare"])
    return [
        Measure(f"CPU of a bare shared order, {label}", f"{statistics.median(spent['bare']):.2f} ms"),
        Measure(f"CPU of a shared order, {label}", f"{page:.2f} ms, {asked} questions"),
        is_at_most(f"shared order against bare view, {label}", ratio, MOST_RATIO),
    ]


def _without_number(view: Callable[..., Any]) -> Callable[..., Any]:
    """The bare view knows its community alone."""

    def bare(community: str, cycle_id: int) -> Any:
        return view(community)

    return bare


def _last_minute(kind: str, database: Database, town: Grown, cycle_id: int, families: Families) -> list[Measure]:
    """200 families change their orders, 50 as the hour strikes; with half of them in, two people and a job close it."""
    with database.reading() as session:
        products = list(session.scalars(select(CycleProduct.id).where(CycleProduct.cycle_id == cycle_id)))
        place_id = session.scalars(select(CyclePlace.id).where(CyclePlace.cycle_id == cycle_id)).one()
        closes_at = session.get_one(OrderCycle, cycle_id).closes_at
    answers: Counter[str] = Counter()
    half_in = Event()
    at = closes_at - timedelta(minutes=1)

    def change(number: int, party_id: int, person_id: int) -> None:
        actor = Actor(
            town.community_id, person_id=person_id, party_id=party_id, party_ids=(party_id,),
            grants=(Grant("member"),),
        )  # fmt: skip
        chosen = random.Random(number).sample(products, 8)
        with clock.at(at if number < IN_TIME else closes_at):
            try:
                with database.writing() as session:
                    wish = Wish(dict.fromkeys(chosen, 1500), place_id, version=1)
                    save_order(session, actor, cycle_id, wish)
                answers["in"] += 1
                if answers["in"] >= LATE // 2:
                    half_in.set()
            except Shut:
                answers["refused"] += 1

    def shut_it(person: bool) -> None:
        maker = Actor(town.community_id, person_id=town.person_id, grants=(Grant("administrator"), Grant("member")))
        half_in.wait(timeout=60)
        with clock.at(at if person else closes_at):
            try:
                with database.writing() as session:
                    done = close(session, maker, cycle_id) if person else shut(session, None, cycle_id)
                answers[f"closed {done}"] += 1
            except DomainError:
                answers["closed already"] += 1

    began = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as server, ThreadPoolExecutor(3) as closing:
        closing.map(shut_it, (True, True, False))
        server.map(lambda late: change(late[0], *late[1]), enumerate(families[:LATE]))
    took = time.perf_counter() - began
    with database.writing() as session:
        state = work_out(session, None, cycle_id)
        agrees = state == "closed" and _agrees(session, cycle_id)
    whole = answers["in"] + answers["refused"] == LATE and 0 < answers["refused"] < LATE
    label = f"{kind}, {LATE} families in the last minute"
    said = f"{answers['in']} in, {answers['refused']} refused, {took:.1f} s"
    return [
        Measure(f"changes wholly in or refused, {label}", said, f"{LATE} together, some of each", whole),
        Measure(f"sums agree to the cent, {label}", "yes" if agrees else "no", "yes", agrees),
    ]


def _agrees(session: Session, cycle_id: int) -> bool:
    """Whether every order is the sum of its lines, and every counter what its lines say."""
    lines = session.execute(
        select(OrderLine.order_id, OrderLine.product_id, OrderLine.ordered, OrderLine.confirmed, CycleProduct.price)
        .join(CycleProduct, CycleProduct.id == OrderLine.product_id)
        .where(CycleProduct.cycle_id == cycle_id)
    ).all()
    sums, ordered = Counter[int](), Counter[int]()
    for order_id, product_id, asked, confirmed, price in lines:
        sums[order_id] += line_cents(price, confirmed)
        ordered[product_id] += asked
    orders = session.scalars(select(PurchaseOrder).where(PurchaseOrder.cycle_id == cycle_id)).all()
    products = session.scalars(select(CycleProduct).where(CycleProduct.cycle_id == cycle_id)).all()
    right = all(one.goods_cents == sums[one.id or 0] for one in orders)
    return right and all(one.ordered == ordered[one.id or 0] for one in products)
