"""Verification of the seals: each is made again from the history it closed, and held against what it says.

A seal is public, so whoever changes history and then makes the seals anew is found out by anybody who kept one:
`faults_against` compares with kept seals.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row
from sqlmodel import col, select

from community.communities.tables import Community
from exchanges.ledger.queries import canonical
from exchanges.ledger.queries.checks import Fault
from exchanges.ledger.queries.seal_dates import Clock, Stretch, date_faults
from exchanges.ledger.queries.seal_history import history_faults, marks_kept
from exchanges.ledger.queries.seal_record import record_faults, sealed_communities
from exchanges.ledger.queries.sealed import AFTER_ALL, BEFORE_ALL, leaves_of, rules_digest, seal_rows, summary_of
from exchanges.ledger.tables import Seal
from exchanges.ledger.tables.record_seals import RecordSeal
from exchanges.ledger.tables.seals import FIRST
from foundation.database import Session

_OF_RECORD = (col(RecordSeal.number), col(RecordSeal.hash))


@dataclass(frozen=True)
class KeptSeal:
    """A seal that somebody kept; number and community where they said it."""

    hash: str
    number: int | None = None
    community: str = ""
    """The part of the community's address."""
    of_record: bool = False
    """Whether it was said to be one of the record of deeds."""


def seal_faults(session: Session, community_id: int | None = None) -> Iterator[Fault]:
    """Every fault of the seals, and of the history under them."""
    found = [community_id] if community_id is not None else sealed_communities(session)
    for each in found:
        yield from _of_community(session, each)


def faults_against(session: Session, kept: Iterable[KeptSeal], community_id: int | None = None) -> Iterator[Fault]:
    """What of the seals that somebody kept is not in the chain."""
    statement = select(col(Community.slug), col(Seal.number), col(Seal.hash)).join(
        Community, col(Community.id) == col(Seal.community_id)
    )
    if community_id is not None:
        statement = statement.where(col(Seal.community_id) == community_id)
    there = {tuple(row) for row in session.execute(statement)}
    of_record = {(number, hashed) for number, hashed in session.execute(select(*_OF_RECORD))}
    hashes = {hashed for _, _, hashed in there} | {hashed for _, hashed in of_record}
    numbered = {(number, hashed) for _, number, hashed in there}
    for each in kept:
        what: dict[str, object] = {"number": each.number, "hash": each.hash, "community": each.community}
        if each.number is None:
            present, called = each.hash in hashes, "The seal that was kept (%(hash)s)"
        elif each.of_record:
            present = (each.number, each.hash) in of_record
            called = "The seal of the record of deeds kept as number %(number)s (%(hash)s)"
        elif not each.community:
            present, called = (each.number, each.hash) in numbered, "The seal kept as number %(number)s (%(hash)s)"
        else:
            present = (each.community, each.number, each.hash) in there
            called = "The seal kept as number %(number)s of %(community)s (%(hash)s)"
        if not present:
            yield Fault("kept seal", f"{called} is not in the chain: history up to it was rewritten or removed.", what)


@dataclass(slots=True)
class _Place:
    """How far the chain has been read."""

    number: int = 0
    hash: str = FIRST
    transfer_id: int = BEFORE_ALL
    rules_id: int = BEFORE_ALL


def _of_community(session: Session, community_id: int) -> Iterator[Fault]:
    place, chain, clock = _Place(), [], Clock()
    for row in seal_rows(session, community_id):
        chain.append((row.number, row.hash))
        found = list(_of_seal(session, row, place))
        for fault in found:
            yield Fault(
                "seals", f"Community %(community)s, seal %(seal)s: {fault.sentence}", {**_named(row), **fault.params}
            )
        if not found:
            after, upto = (place.transfer_id, place.rules_id), (row.last_transfer_id, row.last_rules_id)
            yield from date_faults(session, clock, Stretch(community_id, after, upto, row.number, row.made_at))
            clock.passed(row.number, row.made_at, row.transfers)
        place = _Place(row.number, row.hash, row.last_transfer_id, row.last_rules_id)
    yield from record_faults(session, community_id, chain)
    since = (place.transfer_id, place.rules_id)
    yield from date_faults(session, clock, Stretch(community_id, since, (AFTER_ALL, AFTER_ALL)))


def _named(row: Row[Any]) -> dict[str, object]:
    return {"community": row.community_id, "seal": row.number}


def _of_seal(session: Session, row: Row[Any], place: _Place) -> Iterator[Fault]:
    """The faults of one seal, given how far the chain was read before it."""
    if row.number == place.number:
        yield Fault("seals", "it is there twice.")
        return
    if row.version != canonical.VERSION:
        yield Fault("seals", "its version %(version)s is none that is known.", {"version": row.version})
        return
    gap = row.number != place.number + 1
    if gap:
        yield Fault("seals", "the seals between %(last)s and this one were removed.", {"last": place.number})
    elif row.previous != place.hash:
        yield Fault("seals", "it does not follow the seal before it: one of the two was put in another's place.")
    changed = canonical.seal_hash(row[: len(canonical.SEAL)]) != row.hash
    if changed:
        yield Fault("seals", "its number, its moment, its figures or its hash were changed.")
    marks = marks_kept(row)
    if marks is None:
        yield Fault("seals", "its list of transfers was cut.")
    # Where the seal itself cannot be believed, its list says what it closed: one fault is not to be told as many.
    after = min(marks) - 1 if gap and marks else place.transfer_id
    upto = max(marks) if changed and marks else row.last_transfer_id
    yield from history_faults(row, summary_of(leaves_of(session, row.community_id, after, upto)), marks or {})
    rules = rules_digest(session, row.community_id, place.rules_id, row.last_rules_id)
    if rules != row.rules and not gap:
        yield Fault("seals", "the rules of the community (floor, ceiling and the like) known to it were changed.")
