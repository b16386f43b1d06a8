"""Plenty of euro: cycles of many families, with payments, receipts, gifts and requests."""

import secrets
from datetime import date, timedelta
from typing import Any

from sqlmodel import col, select

from civic_centers.purchasing.queries.bills import bills_of
from civic_centers.purchasing.tables import CycleKeeper, CyclePlace, OrderCycle, PurchaseOrder
from civic_centers.reckoning import actions
from civic_centers.reckoning.actions import Ask
from civic_centers.reckoning.feature import order_sums_changed
from civic_centers.suppliers.tables import Supplier
from foundation import clock
from foundation.database import Session
from tests.cast import Cast, Member


def charged_cycle(session: Session, cast: Cast, members: list[Member], cents: int = 2000) -> int:
    """A closed cycle of the zone of Anna that Bashir keeps, with what each of them ordered written down."""
    here, now = cast.community.id, clock.now()
    supplier = Supplier(community_id=here, zone_id=cast.zones["centro"].id, name=f"Mulino {secrets.token_hex(4)}")
    session.add(supplier)
    session.flush()
    cycle = OrderCycle(
        community_id=here, zone_id=cast.zones["centro"].id, supplier_id=supplier.id, title="Farina insieme",
        opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=1), delivery_on=date(2027, 2, 1),
        state="closed",
    )  # fmt: skip
    session.add(cycle)
    session.flush()
    session.add(CycleKeeper(cycle_id=cycle.id, person_id=cast.bashir.id))
    place = CyclePlace(
        community_id=here, cycle_id=cycle.id, name="Oratorio", starts_at=now, ends_at=now + timedelta(hours=2)
    )
    session.add(place)
    session.flush()
    for member in members:
        order = {"party_id": member.party.id, "placed_by_id": member.id, "goods_cents": cents}
        session.add(PurchaseOrder(community_id=here, cycle_id=cycle.id, place_id=place.id, **order))
    session.flush()
    order_sums_changed(session, None, cycle, bills_of(session, cycle))
    return cycle.id


def reckoning_of(session: Session, cast: Cast) -> dict[str, int]:
    """Of everything one, for the addresses: Anna paid a part with a receipt, and asks for a share of the rest."""
    maker = cast.maker.actor
    till_id = charged_cycle(session, cast, [cast.anna, cast.bashir, cast.chiara])
    paid = actions.record_payment(session, maker, till_id, cast.anna.party.id, 500, "cash")
    out = actions.pay_out(session, maker, till_id, "cost", 100, "cash", "Furgone")
    asked = actions.ask_quota(session, cast.anna.actor, Ask(1000))
    opening = actions.open_with(session, maker, cast.anna.party.id, "debt", 100, date(2025, 12, 31), "Quaderno")
    return {
        "opening_id": opening.id or 0,
        "till_id": till_id,
        "family_id": cast.anna.party.id,
        "share_id": asked.id or 0,
        "out_id": out.id or 0,
        "receipt_year": paid.receipt_year or 0,
        "receipt_number": paid.receipt_number or 0,
    }


class ReckoningLots:
    """Lots of it, in the town where everything is asked."""

    database: Any
    cast: Cast
    ids: dict[str, int]

    def _reckon(self, newcomer: Member) -> None:
        """One more family in the first cycle, one more cycle of Anna, one more movement of each kind."""
        cast = self.cast
        with self.database.writing() as session:
            maker, everybody = cast.maker.actor, [cast.anna, cast.bashir, newcomer]
            till_id = charged_cycle(session, cast, everybody)
            paid = actions.record_payment(session, maker, till_id, cast.anna.party.id, 3000, "cash", gift=100)
            out = actions.pay_out(session, maker, till_id, "cost", 100, "cash", "Furgone")
            actions.give_to_quota(session, maker, "transfer", 500, "Un negozio")
            asked = actions.ask_quota(session, newcomer.actor, Ask(1000))
            whose = newcomer if "opening" in self.ids else cast.anna
            brought = (whose.party.id, "favour", 100, date(2025, 12, 31), "Quaderno")
            opening = actions.open_with(session, maker, *brought)
            found = {
                "opening": opening.id or 0,
                "till": till_id, "family": cast.anna.party.id, "asked": asked.id or 0, "out_entry": out.id or 0,
                "receipt_number": paid.receipt_number or 0, "receipt_year": paid.receipt_year or 0,
            }  # fmt: skip
            if "till" in self.ids:
                self._one_more(session, newcomer)
        for name, number in found.items():
            self.ids.setdefault(name, number)

    def _one_more(self, session: Session, newcomer: Member) -> None:
        """Another family orders in the first cycle too, and something more is paid out for it."""
        cycle = session.get_one(OrderCycle, self.ids["till"])
        place_id = session.scalars(select(col(CyclePlace.id)).where(col(CyclePlace.cycle_id) == cycle.id)).one()
        order = {"party_id": newcomer.party.id, "placed_by_id": newcomer.id, "goods_cents": 700}
        session.add(PurchaseOrder(community_id=cycle.community_id, cycle_id=cycle.id, place_id=place_id, **order))
        session.flush()
        order_sums_changed(session, None, cycle, bills_of(session, cycle))
        actions.pay_out(session, self.cast.maker.actor, self.ids["till"], "supplier", 100, "cash", "Fattura")
