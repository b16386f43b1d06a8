"""Closing: the door shuts first, by one conditional update; then the quantities are worked out.

Both may be done by a job and a button at once, and again after whatever killed either half-way: the door shuts once,
and working out does nothing where somebody else has.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import col, select

from civic_centers.purchasing.actions.holding import CYCLE, hold_alone, hold_to_keep, move
from civic_centers.purchasing.actions.summing import resum
from civic_centers.purchasing.actions.telling import note_told, tell_families, tell_keepers
from civic_centers.purchasing.actions.turning import call_off_turns
from civic_centers.purchasing.notices import CALLED_OFF, CLOSED, KEPT_OPEN, TO_DECIDE, TRIMMED
from civic_centers.purchasing.queries.single import orders_of, products_of, zone_of_clock
from civic_centers.purchasing.rules.cycles import NotNow
from civic_centers.purchasing.rules.packs import Filling, trimmed
from civic_centers.purchasing.tables import CycleProduct, LineMove, OrderCycle, OrderLine, PurchaseOrder
from civic_centers.suppliers.rules import line_cents
from community.notifications.rules import Notice
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Refused

NOBODY_ORDERED = N_("Nobody ordered anything.")
NOTHING_LEFT = N_("No pack was filled.")
BELOW_MINIMUM = N_("The least that the supplier delivers for was not reached.")
CHOICES = ("trim", "send", "leave_out")


@dataclass
class Plan:
    """What closing would make of a cycle: how much each line loses, and what still asks for somebody's decision."""

    cuts: dict[int, int] = field(default_factory=dict)
    open_packs: list[CycleProduct] = field(default_factory=list)
    undecided: list[CycleProduct] = field(default_factory=list)
    total_cents: int = 0


def shut(session: Session, actor: Actor | None, cycle_id: int) -> bool:
    """Shut the door, once; whether this call did. A job (`actor` None) shuts it only when its hour has come.

    Whoever is changing their order at this moment comes before it or is refused. Raises Missing.
    """
    if actor is not None:
        hold_to_keep(session, actor, cycle_id)
    now = clock.now()
    due = [] if actor is not None else [col(OrderCycle.closes_at) <= now]
    statement = (
        update(OrderCycle)
        .where(col(OrderCycle.id) == cycle_id, col(OrderCycle.state) == "open", *due)
        .values(state="closing", closed_at=now, version=col(OrderCycle.version) + 1, changed_at=now)
        .execution_options(synchronize_session=False)
    )
    session.flush()
    if session.exec(statement).rowcount != 1:
        return False
    cycle = hold_alone(session, cycle_id)
    audit.record(session, actor, "shut", CYCLE, cycle_id, **_whose(actor, cycle))
    return True


def close(session: Session, actor: Actor, cycle_id: int) -> str:
    """The button: shut the door and work out what can be; the state it led to. Raises Missing, NotNow."""
    if not shut(session, actor, cycle_id) and hold_alone(session, cycle_id).state != "closing":
        raise NotNow()
    return work_out(session, actor, cycle_id)


def work_out(
    session: Session,
    actor: Actor | None,
    cycle_id: int,
    choices: Mapping[int, str] | None = None,
    *,
    anyway: bool = False,
) -> str:
    """Work out a cycle whose door is shut, by the rules of its group; the state it led to.

    Where it is not being closed (any more) nothing is changed. `choices` are a person's for products whose pack stays
    open (one of CHOICES), `anyway` sends the order although it stays below the supplier's minimum.
    """
    cycle = hold_alone(session, cycle_id)
    if cycle.state != "closing":
        return cycle.state
    orders = orders_of(session, cycle_id)
    if not orders:
        return _call_off(session, actor, cycle, NOBODY_ORDERED)
    plan = plan_of(session, cycle, choices or {})
    if plan.open_packs and cycle.pack_rule == "keep_open" and _may_stay(session, cycle) and not choices and not anyway:
        return keep_open(session, actor, cycle)
    short = plan.total_cents < cycle.minimum_cents and not anyway
    if short and cycle.short_rule == "keep_open" and _may_stay(session, cycle) and choices is None:
        return keep_open(session, actor, cycle)
    if short and cycle.short_rule == "cancel":
        return _call_off(session, actor, cycle, BELOW_MINIMUM)
    if plan.undecided or (short and cycle.short_rule == "keep_open"):
        tell_keepers(session, cycle, TO_DECIDE, key=f"{cycle.id}:{cycle.closed_at}", but=actor)
        return cycle.state
    if plan.total_cents == 0:
        return _call_off(session, actor, cycle, NOTHING_LEFT)
    _confirm(session, actor, cycle, plan)
    return cycle.state


def decide(session: Session, actor: Actor, cycle_id: int, choices: Mapping[int, str], *, anyway: bool) -> str:
    """A person in charge says what becomes of open packs. Raises Missing, NotNow, Invalid."""
    cycle = hold_to_keep(session, actor, cycle_id)
    if cycle.state != "closing":
        raise NotNow()
    if any(choice not in CHOICES for choice in choices.values()):
        raise Invalid(N_("Choose what becomes of each open pack."))
    plan = plan_of(session, cycle, choices)
    if plan.undecided:
        raise Invalid(N_("Choose what becomes of each open pack."), field=f"p{plan.undecided[0].id}")
    if plan.total_cents < cycle.minimum_cents and not anyway:
        raise Invalid(
            N_("The least that the supplier delivers for is not reached: tick that it is sent all the same."),
            field="anyway",
        )
    return work_out(session, actor, cycle_id, choices, anyway=anyway)


def keep_open_by_hand(session: Session, actor: Actor, cycle_id: int) -> None:
    """Open the door again for some hours, so that families complete it. Raises Missing, NotNow, Refused."""
    cycle = hold_to_keep(session, actor, cycle_id)
    if cycle.state != "closing":
        raise NotNow()
    if cycle.kept_open >= 9:
        raise Refused(N_("It was kept open nine times already: decide what becomes of it."))
    if not _has_time(session, cycle):
        raise Refused(N_("The goods come too soon for that: decide what becomes of it."))
    keep_open(session, actor, cycle)


def keep_open(session: Session, actor: Actor | None, cycle: OrderCycle) -> str:
    """Open the door again for the hours its group chose; those who ordered are told."""
    usual = cycle.usual_closes_at or cycle.closes_at
    more = {"closes_at": _until(session, cycle), "usual_closes_at": usual, "kept_open": cycle.kept_open + 1}
    move(session, cycle, "keep_open", closed_at=None, **more)
    audit.record(session, actor, "kept_open", CYCLE, cycle.id, **_whose(actor, cycle))
    for order in orders_of(session, cycle.id or 0):
        tell_families(session, cycle, [order], KEPT_OPEN, key=f"{cycle.id}:{cycle.kept_open}", but=actor)
    return cycle.state


def plan_of(session: Session, cycle: OrderCycle, choices: Mapping[int, str]) -> Plan:
    """What closing would make of a cycle now, by its rules and somebody's choices."""
    plan = Plan()
    moves = _moves(session, cycle)
    for product in products_of(session, cycle.id or 0):
        filling = Filling(product.ordered, product.pack, product.group_least)
        if not filling.missing:
            continue
        plan.open_packs.append(product)
        way = choices.get(product.id or 0) or ("send" if product.pack_kept else _usual_way(cycle))
        if way == "":
            plan.undecided.append(product)
        elif way == "leave_out":
            plan.cuts |= _all_of(moves.get(product.id or 0, []))
        elif way == "trim":
            plan.cuts |= trimmed(moves.get(product.id or 0, []), filling, product.step, product.least)
    plan.total_cents = _total(session, cycle, plan.cuts)
    return plan


def _usual_way(cycle: OrderCycle) -> str:
    return {"trim": "trim", "keep_open": "trim", "send": "send"}.get(cycle.pack_rule, "")


def _may_stay(session: Session, cycle: OrderCycle) -> bool:
    return cycle.kept_open < cycle.keep_open_most and _has_time(session, cycle)


def _until(session: Session, cycle: OrderCycle) -> datetime:
    """Until when it stays open: never into the day on which the goods come.

    Counted from the hour it should have closed, but for who works it out much later: families have time again.
    """
    hours = timedelta(hours=cycle.keep_open_hours)
    latest = clock.start_of_day(cycle.delivery_on, zone_of_clock(session, cycle))
    return min(max(cycle.closes_at + hours, clock.now() + hours / 2), latest)


def _has_time(session: Session, cycle: OrderCycle) -> bool:
    """Whether keeping it open gives anybody an hour."""
    return _until(session, cycle) >= clock.now() + timedelta(hours=1)


def _all_of(moves: Sequence[tuple[int, int]]) -> dict[int, int]:
    whole: dict[int, int] = {}
    for line, delta in moves:
        whole[line] = whole.get(line, 0) + delta
    return {line: amount for line, amount in whole.items() if amount}


def _moves(session: Session, cycle: OrderCycle) -> dict[int, list[tuple[int, int]]]:
    """By product: (line, delta) in the order they were made, of what was asked for."""
    statement = (
        select(col(OrderLine.product_id), col(LineMove.line_id), col(LineMove.delta))
        .join(OrderLine, col(OrderLine.id) == col(LineMove.line_id))
        .join(CycleProduct, col(CycleProduct.id) == col(OrderLine.product_id))
        .where(col(CycleProduct.cycle_id) == cycle.id)
        .order_by(col(LineMove.id))
    )
    found: dict[int, list[tuple[int, int]]] = {}
    for product_id, line_id, delta in session.execute(statement):
        found.setdefault(product_id, []).append((line_id, delta))
    return found


def _total(session: Session, cycle: OrderCycle, cuts: Mapping[int, int]) -> int:
    statement = (
        select(col(OrderLine.id), col(OrderLine.ordered), col(CycleProduct.price))
        .join(CycleProduct, col(CycleProduct.id) == col(OrderLine.product_id))
        .where(col(CycleProduct.cycle_id) == cycle.id, col(OrderLine.ordered) > 0)
    )
    return sum(
        line_cents(price, max(ordered - cuts.get(line_id or 0, 0), 0))
        for line_id, ordered, price in session.execute(statement)
    )


def _confirm(session: Session, actor: Actor | None, cycle: OrderCycle, plan: Plan) -> None:
    """Write down what goes to the supplier, and tell everybody; those who lost something, what."""
    of_cycle = select(col(CycleProduct.id)).where(col(CycleProduct.cycle_id) == cycle.id)
    session.exec(
        update(OrderLine)
        .where(col(OrderLine.product_id).in_(of_cycle))
        .values(confirmed=col(OrderLine.ordered))
        .execution_options(synchronize_session=False)
    )
    session.expire_all()
    touched = set()
    for line in session.exec(select(OrderLine).where(col(OrderLine.id).in_(plan.cuts)).order_by(col(OrderLine.id))):
        cut = plan.cuts[line.id or 0]
        line.confirmed = line.ordered - cut
        touched.add(line.order_id)
        session.add(line)
        session.add(LineMove(community_id=line.community_id, line_id=line.id or 0, kind="trimmed", delta=-cut))
    move(session, cycle, "close")
    audit.record(session, actor, "closed", CYCLE, cycle.id, trimmed=len(plan.cuts), **_whose(actor, cycle))
    resum(session, actor, cycle, tell_all=True)
    orders = orders_of(session, cycle.id or 0)
    note_told(session, orders)
    _tell_closed(session, cycle, [one for one in orders if one.id in touched], TRIMMED, actor)
    _tell_closed(session, cycle, [one for one in orders if one.id not in touched], CLOSED, actor)


def _tell_closed(
    session: Session, cycle: OrderCycle, orders: Sequence[PurchaseOrder], notice: Notice, actor: Actor | None
) -> None:
    for order in orders:
        tell_families(session, cycle, [order], notice, key=f"{cycle.id}:{order.id}", but=actor)


def _call_off(session: Session, actor: Actor | None, cycle: OrderCycle, reason: str) -> str:
    orders = orders_of(session, cycle.id or 0)
    now = clock.now()
    move(session, cycle, "cancel", reason=reason, ended_at=now)
    audit.record(session, actor, "cancelled", CYCLE, cycle.id, **_whose(actor, cycle))
    call_off_turns(session, actor, cycle.id or 0, reason)
    tell_families(session, cycle, orders, CALLED_OFF, key=str(cycle.id), but=actor)
    tell_keepers(session, cycle, CALLED_OFF, key=str(cycle.id), but=actor)
    return cycle.state


def _whose(actor: Actor | None, cycle: OrderCycle) -> dict[str, int]:
    return {"community_id": cycle.community_id} if actor is None else {}
