"""The till of a cycle: who has paid and who not, what came and went, and what is left over."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from civic_centers.purchasing.policies import keeps_cycle
from civic_centers.purchasing.queries.bills import bills_of
from civic_centers.purchasing.tables import OrderCycle
from civic_centers.reckoning.policies import must_keep
from civic_centers.reckoning.queries.balances import Standing, balance_column, now_of, standing_of, standings_of
from civic_centers.reckoning.queries.openings import brought_along
from civic_centers.reckoning.rules import CHARGES, CYCLE, PARTY, WAYS
from civic_centers.reckoning.tables import Purse, PurseEntry, PurseWords
from civic_centers.suppliers.tables import Supplier
from community.parties.tables import Party
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing

LATEST = 50


@dataclass(frozen=True)
class Family:
    """How a family stands in a cycle: nothing says in which way it paid, or who did."""

    party_id: int
    name: str
    charged: int
    open: int


@dataclass(frozen=True)
class Out:
    """What was paid out for a cycle."""

    id: int
    at: datetime
    kind: str
    cents: int
    words: str
    undone: bool


@dataclass(frozen=True)
class Till:
    """The accounts of a cycle, in euro cents."""

    cycle: OrderCycle
    supplier: str
    families: list[Family]
    goods: int
    extra: int
    charged: int
    outs: list[Out]
    left_over: int
    """What families were asked for, less what was paid out; what is already the group's is not in it."""
    closed_at: datetime | None
    cash: int | None
    """What lay in the cash box of the whole group when the accounts were closed; None before: while families pay,
    a sum that grows with each of them would say who did not pay by themselves."""

    @property
    def open(self) -> int:
        return sum(family.open for family in self.families)

    @property
    def paid(self) -> int:
        return self.charged - self.open

    @property
    def paid_supplier(self) -> int:
        return sum(out.cents for out in self.outs if out.kind == "supplier" and not out.undone)


@dataclass(frozen=True)
class KeptCycle:
    """A cycle in the list of who keeps its till."""

    id: int
    title: str
    supplier: str
    delivery_on: object
    charged: int
    closed: bool


def cycles_kept(session: Session, actor: Actor, limit: int = LATEST) -> list[KeptCycle]:
    """The cycles of which something was asked and whose till the actor keeps, the newest first."""
    source = aliased(Purse)
    charged = (
        select(col(PurseEntry.id))
        .join(source, col(source.id) == col(PurseEntry.from_purse_id))
        .where(col(PurseEntry.cycle_id) == col(OrderCycle.id), col(PurseEntry.kind).in_(CHARGES))
        .correlate(OrderCycle)
        .exists()
    )
    statement = (
        select(OrderCycle, col(Supplier.name), col(Purse.closed_at))
        .join(Supplier, col(Supplier.id) == col(OrderCycle.supplier_id))
        .outerjoin(Purse, col(Purse.cycle_id) == col(OrderCycle.id))
        .where(keeps_cycle(actor), charged)
        .order_by(col(OrderCycle.id).desc())
        .limit(limit)
    )
    found = session.execute(statement).all()
    sums = _charged(session, [cycle.id or 0 for cycle, _name, _closed in found])
    return [
        KeptCycle(cycle.id or 0, cycle.title, name, cycle.delivery_on, sums.get(cycle.id or 0, 0), closed is not None)
        for cycle, name, closed in found
    ]


def keeps_a_till(session: Session, actor: Actor) -> bool:
    """Whether the actor keeps any cycle at all."""
    return session.scalars(select(col(OrderCycle.id)).where(keeps_cycle(actor)).limit(1)).first() is not None


def till_of(session: Session, actor: Actor, cycle_id: int) -> Till:
    """The accounts of a cycle. Raises Missing for who does not keep it."""
    cycle = must_keep(session, actor, cycle_id)
    bills = bills_of(session, cycle)
    purse = session.exec(select(Purse).where(col(Purse.kind) == CYCLE, col(Purse.cycle_id) == cycle_id)).one_or_none()
    left = select(balance_column()).select_from(Purse).where(col(Purse.cycle_id) == cycle_id)
    supplier = session.get_one(Supplier, cycle.supplier_id)
    closed_at = purse.closed_at if purse is not None else None
    return Till(
        cycle=cycle,
        supplier=supplier.name,
        families=_families(session, cycle_id),
        goods=sum(bill.goods_cents for bill in bills),
        extra=sum(bill.extra_cents for bill in bills),
        charged=_charged(session, [cycle_id]).get(cycle_id, 0),
        outs=_outs(session, cycle_id),
        left_over=int(session.scalar(left) or 0),
        closed_at=closed_at,
        cash=_in_hand(session, actor.community_id, closed_at) if closed_at is not None else None,
    )


def family_of(session: Session, actor: Actor, cycle_id: int, party_id: int) -> tuple[OrderCycle, Party, Standing]:
    """A family in a cycle, for who keeps its till. Raises Missing."""
    cycle = must_keep(session, actor, cycle_id)
    standing = standing_of(session, party_id)
    party = session.get(Party, party_id)
    if party is None or not (cycle_id in standing.open or brought_along(session, actor, party_id)):
        raise Missing()
    return cycle, party, standing


def _families(session: Session, cycle_id: int) -> list[Family]:
    purses = aliased(Purse)
    of_cycle = (
        select(now_of(purses))
        .join(PurseEntry, col(purses.id).in_((col(PurseEntry.from_purse_id), col(PurseEntry.to_purse_id))))
        .where(col(PurseEntry.cycle_id) == cycle_id, col(PurseEntry.kind).in_(CHARGES), col(purses.kind) == PARTY)
    )
    parties = session.exec(select(Party).where(col(Party.id).in_(of_cycle)).order_by(col(Party.name), col(Party.id)))
    names = {party.id or 0: party.name for party in parties}
    standings = standings_of(session, list(names))
    return [
        Family(party_id, name, standings[party_id].charged(cycle_id), standings[party_id].open.get(cycle_id, 0))
        for party_id, name in names.items()
    ]


def _charged(session: Session, cycle_ids: list[int]) -> dict[int, int]:
    """What the families of each cycle were asked for."""
    found: dict[int, int] = dict.fromkeys(cycle_ids, 0)
    for side, sign in ((PurseEntry.from_purse_id, 1), (PurseEntry.to_purse_id, -1)):
        statement = (
            select(col(PurseEntry.cycle_id), func.sum(col(PurseEntry.cents)))
            .join(Purse, col(Purse.id) == col(side))
            .where(col(PurseEntry.cycle_id).in_(cycle_ids), col(PurseEntry.kind).in_(CHARGES), col(Purse.kind) == PARTY)
            .group_by(col(PurseEntry.cycle_id))
        )
        for cycle_id, cents in session.execute(statement):
            found[cycle_id or 0] += sign * int(cents)
    return found


def _outs(session: Session, cycle_id: int) -> list[Out]:
    back = aliased(PurseEntry)
    undone = select(col(back.id)).where(col(back.reverses_id) == col(PurseEntry.id)).correlate(PurseEntry).exists()
    statement = (
        select(PurseEntry, PurseWords, undone)
        .outerjoin(PurseWords, col(PurseWords.entry_id) == col(PurseEntry.id))
        .where(col(PurseEntry.cycle_id) == cycle_id, col(PurseEntry.kind).in_(("supplier", "cost")))
        .order_by(col(PurseEntry.id))
    )
    return [
        Out(entry.id or 0, entry.at, entry.kind, entry.cents, words.words if words else "", bool(gone))
        for entry, words, gone in session.execute(statement)
    ]


def out_of(session: Session, actor: Actor, cycle_id: int, entry_id: int) -> Out:
    """One of them, for who keeps the till. Raises Missing."""
    must_keep(session, actor, cycle_id)
    found = next((out for out in _outs(session, cycle_id) if out.id == entry_id), None)
    if found is None or found.undone:
        raise Missing()
    return found


def _in_hand(session: Session, community_id: int, moment: datetime) -> int:
    """What lay in the cash box at a moment: its purse stood below zero by just that."""
    cash = select(col(Purse.id)).where(col(Purse.community_id) == community_id, col(Purse.kind) == WAYS[0])
    found = 0
    for side, sign in ((PurseEntry.from_purse_id, 1), (PurseEntry.to_purse_id, -1)):
        moved = select(func.sum(col(PurseEntry.cents))).where(col(side).in_(cash), col(PurseEntry.at) <= moment)
        found += sign * int(session.scalar(moved) or 0)
    return found
