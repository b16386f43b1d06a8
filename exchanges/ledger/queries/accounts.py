"""Accounts: whose they are, how they stand, and the limits in force for them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy
from sqlmodel import col, select

from community.communities.queries import in_force, rules_in_force
from community.communities.tables import CommunityRules
from community.parties.tables import Party
from exchanges.ledger.rules import FUND_FLOOR, available, needs_warning, overflow
from exchanges.ledger.tables import Account
from foundation.database import Session
from foundation.errors import Missing


@dataclass(frozen=True, slots=True)
class AccountState:
    """An account as it stands, with the limits in force for it, in minutes."""

    id: int
    kind: str
    party_id: int | None
    balance: int
    reserved: int
    sequence: int
    floor: int
    soft_floor: int
    ceiling: int | None
    """None for the community fund and the issue account, which may hold any number of hours."""

    @property
    def available(self) -> int:
        """How much it can still receive."""
        return available(self.balance, self.reserved, self.floor)

    @property
    def warned(self) -> bool:
        """Whether it has passed its soft floor."""
        return self.kind == "party" and needs_warning(self.balance, self.reserved, self.soft_floor)

    def would_overflow(self, minutes: int) -> int:
        """How many of `minutes` given now would pass the ceiling and go to the community fund.

        For saying it beforehand: it is computed again, under lock, when the exchange is settled.
        """
        return 0 if self.ceiling is None else overflow(self.balance, minutes, self.ceiling)


class CommonLimits(NamedTuple):
    """What the rules of a community say of every account, in minutes."""

    floor_minutes: int
    soft_floor_minutes: int
    ceiling_minutes: int


ACCOUNT_FIGURES = sqlalchemy.select(
    col(Account.id),
    col(Account.kind),
    col(Account.party_id),
    col(Account.balance),
    col(Account.reserved),
    col(Account.sequence),
    col(Account.floor_minutes),
    col(Account.soft_floor_minutes),
    col(Account.ceiling_minutes),
)
"""The columns of an account's state. Never as mapped objects: these figures move under the mapper's feet."""


def state_of(figures: Sequence[Any], rules: CommonLimits) -> AccountState:
    """The state in a row of ACCOUNT_FIGURES, under the community's rules."""
    account_id, kind, party_id, balance, reserved, sequence, floor, soft_floor, ceiling = figures
    if kind == "party":
        floor = rules.floor_minutes if floor is None else floor
        soft_floor = rules.soft_floor_minutes if soft_floor is None else soft_floor
        ceiling = rules.ceiling_minutes if ceiling is None else ceiling
    else:
        floor = FUND_FLOOR if floor is None else floor
        soft_floor = floor if soft_floor is None else soft_floor
    return AccountState(account_id, kind, party_id, balance, reserved, sequence, floor, soft_floor, ceiling)


def account_ids(session: Session, party_ids: Iterable[int]) -> dict[int, int]:
    """The accounts of parties, by party; those that have none yet are left out."""
    statement = select(Account.party_id, Account.id).where(col(Account.party_id).in_(list(party_ids)))
    return {party: account for party, account in session.exec(statement) if party is not None and account is not None}


def accounts_of(session: Session, party_ids: Iterable[int]) -> dict[int, AccountState]:
    """How the accounts of parties stand, by party; an empty one, with id 0, where none was opened yet.

    Raises Missing.
    """
    wanted = set(party_ids)
    if not wanted:
        return {}
    statement = (
        ACCOUNT_FIGURES.add_columns(
            col(CommunityRules.floor_minutes),
            col(CommunityRules.soft_floor_minutes),
            col(CommunityRules.ceiling_minutes),
        )
        .join(CommunityRules, in_force(col(Account.community_id)))
        .where(col(Account.party_id).in_(sorted(wanted)))
    )
    found = {row.party_id: state_of(row[:9], CommonLimits(*row[9:])) for row in session.execute(statement)}
    return found | {party_id: _unopened(session, party_id) for party_id in sorted(wanted - found.keys())}


def account_of(session: Session, party_id: int) -> AccountState:
    """How a party's account stands; an empty one, with id 0, where none was opened yet. Raises Missing."""
    return accounts_of(session, (party_id,))[party_id]


def _unopened(session: Session, party_id: int) -> AccountState:
    party = session.get(Party, party_id)
    if party is None:
        raise Missing()
    rules = rules_in_force(session, party.community_id)
    if party.kind == "fund":
        return AccountState(0, "fund", party_id, 0, 0, 0, FUND_FLOOR, FUND_FLOOR, None)
    limits = (rules.floor_minutes, rules.soft_floor_minutes, rules.ceiling_minutes)
    return AccountState(0, "party", party_id, 0, 0, 0, *limits)


def party_names(session: Session, party_ids: Iterable[int]) -> dict[int, str]:
    """The names of parties, by id."""
    statement = select(Party.id, Party.name).where(col(Party.id).in_(list(party_ids)))
    return {party_id: name for party_id, name in session.exec(statement) if party_id is not None}
