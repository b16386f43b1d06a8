"""Exchanges made as a gift: participation that no balance shows, and each member sees all the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, func
from sqlmodel import col, select

from exchanges.agreements.queries.facts import settled_of
from exchanges.agreements.tables import Agreement
from foundation.database import Session
from foundation.feature import registry


@dataclass(frozen=True, slots=True)
class Gifts:
    """How often a party gave a hand as a gift, and how often it received one."""

    given: int = 0
    received: int = 0


@dataclass(frozen=True, slots=True)
class Gift:
    """One of them: what it was and when, whether the party gave it, and where it is told."""

    title: str
    at: datetime
    given: bool
    endpoint: str
    values: Mapping[str, object]


def count_gifts(session: Session, party_id: int) -> Gifts:
    """The gifts of a party that were confirmed; the caller has seen that the actor may know.

    What is more than an agreement of two adds its own through the hook `gifts`, as (given, received).
    """
    gave, had = col(Agreement.giver_id) == party_id, col(Agreement.receiver_id) == party_id
    statement = select(func.count(case((gave, 1))), func.count(case((had, 1)))).where(_gifts_of(party_id))
    counts = [session.execute(statement).one(), *(found(session, party_id) for found in registry.hooks("gifts"))]
    return Gifts(sum(given for given, _ in counts), sum(received for _, received in counts))


def latest_gifts(session: Session, party_id: int, limit: int) -> list[Gift]:
    """The gifts of a party that were confirmed, the newest first. The caller has seen that the actor may know.

    What is more than an agreement of two adds its own through the hook `latest_gifts`.
    """
    statement = select(Agreement).where(_gifts_of(party_id))
    of_two = session.scalars(statement.order_by(col(Agreement.ended_at).desc(), col(Agreement.id).desc()).limit(limit))
    found = [
        Gift(
            one.title,
            one.happened_at or one.starts_at or one.ended_at or one.created_at,
            one.giver_id == party_id,
            "agreements.show",
            {"agreement_id": one.id},
        )
        for one in of_two
    ]
    for others in registry.hooks("latest_gifts"):
        found += others(session, party_id, limit)
    return sorted(found, key=lambda gift: gift.at, reverse=True)[:limit]


def _gifts_of(party_id: int) -> ColumnElement[bool]:
    return settled_of(party_id) & col(Agreement.gift).is_(True)
