"""The monthly sheets of households without e-mail: what moved, what stands, and what comes; all in a few questions."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select

from community.mandates.queries import Home, homes, is_offline
from community.parties.tables import Party
from exchanges.ledger.policies import READ_ACCOUNT, may_in_zone
from exchanges.ledger.queries.statement import Movement, Wish, statements_of
from exchanges.ledger.tables import Account, Entry, Transfer
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import registry


@dataclass(frozen=True)
class Coming:
    """Something agreed that is still to come."""

    at: datetime
    title: str
    other: str


@dataclass(frozen=True)
class Done:
    """Something that was done about the household: a sentence of the catalogue, and what fills it."""

    at: datetime
    words: str
    params: Mapping[str, object]


@dataclass(frozen=True)
class Sheet:
    """One household's month, in minutes."""

    home: Home
    before: int
    after: int
    movements: Sequence[Movement]
    coming: Sequence[Coming]
    done: Sequence[Done] = ()


def sheets_of(session: Session, actor: Actor, since: datetime, until: datetime, zone_id: int | None) -> list[Sheet]:
    """The sheets of the households whose hours the actor may read, by name; only of one zone where it is given."""
    found = [
        home
        for home in homes(session, actor)
        if may_in_zone(actor, READ_ACCOUNT, home.party) and zone_id in (None, home.party.zone_id)
    ]
    accounts = _accounts(session, [home.party_id for home in found])
    movements = statements_of(session, list(accounts.values()), Wish(since, until))
    before, after = (_balances(session, accounts.values(), moment) for moment in (since, until))
    coming = _coming(session, actor, list(accounts))
    done = _done(session, actor.community_id, list(accounts), since, until)
    return [
        Sheet(
            home,
            before.get(account_id, 0),
            after.get(account_id, 0),
            movements[account_id],
            sorted(coming[home.party_id], key=lambda one: one.at),
            sorted(done[home.party_id], key=lambda one: one.at),
        )
        for home in found
        if (account_id := accounts.get(home.party_id)) is not None
    ]


def zones_with_sheets(session: Session, community_id: int) -> list[int]:
    """The zones in which a household has no e-mail."""
    statement = select(Party.zone_id).where(
        col(Party.community_id) == community_id,
        col(Party.kind) == "household",
        col(Party.closed_at).is_(None),
        is_offline(col(Party.id)),
    )
    return sorted({zone_id for zone_id in session.exec(statement) if zone_id is not None})


def _accounts(session: Session, party_ids: Collection[int]) -> dict[int, int]:
    statement = select(Account.party_id, Account.id).where(col(Account.party_id).in_(party_ids))
    return {party_id: number for party_id, number in session.exec(statement) if party_id and number}


def _balances(session: Session, account_ids: Collection[int], moment: datetime) -> dict[int, int]:
    statement = (
        select(Entry.account_id, func.sum(Entry.minutes))
        .join(Transfer, col(Transfer.id) == col(Entry.transfer_id))
        .where(col(Entry.account_id).in_(account_ids), col(Transfer.at) < moment)
        .group_by(col(Entry.account_id))
    )
    return {account_id: int(minutes) for account_id, minutes in session.exec(statement)}


def _coming(session: Session, actor: Actor, party_ids: Collection[int]) -> dict[int, list[Coming]]:
    """What the features that have meetings say: `coming_up(session, actor, party_ids)` gives party, when, what, who."""
    found: dict[int, list[Coming]] = defaultdict(list)
    for hook in registry.hooks("coming_up"):
        for party_id, at, title, other in hook(session, actor, party_ids):
            found[party_id].append(Coming(at, title, other))
    return found


def _done(
    session: Session, community_id: int, party_ids: Collection[int], since: datetime, until: datetime
) -> dict[int, list[Done]]:
    """What features say was done about people: `done_about(session, community_id, party_ids, since, until)`."""
    found: dict[int, list[Done]] = defaultdict(list)
    for hook in registry.hooks("done_about"):
        for party_id, at, words, params in hook(session, community_id, party_ids, since, until):
            found[party_id].append(Done(at, words, params))
    return found
