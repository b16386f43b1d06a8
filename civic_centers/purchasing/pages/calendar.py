"""When one fetches what one ordered, in the calendar one subscribes to."""

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from sqlmodel import col, select

from civic_centers.purchasing.tables import CyclePlace, OrderCycle, PurchaseOrder
from foundation.access import Actor
from foundation.calendar import CANCELLED, CONFIRMED, Entry
from foundation.database import Session
from foundation.web.calendars import lasting_id
from foundation.web.state import time_zone

FETCHED = ("closed", "sent", "delivered", "done", "cancelled")


def feed_entries(session: Session, actor: Actor, since: datetime) -> list[Entry]:
    """One entry for each order of a household whose quantities stand (hook `feed_entries`)."""
    statement = (
        select(PurchaseOrder, OrderCycle, CyclePlace)
        .join(OrderCycle, col(OrderCycle.id) == col(PurchaseOrder.cycle_id))
        .join(CyclePlace, col(CyclePlace.id) == col(PurchaseOrder.place_id))
        .where(
            col(PurchaseOrder.community_id) == actor.community_id,
            col(PurchaseOrder.party_id).in_(actor.party_ids),
            col(PurchaseOrder.state) == "standing",
            col(OrderCycle.state).in_(FETCHED),
            col(CyclePlace.ends_at) >= since,
        )
        .order_by(col(PurchaseOrder.id))
    )
    return [_entry(order, cycle, place) for order, cycle, place in session.execute(statement)]


def _entry(order: PurchaseOrder, cycle: OrderCycle, place: CyclePlace) -> Entry:
    return Entry(
        uid=lasting_id("purchase-order", order.id or 0),
        version=order.version + cycle.version,
        title=_("Fetch: %(what)s", what=cycle.title),
        starts_at=place.starts_at,
        minutes=int((place.ends_at - place.starts_at).total_seconds() // 60),
        zone=time_zone(),
        status=CANCELLED if cycle.state == "cancelled" or not order.goods_cents else CONFIRMED,
        words=_("Where, and all the rest, is written in Reciproca."),
        url=url_for("purchasing.show", cycle_id=cycle.id, _external=True),
    )
