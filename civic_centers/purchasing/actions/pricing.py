"""The supplier changed a price after families ordered: nothing changes by itself, a person in charge decides."""

from datetime import timedelta

from sqlmodel import col, select

from civic_centers.purchasing.actions.changing import refresh_sums, take_away
from civic_centers.purchasing.actions.holding import CYCLE, ORDER_KIND, hold_alone, hold_to_keep
from civic_centers.purchasing.actions.telling import tell_families, tell_keepers
from civic_centers.purchasing.notices import DEARER, DROPPED, PRICES
from civic_centers.purchasing.policies import must_order
from civic_centers.purchasing.queries.single import orders_of, product_of, products_of, zone_of_clock
from civic_centers.purchasing.rules.cycles import NotNow
from civic_centers.purchasing.tables import CycleProduct, OrderCycle, OrderLine, PurchaseOrder
from civic_centers.suppliers.queries import prices_on
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Missing, Refused

OPEN_TO_PRICES = ("open", "closing", "closed")
"""As long as the order has not gone to the supplier a new price concerns it."""


def note_prices(session: Session, cycle_id: int) -> int:
    """Look whether the supplier asks another price than the cycle has, and tell who is in charge; for how many."""
    cycle = hold_alone(session, cycle_id)
    if cycle.state not in OPEN_TO_PRICES:
        return 0
    day = clock.local(clock.now(), zone_of_clock(session, cycle)).date()
    products = products_of(session, cycle_id)
    prices = prices_on(session, [product.product_id for product in products], day)
    number = 0
    for product in products:
        price = prices.get(product.product_id)
        now = price.price if price is not None else None
        asked = None if now in (None, product.price, product.refused_price) or product.state != "offered" else now
        if asked != product.new_price:
            product.new_price = asked
            session.add(product)
            number += asked is not None
    session.flush()
    if number:
        tell_keepers(session, cycle, PRICES, key=f"{cycle_id}:{clock.now().isoformat()}")
    return number


def keep_price(session: Session, actor: Actor, cycle_id: int, product_id: int, seen: int) -> None:
    """The price of before stays for everybody who ordered. Raises Missing, NotNow where it was asked of another."""
    _cycle, product = _asked(session, actor, cycle_id, product_id, seen)
    product.refused_price, product.new_price = product.new_price, None
    product.version += 1
    session.add(product)
    session.flush()
    audit.record(session, actor, "kept_price", CYCLE, cycle_id, product=product_id)


def take_price(session: Session, actor: Actor, cycle_id: int, product_id: int, seen: int) -> int:
    """Take the new price; everybody who ordered it is told, and may take it out for some hours. How many orders.

    `seen` is the new price that was read. Raises Missing, NotNow where it was asked of another, Refused for an absurd
    sum.
    """
    cycle, product = _asked(session, actor, cycle_id, product_id, seen)
    product.old_price, product.price, product.new_price = product.price, seen, None
    product.refused_price = None
    product.drop_until = clock.now() + timedelta(hours=cycle.drop_hours)
    product.version += 1
    session.add(product)
    session.flush()
    held = select(col(OrderLine.order_id)).where(col(OrderLine.product_id) == product_id)
    still = col(OrderLine.ordered) > 0 if cycle.state != "closed" else col(OrderLine.confirmed) > 0
    having = set(session.scalars(held.where(still)))
    orders = [one for one in orders_of(session, cycle_id) if one.id in having]
    audit.record(session, actor, "took_price", CYCLE, cycle_id, product=product_id, price=product.price)
    refresh_sums(session, actor, cycle, orders)
    more = {
        "product": product.name,
        "price": price_by_language(product.price),
        "old_price": price_by_language(product.old_price),
        "until_at": product.drop_until,
    }
    tell_families(session, cycle, orders, DEARER, key=f"{product_id}:{product.version}", but=actor, more=more)
    return len(orders)


def drop_product(session: Session, actor: Actor, cycle_id: int, product_id: int, number: int) -> None:
    """A family takes a product out of its order after its price changed, within the hours it has for that.

    Raises Missing, NotNow, Refused where the time is over.
    """
    party_id = must_order(actor)
    cycle = hold_alone(session, cycle_id)
    if cycle.community_id != actor.community_id:
        raise Missing()
    product = product_of(session, cycle_id, product_id)
    if cycle.state not in OPEN_TO_PRICES:
        raise NotNow()
    if product.drop_until is None or product.drop_until <= clock.now():
        raise Refused(N_("The time to take it out is over."), advice=N_("Write to the persons in charge."))
    mine = (
        col(PurchaseOrder.cycle_id) == cycle_id,
        col(PurchaseOrder.party_id) == party_id,
        col(PurchaseOrder.number) == number,
        col(PurchaseOrder.state) == "standing",
    )
    order = session.exec(select(PurchaseOrder).where(*mine).execution_options(populate_existing=True)).one_or_none()
    if order is None:
        raise NotNow()
    here = (col(OrderLine.order_id) == order.id, col(OrderLine.product_id) == product_id)
    line = session.exec(select(OrderLine).where(*here).execution_options(populate_existing=True)).one_or_none()
    gone = take_away(session, cycle, line, "dropped") if line is not None else 0
    if not gone:
        raise NotNow()
    if cycle.state != "closed":
        product.ordered -= gone
        session.add(product)
    audit.record(session, actor, "dropped_product", ORDER_KIND, order.id, product=product_id)
    refresh_sums(session, actor, cycle, [order])
    tell_keepers(session, cycle, DROPPED, key=f"{order.id}:{product_id}", but=actor, more={"product": product.name})


def price_words(price: int) -> str:
    """A price as people write it, with the cents and what is finer than them: 34650 is `3,465`."""
    whole, rest = divmod(price, 10_000)
    finer = f"{rest:04d}"
    return f"{whole},{finer[:2]}{finer[2:].rstrip('0')}"


def price_by_language(price: int) -> dict[str, str]:
    """The same for readers of every language: who reads English has a point."""
    words = price_words(price)
    return {"it": words, "en": words.replace(",", ".")}


def _asked(
    session: Session, actor: Actor, cycle_id: int, product_id: int, seen: int
) -> tuple[OrderCycle, CycleProduct]:
    cycle = hold_to_keep(session, actor, cycle_id)
    product = product_of(session, cycle_id, product_id)
    session.refresh(product)
    if cycle.state not in OPEN_TO_PRICES or product.new_price != seen:
        raise NotNow()
    return cycle, product
