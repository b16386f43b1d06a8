"""Cycles made, changed, filled with what the supplier sells, and opened."""

from dataclasses import dataclass, replace

from sqlmodel import col, delete, select

from civic_centers.purchasing.actions.holding import CYCLE, hold_alone, hold_to_keep, move
from civic_centers.purchasing.actions.placing import Where, move_places, put_place
from civic_centers.purchasing.actions.stocking import hold_stock, share_out
from civic_centers.purchasing.actions.telling import tell, tell_keepers
from civic_centers.purchasing.actions.turning import call_off_turns
from civic_centers.purchasing.notices import CALLED_OFF, NOT_OPENED, OPENED
from civic_centers.purchasing.queries.asked import who_ordered_before
from civic_centers.purchasing.queries.labs import labs_to_choose
from civic_centers.purchasing.queries.prices import sold_on
from civic_centers.purchasing.queries.rhythms import rhythm_of
from civic_centers.purchasing.queries.single import products_of, zone_of_clock
from civic_centers.purchasing.rules.cycles import (
    MOST_PRODUCTS,
    PACK_RULES,
    SHORT_RULES,
    NotNow,
    Times,
    check_times,
)
from civic_centers.purchasing.tables import CycleKeeper, CycleProduct, OrderCycle
from civic_centers.suppliers.policies import must_keep_in
from civic_centers.suppliers.rules.cells import grams_in
from civic_centers.suppliers.tables import Product, Supplier
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Refused, Stale

GRAMS = {"kg": 1000, "hg": 100, "g": 1, "l": 1000, "cl": 10, "ml": 1}
"""What a unit weighs; a litre as much as of water. Of pieces their name may say it, or the person in charge."""


NEVER_OPENED = N_("It could not be opened before its last hour.")


@dataclass(frozen=True)
class What:
    """What a person in charge says of a cycle."""

    title: str
    words: str
    times: Times
    minimum_cents: int = 0
    short_rule: str = "send"
    pack_rule: str = "trim"
    keep_open_hours: int = 24
    keep_open_most: int = 1
    drop_hours: int = 24
    lab_id: int | None = None
    """The lab whose order it is."""


def make_cycle(session: Session, actor: Actor, supplier_id: int, what: What, place: Where) -> OrderCycle:
    """Plan a cycle of a supplier's, with one place to begin with; who makes it is in charge. It opens by itself.

    Raises Missing, Invalid at the field.
    """
    supplier = session.get(Supplier, supplier_id)
    if supplier is None or supplier.community_id != actor.community_id or supplier.hidden_at is not None:
        raise Missing()
    must_keep_in(session, actor, supplier.zone_id)
    if supplier.state != "open":
        raise Invalid(N_("This supplier is paused or closed: choose another."), field="supplier_id")
    cycle = OrderCycle(
        community_id=actor.community_id, zone_id=supplier.zone_id, supplier_id=supplier_id, title=what.title,
        opens_at=what.times.opens_at, closes_at=what.times.closes_at, delivery_on=what.times.delivery_on,
        created_by_id=actor.recorder_id,
    )  # fmt: skip
    _say(session, cycle, what)
    cycle.lab_id = _checked_lab(session, actor, cycle, what.lab_id)
    session.add(cycle)
    session.flush()
    session.add(CycleKeeper(cycle_id=cycle.id or 0, person_id=actor.must_be_person()))
    put_place(session, actor, cycle, place)
    fill_products(session, cycle)
    audit.record(session, actor, "planned", CYCLE, cycle.id)
    return cycle


def change_cycle(session: Session, actor: Actor, cycle_id: int, what: What, *, version: int) -> OrderCycle:
    """Change what is said of a cycle: all of it while it is planned; once it is open not when it opened.

    Raises Missing, NotNow once its door was shut, Stale for a form opened before another change, Invalid.
    """
    cycle = hold_to_keep(session, actor, cycle_id)
    if cycle.state not in ("planned", "open"):
        raise NotNow()
    if cycle.version != version:
        raise Stale(N_("Somebody changed it meanwhile: look at how it is now."))
    what = replace(what, times=_as_they_stand(cycle, what.times))
    if cycle.state == "open" and what.times.opens_at != cycle.opens_at:
        raise Invalid(N_("It is open already: this cannot be moved any more."), field="opens_at")
    if what.times.opens_at != cycle.opens_at:
        cycle.usual_opens_at = None
    if what.times.closes_at != cycle.closes_at:
        cycle.usual_closes_at = None
    moved_day = what.times.delivery_on != cycle.delivery_on
    before = cycle.delivery_on
    cycle.opens_at, cycle.closes_at, cycle.delivery_on = (
        what.times.opens_at, what.times.closes_at, what.times.delivery_on,
    )  # fmt: skip
    _say(session, cycle, what)
    if moved_day:
        move_places(session, cycle, before)
    if what.lab_id != cycle.lab_id:
        cycle.lab_id = _checked_lab(session, actor, cycle, what.lab_id)
        _pass_on(session, cycle)
    cycle.version += 1
    session.add(cycle)
    session.flush()
    audit.record(session, actor, "changed", CYCLE, cycle_id)
    return cycle


def _as_they_stand(cycle: OrderCycle, times: Times) -> Times:
    """The same hours, to the second where they were not moved: a form knows whole minutes only."""
    stand = (cycle.opens_at, cycle.closes_at)
    opens_at, closes_at = (
        there if there.replace(second=0, microsecond=0) == typed else typed
        for there, typed in zip(stand, (times.opens_at, times.closes_at), strict=True)
    )
    return replace(times, opens_at=opens_at, closes_at=closes_at)


def _checked_lab(session: Session, actor: Actor, cycle: OrderCycle, lab_id: int | None) -> int | None:
    """The lab, where the actor may plan for it in the zone of the cycle. Raises Invalid."""
    if lab_id is not None and lab_id not in {one.id for one in labs_to_choose(session, actor, [cycle.zone_id])}:
        raise Invalid(N_("Choose a lab of the zone of the supplier, or none."), field="lab_id")
    return lab_id


def _pass_on(session: Session, cycle: OrderCycle) -> None:
    """What comes again belongs to the same lab from now on."""
    rhythm = rhythm_of(session, cycle)
    if rhythm is not None:
        rhythm.lab_id = cycle.lab_id
        session.add(rhythm)


def _say(session: Session, cycle: OrderCycle, what: What) -> None:
    zone = zone_of_clock(session, cycle)
    check_times(what.times, clock.now(), clock.local(what.times.closes_at, zone).date())
    title = " ".join(what.title.split())
    if not title:
        raise Invalid(N_("Give the order a name, such as “Oranges in December”."), field="title")
    if what.short_rule not in SHORT_RULES or what.pack_rule not in PACK_RULES:
        raise Invalid(N_("Choose what happens then."), field="short_rule")
    cycle.title, cycle.words = title[:120], what.words.strip()[:1000]
    cycle.minimum_cents, cycle.short_rule, cycle.pack_rule = what.minimum_cents, what.short_rule, what.pack_rule
    cycle.keep_open_hours, cycle.keep_open_most = what.keep_open_hours, what.keep_open_most
    cycle.drop_hours = what.drop_hours


def fill_products(session: Session, cycle: OrderCycle) -> int:
    """Take over what the supplier sells on the day it opens, with today's price and stock; how many products.

    Only while it is planned. What was said here of a product (the least of the group, a limit of its own) stays.
    """
    if cycle.state != "planned":
        raise NotNow()
    day = clock.local(max(cycle.opens_at, clock.now()), zone_of_clock(session, cycle)).date()
    hold_stock(session, cycle.supplier_id)
    sold = sold_on(session, cycle.supplier_id, day)[:MOST_PRODUCTS]
    there = {one.product_id: one for one in products_of(session, cycle.id or 0)}
    gone = there.keys() - {product.id for product, _price in sold}
    session.exec(delete(CycleProduct).where(col(CycleProduct.id).in_([there[one].id for one in gone])))
    for product, price in sold:
        row = there.get(product.id or 0) or CycleProduct(
            community_id=cycle.community_id, cycle_id=cycle.id or 0, product_id=product.id or 0, name="", unit="",
            price=price, grams=GRAMS.get(product.unit) or grams_in(product.name),
        )  # fmt: skip
        _copy(row, product, price)
        session.add(row)
    share_out(session, cycle.supplier_id)
    return len(sold)


def _copy(row: CycleProduct, product: Product, price: int) -> None:
    row.code, row.name, row.producer, row.label = product.code, product.name, product.producer, product.label
    row.category, row.unit, row.price = product.category, product.unit, price
    row.pack, row.step, row.is_weighed = product.pack or 0, product.step, product.is_weighed
    row.least = product.least


def open_cycle(session: Session, actor: Actor | None, cycle_id: int) -> bool:
    """Open a planned cycle: prices are taken now, and stay. Whether this call did; a job opens it when its hour came.

    By the button it opens at once. Where it cannot be opened when its hour came the persons in charge are told, and
    once its last hour has passed it is called off. Raises Missing; Refused for the button.
    """
    if actor is not None:
        hold_to_keep(session, actor, cycle_id)
    cycle = hold_alone(session, cycle_id)
    now = clock.now()
    if cycle.state != "planned" or (actor is None and cycle.opens_at > now):
        return False
    number = fill_products(session, cycle)
    if obstacle := _obstacle(session, cycle, number):
        if actor is not None:
            raise Refused(obstacle)
        if cycle.closes_at <= now:
            move(session, cycle, "cancel", reason=NEVER_OPENED, ended_at=now)
            audit.record(session, None, "cancelled", CYCLE, cycle_id, community_id=cycle.community_id)
            call_off_turns(session, None, cycle_id, NEVER_OPENED)
            tell_keepers(session, cycle, CALLED_OFF, key=str(cycle_id))
        else:
            tell_keepers(session, cycle, NOT_OPENED, key=f"{cycle_id}:{cycle.version}")
        return False
    sooner = {"opens_at": now, "usual_opens_at": cycle.opens_at} if cycle.opens_at > now else {}
    move(session, cycle, "open", **sooner)
    whose = {"community_id": cycle.community_id} if actor is None else {}
    audit.record(session, actor, "opened", CYCLE, cycle_id, products=number, **whose)
    tell(session, cycle, who_ordered_before(session, cycle), OPENED, key=str(cycle.id), but=actor)
    return True


def _obstacle(session: Session, cycle: OrderCycle, number: int) -> str:
    """Why a cycle cannot be opened now; nothing where it can."""
    if cycle.closes_at <= clock.now():
        return N_("Its last hour has passed: change when it closes first.")
    if cycle.hidden_at is not None:
        return N_("A maker has taken it out of sight: it can be opened once it is shown again.")
    if session.get_one(Supplier, cycle.supplier_id).state != "open":
        return N_("This supplier is paused or closed: nothing can be ordered from it.")
    return "" if number else N_("There is nothing to order yet: the supplier has no product with a price.")


def set_product(
    session: Session, actor: Actor, cycle_id: int, product_id: int, *, group_least: int, most: int | None, grams: int
) -> CycleProduct:
    """Say how much the group must reach of a product, how much there is, and what a unit weighs.

    Another `most` than there stood holds here whatever the supplier has; None: what it has, as other cycles leave it.
    Before closing only. Raises Missing, NotNow, Invalid where more is ordered than there would be.
    """
    cycle = hold_to_keep(session, actor, cycle_id)
    hold_stock(session, cycle.supplier_id)
    product = _held_product(session, cycle, product_id)
    if cycle.state not in ("planned", "open", "closing"):
        raise NotNow()
    if most is not None and most < product.ordered:
        raise Invalid(N_("More than that is ordered already."), field="most")
    product.most_is_own = most is not None and (product.most_is_own or most != product.most)
    product.group_least, product.most, product.grams = group_least, most, grams
    product.version += 1
    session.add(product)
    share_out(session, cycle.supplier_id)
    audit.record(session, actor, "changed", CYCLE, cycle_id, product=product_id)
    return product


def _held_product(session: Session, cycle: OrderCycle, product_id: int) -> CycleProduct:
    statement = select(CycleProduct).where(col(CycleProduct.id) == product_id, col(CycleProduct.cycle_id) == cycle.id)
    statement = statement.with_for_update(key_share=True).execution_options(populate_existing=True)
    product = session.exec(statement).one_or_none()
    if product is None:
        raise Missing()
    return product
