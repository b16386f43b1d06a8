"""Balances: always the sum of what came, less what went. None is written down anywhere."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from civic_centers.reckoning.rules import CHARGES, PARTY, open_by_cycle, owed
from civic_centers.reckoning.tables import Purse, PurseEntry
from foundation.database import Session


def balance_column() -> ColumnElement[int]:
    """The balance of the Purse of a statement, in euro cents."""
    came, went = aliased(PurseEntry), aliased(PurseEntry)
    plus = select(func.coalesce(func.sum(col(came.cents)), 0)).where(col(came.to_purse_id) == col(Purse.id))
    minus = select(func.coalesce(func.sum(col(went.cents)), 0)).where(col(went.from_purse_id) == col(Purse.id))
    return plus.correlate(Purse).scalar_subquery() - minus.correlate(Purse).scalar_subquery()


def balance_of(session: Session, purse: Purse) -> int:
    """The balance of one purse, in euro cents. Who decides by it has held the purse."""
    return int(session.scalar(select(balance_column()).select_from(Purse).where(col(Purse.id) == purse.id)) or 0)


def balances_of(session: Session, party_ids: Collection[int]) -> dict[int, int]:
    """The balance of each of these families that has a purse."""
    statement = select(col(Purse.party_id), balance_column()).where(col(Purse.party_id).in_(party_ids))
    return {party_id: int(cents) for party_id, cents in session.execute(statement) if party_id is not None}


def balance_of_kind(session: Session, community_id: int, kind: str) -> int:
    """The balance of a purse that a community has one of: the group, the quota, cash."""
    statement = select(balance_column()).select_from(Purse)
    found = session.scalar(statement.where(col(Purse.community_id) == community_id, col(Purse.kind) == kind))
    return int(found or 0)


def now_of(purse: type[Purse] = Purse) -> ColumnElement[int]:
    """Whose a purse of a family is now: the household's that it went over to."""
    return func.coalesce(col(purse.heir_party_id), col(purse.party_id))


def charges_of(session: Session, party_ids: Collection[int]) -> dict[int, list[tuple[int, int]]]:
    """What each family was asked for, by cycle, the newest first: (cycle, cents). What it took over is counted too."""
    sign = case((col(PurseEntry.from_purse_id) == col(Purse.id), col(PurseEntry.cents)), else_=-col(PurseEntry.cents))
    theirs = or_(col(PurseEntry.from_purse_id) == col(Purse.id), col(PurseEntry.to_purse_id) == col(Purse.id))
    mine = or_(col(Purse.party_id).in_(party_ids), col(Purse.heir_party_id).in_(party_ids))
    statement = (
        select(now_of(), col(PurseEntry.cycle_id), func.sum(sign))
        .select_from(Purse)
        .join(PurseEntry, theirs)
        .where(mine, col(Purse.kind) == PARTY, col(PurseEntry.kind).in_(CHARGES))
        .group_by(now_of(), col(PurseEntry.cycle_id))
        .order_by(col(PurseEntry.cycle_id).desc())
    )
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for party_id, cycle_id, cents in session.execute(statement):
        found[party_id].append((cycle_id, int(cents)))
    return found


@dataclass(frozen=True)
class Standing:
    """How a family stands: `balance` above zero is in its favour; what is open, by cycle, the newest first."""

    balance: int
    charges: list[tuple[int, int]]

    @property
    def owed(self) -> int:
        return owed(self.balance)

    @property
    def favour(self) -> int:
        return max(0, self.balance)

    @property
    def open(self) -> dict[int, int]:
        return open_by_cycle(self.balance, self.charges)

    def charged(self, cycle_id: int) -> int:
        return dict(self.charges).get(cycle_id, 0)


def standings_of(session: Session, party_ids: Collection[int]) -> dict[int, Standing]:
    """How each of these families stands, in two questions."""
    balances, charges = balances_of(session, party_ids), charges_of(session, party_ids)
    return {party_id: Standing(balances.get(party_id, 0), charges.get(party_id, [])) for party_id in party_ids}


def standing_of(session: Session, party_id: int) -> Standing:
    """The same of one."""
    return standings_of(session, [party_id])[party_id]
