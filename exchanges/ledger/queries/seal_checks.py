"""Verification of the seals: each is made again from the history it closed, and held against what it says.

A seal is public, so whoever changes history and then makes the seals anew is found out by anybody who kept one:
`faults_against` compares with kept seals.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, text
from sqlmodel import col, select

from community.communities.tables import Community
from exchanges.ledger.queries import canonical
from exchanges.ledger.queries.canonical import PARTS
from exchanges.ledger.queries.checks import Fault
from exchanges.ledger.queries.sealed import (
    BEFORE_ALL,
    Summary,
    leaves_of,
    marks_of,
    rules_after,
    rules_digest,
    seal_rows,
    summary_of,
)
from exchanges.ledger.rules import RULES_GRACE_SECONDS
from exchanges.ledger.tables import Seal
from exchanges.ledger.tables.seals import FIRST
from foundation.audit.tables import AuditEntry
from foundation.database import Session

Marks = dict[int, tuple[bytes, ...]]

SEALED, SEAL_KIND = "sealed", "seal"
"""Verb and kind of the line that the record of deeds keeps of every seal, under the community's id."""

_TOUCHED = {
    "heading": "its date, kind, request key, source, or who recorded it and for whom",
    "words": "the words",
    "entries": "amounts, accounts or what they came to",
    "accounts": "accounts that began with it (whose they are, of what kind, since when)",
    "promised": "promises made just before it",
    "closed": "promises ended just before it",
    "limits": "limits set just before it",
}


@dataclass(frozen=True)
class KeptSeal:
    """A seal that somebody kept; number and community where they said it."""

    hash: str
    number: int | None = None
    community: str = ""
    """The part of the community's address."""


def seal_faults(session: Session, community_id: int | None = None) -> Iterator[Fault]:
    """Every fault of the seals, and of the history under them."""
    statement = text("SELECT community_id FROM seal UNION SELECT id FROM community ORDER BY 1")
    found = [community_id] if community_id is not None else list(session.scalars(statement))
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
    hashes = {hashed for _, _, hashed in there}
    numbered = {(number, hashed) for _, number, hashed in there}
    for each in kept:
        what: dict[str, object] = {"number": each.number, "hash": each.hash, "community": each.community}
        if each.number is None:
            present, called = each.hash in hashes, "The seal that was kept (%(hash)s)"
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
    made_at: str = ""


def _of_community(session: Session, community_id: int) -> Iterator[Fault]:
    place, chain = _Place(), []
    for row in seal_rows(session, community_id):
        chain.append((row.number, row.hash))
        for fault in _of_seal(session, row, place):
            yield Fault(
                "seals", f"Community %(community)s, seal %(seal)s: {fault.sentence}", {**_named(row), **fault.params}
            )
        place = _Place(row.number, row.hash, row.last_transfer_id, row.last_rules_id, row.made_at)
    yield from _against_record(session, community_id, chain)
    if chain:
        yield from _backdated_rules(session, community_id, place)


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
    marks = _marks(row)
    if marks is None:
        yield Fault("seals", "its list of transfers was cut.")
    # Where the seal itself cannot be believed, its list says what it closed: one fault is not to be told as many.
    after = min(marks) - 1 if gap and marks else place.transfer_id
    upto = max(marks) if changed and marks else row.last_transfer_id
    yield from _of_history(row, summary_of(leaves_of(session, row.community_id, after, upto)), marks or {})
    rules = rules_digest(session, row.community_id, place.rules_id, row.last_rules_id)
    if rules != row.rules and not gap:
        yield Fault("seals", "the rules of the community (floor, ceiling and the like) known to it were changed.")


def _of_history(row: Row[Any], found: Summary, marks: Marks) -> Iterator[Fault]:
    """What of the transfers that a seal closed is not as it was."""
    if found.root == row.root:
        if found.marks != row.marks:
            yield Fault("seals", "its list of transfers was changed.")
    else:
        touched = list(_touched(marks, marks_of(found.marks)))
        yield from touched
        if not touched:
            yield Fault("seals", "its root is not that of its transfers.")
    if (found.transfers, found.entries) != (row.transfers, row.entries):
        yield Fault(
            "seals",
            "it says %(said)s transfers with %(entries)s entries; there are %(there)s with %(there_entries)s.",
            {
                "said": row.transfers,
                "entries": row.entries,
                "there": found.transfers,
                "there_entries": found.entries,
            },
        )


def _touched(before: Marks, after: Marks) -> Iterator[Fault]:
    for transfer_id in sorted(before.keys() | after.keys()):
        was, now = before.get(transfer_id), after.get(transfer_id)
        what: dict[str, object] = {"transfer": transfer_id}
        if now is None:
            yield Fault("seals", "transfer %(transfer)s, which it closed, was removed.", what)
        elif was is None:
            yield Fault("seals", "transfer %(transfer)s was put in afterwards, among those it closed.", what)
        else:
            for part, mine, theirs in zip(PARTS, was, now, strict=True):
                if mine != theirs:
                    yield Fault(
                        "seals", f"of transfer %(transfer)s, which it closed, {_TOUCHED[part]} were changed.", what
                    )


def _marks(row: Row[Any]) -> Marks | None:
    try:
        return marks_of(bytes(row.marks))
    except (TypeError, ValueError):
        return None


def _against_record(session: Session, community_id: int, chain: list[tuple[int, str]]) -> Iterator[Fault]:
    """Every seal left a line in the record of deeds: a chain cut short or made anew does not agree with it."""
    lines = session.scalars(
        select(AuditEntry.detail).where(
            col(AuditEntry.kind) == SEAL_KIND,
            col(AuditEntry.object_id) == community_id,
            col(AuditEntry.verb) == SEALED,
        )
    )
    recorded = [(line.get("number"), line.get("hash")) for line in lines]
    for number, hashed in sorted(set(recorded) - set(chain), key=str):
        yield Fault(
            "record of seals",
            "Community %(community)s: seal %(seal)s was made with the hash %(hash)s, says the record of deeds; it is "
            "not there any more.",
            {"community": community_id, "seal": number, "hash": hashed},
        )
    for number, hashed in sorted(set(chain) - set(recorded)):
        yield Fault(
            "record of seals",
            "Community %(community)s: the record of deeds knows nothing of seal %(seal)s with the hash %(hash)s.",
            {"community": community_id, "seal": number, "hash": hashed},
        )


def _backdated_rules(session: Session, community_id: int, place: _Place) -> Iterator[Fault]:
    """Rules that the last seal does not know, and that yet claim to have held well before it."""
    try:
        before = canonical.earlier(place.made_at, RULES_GRACE_SECONDS)
    except (TypeError, ValueError):
        return  # No moment any more: the seal's own hash has told of that.
    for rules_id, since in rules_after(session, community_id, place.rules_id):
        if since < before:
            yield Fault(
                "seals",
                "Community %(community)s: its rules number %(rules)s say that they held before seal %(seal)s, which "
                "does not know them.",
                {"community": community_id, "rules": rules_id, "seal": place.number},
            )
