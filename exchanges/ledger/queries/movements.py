"""All movements of a community, for the makers' monthly review."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from community.members.tables import Person
from community.parties.tables import Party
from exchanges.ledger.policies import REVERSE, may_in_zone, own_parties
from exchanges.ledger.tables import Account, Entry, Transfer
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing

PAGE = 50


@dataclass(frozen=True, slots=True)
class MovementsWish:
    """Which transfers of a community: from `since` up to before `until`, of a kind, touching a zone or a party."""

    since: datetime
    until: datetime
    kind: str = ""
    zone_id: int | None = None
    party_id: int | None = None
    before: tuple[datetime, int] | None = None
    """The moment and id of the last transfer seen."""


@dataclass(frozen=True, slots=True)
class Side:
    """One entry of a transfer. `party_id` is None for the issue account."""

    name: str
    party_id: int | None
    kind: str
    minutes: int


@dataclass(frozen=True, slots=True)
class CommunityMovement:
    """One transfer: who gave (minutes above zero) and who received (below zero), why, and who recorded it."""

    id: int
    at: datetime
    kind: str
    memo: str
    recorded_by: str
    reverses_id: int | None
    undone: bool
    sides: tuple[Side, ...]

    @property
    def minutes(self) -> int:
        """How much moved."""
        return sum(side.minutes for side in self.sides if side.minutes > 0)


def movements_of(
    session: Session, community_id: int, wish: MovementsWish, limit: int = PAGE
) -> list[CommunityMovement]:
    """The newest transfers that the wish asks for, one more than `limit` when there are more."""
    return _read(session, _wished(community_id, wish).limit(limit + 1))


def movement_of(session: Session, community_id: int, transfer_id: int) -> CommunityMovement:
    """One transfer of a community. Raises Missing."""
    found = _read(session, _transfers(community_id).where(col(Transfer.id) == transfer_id))
    if not found:
        raise Missing()
    return found[0]


def all_movements(session: Session, community_id: int, wish: MovementsWish) -> Iterator[CommunityMovement]:
    """Every transfer that the wish asks for, newest first, a page at a time."""
    before = wish.before
    while True:
        asked = MovementsWish(wish.since, wish.until, wish.kind, wish.zone_id, wish.party_id, before)
        found = movements_of(session, community_id, asked, 500)
        yield from found[:500]
        if len(found) <= 500:
            return
        before = (found[499].at, found[499].id)


def to_undo(session: Session, actor: Actor, movements: Sequence[CommunityMovement]) -> set[int]:
    """Which of these the actor may undo: those that reach their zones, and are not hours of their own."""
    ids = {side.party_id for movement in movements for side in movement.sides if side.party_id is not None}
    parties = session.scalars(select(Party).where(col(Party.id).in_(ids)))
    near = {party.id for party in parties if may_in_zone(actor, REVERSE, party)}
    own = own_parties(actor)
    return {
        movement.id
        for movement in movements
        if movement.reverses_id is None
        and any(side.party_id in near for side in movement.sides)
        and not any(side.party_id in own for side in movement.sides)
    }


def _read(session: Session, statement: Select[*tuple[Any, ...]]) -> list[CommunityMovement]:
    rows = session.execute(statement).all()
    sides = _sides(session, [row[0] for row in rows])
    return [
        CommunityMovement(
            id=transfer_id,
            at=at,
            kind=kind,
            memo=memo,
            recorded_by=f"{given_name or ''} {family_name or ''}".strip(),
            reverses_id=reverses_id,
            undone=undone is not None,
            sides=tuple(sides[transfer_id]),
        )
        for transfer_id, at, kind, memo, reverses_id, given_name, family_name, undone in rows
    ]


def _transfers(community_id: int) -> Select[*tuple[Any, ...]]:
    undoing = aliased(Transfer)
    return (
        select(
            col(Transfer.id),
            col(Transfer.at),
            col(Transfer.kind),
            col(Transfer.memo),
            col(Transfer.reverses_id),
            col(Person.given_name),
            col(Person.family_name),
            col(undoing.id),
        )
        .select_from(Transfer)
        .outerjoin(Person, col(Person.id) == col(Transfer.recorded_by_id))
        .outerjoin(undoing, col(undoing.reverses_id) == col(Transfer.id))
        .where(col(Transfer.community_id) == community_id)
    )


def _wished(community_id: int, wish: MovementsWish) -> Select[*tuple[Any, ...]]:
    statement = (
        _transfers(community_id)
        .where(col(Transfer.at) >= wish.since, col(Transfer.at) < wish.until)
        .order_by(col(Transfer.at).desc(), col(Transfer.id).desc())
    )
    if wish.kind:
        statement = statement.where(col(Transfer.kind) == wish.kind)
    if wish.zone_id is not None or wish.party_id is not None:
        statement = statement.where(col(Transfer.id).in_(_touching(wish)))
    if wish.before is not None:
        at, last = wish.before
        statement = statement.where(or_(col(Transfer.at) < at, and_(col(Transfer.at) == at, col(Transfer.id) < last)))
    return statement


def _touching(wish: MovementsWish) -> Select[int]:
    statement = (
        select(col(Entry.transfer_id))
        .join(Account, col(Account.id) == col(Entry.account_id))
        .join(Party, col(Party.id) == col(Account.party_id))
    )
    if wish.zone_id is not None:
        statement = statement.where(col(Party.zone_id) == wish.zone_id)
    if wish.party_id is not None:
        statement = statement.where(col(Party.id) == wish.party_id)
    return statement


def _sides(session: Session, transfer_ids: list[int | None]) -> dict[int | None, list[Side]]:
    statement = (
        select(col(Entry.transfer_id), col(Party.name), col(Account.party_id), col(Account.kind), col(Entry.minutes))
        .join(Account, col(Account.id) == col(Entry.account_id))
        .outerjoin(Party, col(Party.id) == col(Account.party_id))
        .where(col(Entry.transfer_id).in_(transfer_ids))
        .order_by(col(Entry.transfer_id), col(Entry.position))
    )
    found: dict[int | None, list[Side]] = defaultdict(list)
    for transfer_id, name, party_id, kind, minutes in session.execute(statement):
        found[transfer_id].append(Side(name or "", party_id, kind, minutes))
    return found
