"""What is kept of who ordered what, and of who was in charge."""

from collections.abc import Iterator
from datetime import timedelta

from sqlmodel import col, select

from civic_centers.purchasing.tables import CycleKeeper, ExtraCost, OrderCycle, OrderLine, PurchaseOrder
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_naming, rows_of
from foundation.personal.keeping import Cutoff, Gone, Retention, let_go_of
from foundation.personal.kinds import Row

KIND = "purchase_orders"
TWO_YEARS = timedelta(days=730)


def _orders(session: Session, whose: Whose) -> Iterator[Row]:
    mine = (col(PurchaseOrder.community_id) == whose.community_id, col(PurchaseOrder.party_id).in_(whose.party_ids))
    yield from rows_of(session, PurchaseOrder, *mine, without=("placed_by_id",))
    own = select(col(PurchaseOrder.id)).where(*mine)
    yield from rows_of(session, OrderLine, col(OrderLine.order_id).in_(own))


def _in_charge(session: Session, whose: Whose) -> Iterator[Row]:
    here = select(col(OrderCycle.id)).where(col(OrderCycle.community_id) == whose.community_id)
    mine = (col(CycleKeeper.cycle_id).in_(here), col(CycleKeeper.person_id) == whose.person_id)
    yield from rows_of(session, CycleKeeper, *mine)


def _made(session: Session, whose: Whose) -> Iterator[Row]:
    yield from rows_naming(session, whose, OrderCycle, OrderCycle.created_by_id)
    yield from rows_naming(session, whose, ExtraCost, ExtraCost.added_by_id)


def _clear(session: Session, cutoff: Cutoff, limit: int) -> Gone:
    """Two years after the cycle ended: what was bought stays as a number."""
    ended = select(col(OrderCycle.ended_at)).where(col(OrderCycle.id) == col(PurchaseOrder.cycle_id))
    community_id = col(PurchaseOrder.community_id)
    somebody = col(PurchaseOrder.party_id).is_not(None) | col(PurchaseOrder.placed_by_id).is_not(None)
    due = cutoff.passed(ended.scalar_subquery(), community_id) & somebody
    nobody = {"party_id": None, "placed_by_id": None, "for_friend": "", "reason": ""}
    return let_go_of(session, PurchaseOrder, due, limit, community_id=community_id, blank=nobody)


PERSONAL = (
    PersonalData(
        kind=KIND,
        words=N_("What your household ordered together with others, for itself and for friends"),
        purpose=N_("So that you get and pay what you ordered"),
        basis="agreement",
        keeping=N_("Two years after the order ended; then without your name"),
        rows=_orders,
        tables=(PurchaseOrder, OrderLine),
    ),
    PersonalData(
        kind="orders_in_charge",
        words=N_("Shared orders you are in charge of"),
        purpose=N_("So that families know whom to ask, and you are told"),
        basis="agreement",
        keeping=N_("Until another is named, or you leave"),
        rows=_in_charge,
        tables=(CycleKeeper,),
    ),
    PersonalData(
        kind="orders_planned",
        words=N_("Shared orders you planned, and costs you wrote down in them"),
        purpose=N_("So that it is clear who decided what"),
        basis="interest",
        keeping=N_("As long as the community keeps its records"),
        bound="records",
        rows=_made,
        tables=(OrderCycle, ExtraCost),
    ),
)
RETENTIONS = (
    Retention(
        name="purchasing.orders",
        words=N_("Who ordered what in a shared order"),
        after=TWO_YEARS,
        clear=_clear,
        kind=KIND,
    ),
)
