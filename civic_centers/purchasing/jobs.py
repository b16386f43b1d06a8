"""What happens by itself with cycles. The door shuts in one run and the quantities are worked out in the next."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from civic_centers.purchasing.actions.closing import shut, work_out
from civic_centers.purchasing.actions.making import open_cycle
from civic_centers.purchasing.actions.moving_on import remind
from civic_centers.purchasing.actions.pricing import note_prices
from civic_centers.purchasing.actions.repeating import make_next
from civic_centers.purchasing.actions.stocking import hold_stock
from civic_centers.purchasing.queries.due import to_open, to_price, to_remind, to_repeat, to_shut, to_work_out
from civic_centers.purchasing.tables import OrderCycle
from foundation import clock
from foundation.database import Session
from foundation.jobs import Job, enqueue, enqueue_each, of_one

OPEN, SHUT, WORK_OUT = "purchasing.open", "purchasing.shut", "purchasing.work_out"
REMIND, PRICE, REPEAT = "purchasing.remind", "purchasing.price", "purchasing.repeat"
CYCLE, RHYTHM = "cycle_id", "rhythm_id"
EVERY = timedelta(minutes=2)


def look_for_cycles(session: Session, _payload: Mapping[str, Any]) -> None:
    """Queue one run for each cycle or rhythm where something is due."""
    enqueue_each(session, OPEN, CYCLE, to_open(session))
    enqueue_each(session, SHUT, CYCLE, to_shut(session))
    enqueue_each(session, WORK_OUT, CYCLE, to_work_out(session))
    enqueue_each(session, REMIND, CYCLE, to_remind(session))
    enqueue_each(session, PRICE, CYCLE, to_price(session))
    enqueue_each(session, REPEAT, RHYTHM, to_repeat(session))


def run_open(session: Session, cycle_id: int) -> None:
    """Open a cycle."""
    open_cycle(session, None, cycle_id)


def run_shut(session: Session, cycle_id: int) -> None:
    """Shut the door, and have the rest worked out at once."""
    if shut(session, None, cycle_id):
        enqueue(session, WORK_OUT, {CYCLE: cycle_id}, key=f"{cycle_id}:{clock.now().isoformat()}")


def run_price(session: Session, cycle_id: int) -> None:
    """Look at the prices; and what other cycles called off or gave back of the stock is there for this one again."""
    note_prices(session, cycle_id)
    cycle = session.get_one(OrderCycle, cycle_id)
    hold_stock(session, cycle.supplier_id)


def run_work_out(session: Session, cycle_id: int) -> None:
    """Work out what can be; what a person in charge decides waits for them."""
    work_out(session, None, cycle_id)


JOBS = (
    Job("purchasing.look", look_for_cycles, EVERY, "Look for shared orders that open, close or come again"),
    Job(OPEN, of_one(run_open, CYCLE), words="Open a shared order"),
    Job(SHUT, of_one(run_shut, CYCLE), words="Shut the door of a shared order"),
    Job(WORK_OUT, of_one(run_work_out, CYCLE), words="Work out the quantities of a shared order"),
    Job(REMIND, of_one(remind, CYCLE), words="Tell who has not ordered that it closes soon"),
    Job(PRICE, of_one(run_price, CYCLE), words="Look whether a supplier changed its prices"),
    Job(REPEAT, of_one(make_next, RHYTHM), words="Make the next shared order of a rhythm"),
)
