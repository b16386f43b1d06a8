"""The list of shared orders, and one of them with what the group has ordered, without a name."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from flask import url_for
from flask_babel import gettext as _

from civic_centers.purchasing.actions.pricing import OPEN_TO_PRICES, price_words
from civic_centers.purchasing.pages.blueprint import purchasing
from civic_centers.purchasing.pages.words import PLAIN, point, saying, tone_of, unit_words
from civic_centers.purchasing.policies import ORDER
from civic_centers.purchasing.queries.bills import OWING
from civic_centers.purchasing.queries.labs import lab_seen
from civic_centers.purchasing.queries.lists import cycles_of, ordered_in
from civic_centers.purchasing.queries.rhythms import rhythm_of
from civic_centers.purchasing.queries.single import (
    costs_of,
    cycle_seen,
    cycle_to_keep,
    keepers_of,
    lines_of,
    orders_of,
    own_orders,
    places_of,
)
from civic_centers.purchasing.queries.totals import Shown, group_total, product_totals, products_shown
from civic_centers.purchasing.queries.turns import turns_of
from civic_centers.purchasing.rules.cycles import AFTER_CLOSING, MOST_FRIENDS, thousandths
from civic_centers.purchasing.rules.packs import Filling
from civic_centers.purchasing.tables import CycleSlot, OrderCycle, PurchaseOrder
from civic_centers.suppliers.policies import KEEP, SEE, zones_kept
from civic_centers.volunteering.tables import Slot
from community.parties.tables import Party
from foundation import clock
from foundation.database import rows_of
from foundation.feature import registry
from foundation.web import Answer, actor, community, page, reading, requires

OPEN_STATES, COMING, RUNNING, PAST = (
    ("open",),
    ("planned",),
    ("closing", "closed", "sent", "delivered"),
    ("done", "cancelled"),
)


class Row(NamedTuple):
    """A product on the page of a cycle, ready to read."""

    id: int
    name: str
    about: str
    price: str
    total: str
    missing: str
    mine: str
    left_out: bool


@purchasing.get("/")
@requires(SEE)
def listing() -> Answer:
    session, who = reading(), actor()
    found = {
        "open": cycles_of(session, who, OPEN_STATES),
        "coming": cycles_of(session, who, COMING),
        "running": cycles_of(session, who, RUNNING),
        "past": cycles_of(session, who, PAST, newest=True),
    }
    ids = [cycle.id or 0 for lines in found.values() for cycle, _supplier in lines]
    keeps = bool(who.may(KEEP) and not who.is_on_behalf and zones_kept(session, who))
    mine = ordered_in(session, who, ids)
    return page("civic_centers/purchasing/list.html", found=found, mine=mine, keeps=keeps, tone_of=tone_of, **saying())


@purchasing.get("/<int:cycle_id>")
@requires(SEE)
def show(cycle_id: int) -> Answer:
    session, who = reading(), actor()
    cycle, supplier, keeps = cycle_seen(session, who, cycle_id)
    products = products_shown(session, cycle_id)
    own = own_orders(session, who, cycle_id)
    rows = _rows(cycle, products, own)
    total = group_total(session, cycle_id)
    is_open = cycle.state == "open" and cycle.opens_at <= clock.now() < cycle.closes_at
    may_order = who.may(ORDER) and who.party_id is not None
    turns = _turns(cycle) if total.turns else []
    return page(
        "civic_centers/purchasing/show.html",
        cycle=cycle,
        supplier=supplier,
        rows=rows,
        total=total,
        percent=_percent(total.goods_cents, cycle.minimum_cents),
        is_open=is_open,
        may_order=may_order,
        own=own,
        next_friend=_next_friend(own) if is_open and may_order else 0,
        places=places_of(session, cycle_id),
        costs=costs_of(session, cycle_id) if total.costs else [],
        keepers=keepers_of(session, cycle_id) if total.keepers else [],
        turns=turns,
        off_day=_off_day(cycle, turns) if keeps else [],
        sections=order_sections(cycle, own),
        rhythm=rhythm_of(session, cycle),
        lab=lab_seen(session, who, cycle),
        keeps=keeps,
        keep_url=f"{url_for('.show', cycle_id=cycle_id)}/products",
        prices=[one for one in products if one.new_price is not None]
        if keeps and cycle.state in OPEN_TO_PRICES
        else [],
        dearer=_dearer(products, own) if cycle.state in OPEN_TO_PRICES else [],
        missing=sum(1 for one in rows if one.missing) if cycle.state in ("open", "closing") else 0,
        tone_of=tone_of,
        **saying(),
    )


def _turns(cycle: OrderCycle) -> list[tuple[CycleSlot, Slot]]:
    """The turns seen: none of what is over or was called off, with which they were called off too."""
    return turns_of(reading(), cycle.id or 0) if cycle.state not in ("done", "cancelled") else []


def _off_day(cycle: OrderCycle, turns: Sequence[tuple[CycleSlot, Slot]]) -> list[Slot]:
    """The turns to come that are not on the day the goods come: for who may have to move them."""
    if cycle.state not in AFTER_CLOSING:
        return []
    now, zone = clock.now(), community().time_zone
    coming = [slot for _link, slot in turns if slot.starts_at > now]
    return [slot for slot in coming if clock.local(slot.starts_at, zone).date() != cycle.delivery_on]


def order_sections(cycle: OrderCycle, own: Sequence[PurchaseOrder]) -> list[dict[str, Any]]:
    """What others say beside the orders of a household, once sums stand (hook `order_sections`)."""
    if not own or cycle.state not in OWING:
        return []
    found = (hook(reading(), actor(), cycle) for hook in registry.hooks("order_sections"))
    return [section for section in found if section is not None]


def _rows(cycle: OrderCycle, products: Sequence[Shown], own: list[PurchaseOrder]) -> list[Row]:
    """Every product with the group's quantity and one's own; numbers only, since the page is for everybody.

    There may be hundreds: what depends on the reader's language is found out once, and not for each.
    """
    totals = product_totals(reading(), cycle)
    before = cycle.state in ("planned", "open", "closing", "cancelled")
    mine = _mine(own)
    units, sign = unit_words(), point()

    def said(quantity: int, unit: str) -> str:
        return f"{thousandths(quantity)}{' ' if unit in PLAIN else ' × '}{units[unit]}".replace(",", sign, 1)

    rows = []
    for one in products:
        quantity = one.ordered if before else totals.get(one.id, 0)
        missing = 0
        if before and one.ordered and one.state == "offered" and (one.pack or one.group_least):
            missing = Filling(one.ordered, one.pack, one.group_least).missing
        rows.append(
            Row(
                one.id,
                one.name,
                " · ".join([word for word in (one.producer, one.label, one.category) if word]),
                f"{price_words(one.price).replace(',', sign)} €/{units[one.unit]}",
                said(quantity, one.unit) if quantity else "",
                said(missing, one.unit) if missing else "",
                said(mine[one.id], one.unit) if mine.get(one.id) else "",
                one.state == "left_out",
            )
        )
    return rows


def _mine(own: list[PurchaseOrder]) -> dict[int, int]:
    """By product how much of it one's own orders have."""
    mine: dict[int, int] = {}
    for line in lines_of(reading(), [one.id or 0 for one in own]):
        got = line.ordered if line.confirmed is None else line.confirmed
        if line.delivered is not None:
            got = line.delivered
        mine[line.product_id] = mine.get(line.product_id, 0) + got
    return mine


def _percent(goods_cents: int, minimum_cents: int) -> int:
    return min(goods_cents * 100 // minimum_cents, 100) if minimum_cents else 0


def _next_friend(own: list[PurchaseOrder]) -> int:
    """The number under which one may order for one more friend; 0 where there are enough."""
    taken = {one.number for one in own}
    return next((number for number in range(1, MOST_FRIENDS + 1) if number not in taken), 0)


def _dearer(products: Sequence[Shown], own: list[PurchaseOrder]) -> list[tuple[Shown, PurchaseOrder]]:
    """What became dearer since one ordered it, and can still be taken out."""
    now = clock.now()
    fresh = {one.id: one for one in products if one.drop_until is not None and one.drop_until > now}
    if not fresh or not own:
        return []
    orders = {one.id: one for one in own}
    return [
        (fresh[line.product_id], orders[line.order_id])
        for line in lines_of(reading(), [one.id or 0 for one in own])
        if line.product_id in fresh and (line.ordered if line.confirmed is None else line.confirmed)
    ]


@purchasing.get("/<int:cycle_id>/families")
@requires(KEEP)
def families(cycle_id: int) -> Answer:
    """Who ordered, for the persons in charge."""
    cycle = cycle_to_keep(reading(), actor(), cycle_id)
    orders = orders_of(reading(), cycle_id)
    parties = rows_of(reading(), Party, sorted({one.party_id for one in orders if one.party_id is not None}))
    return page(
        "civic_centers/purchasing/families.html",
        cycle=cycle,
        orders=orders,
        places={one.id: one.name for one in places_of(reading(), cycle_id)},
        who={one.id: family_words({row.id or 0: row.name for row in parties}, one) for one in orders},
        total=group_total(reading(), cycle_id),
        **saying(),
    )


def family_words(parties: dict[int, str], order: PurchaseOrder) -> str:
    """Whose order it is, as the persons in charge and the sheets say it."""
    name = parties.get(order.party_id or 0) or _("Somebody who left")
    if order.for_friend:
        return _("%(friend)s (a friend of %(family)s)", friend=order.for_friend, family=name)
    return _("%(family)s, second order", family=name) if order.number else name
