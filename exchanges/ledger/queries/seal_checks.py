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
    AFTER_ALL,
    BEFORE_ALL,
    Summary,
    leaves_of,
    marks_of,
    rules_between,
    rules_digest,
    seal_rows,
    summary_of,
    transfers_before,
)
from exchanges.ledger.rules import MOST_SEALED, RULES_GRACE_SECONDS, SEAL_GRACE_SECONDS
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
    statement = text(
        f"SELECT community_id FROM seal UNION SELECT id FROM community UNION SELECT object_id FROM audit_entry "
        f"WHERE kind = '{SEAL_KIND}' AND verb = '{SEALED}' AND object_id IS NOT NULL ORDER BY 1"
    )
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
    complete_at: str = ""
    """When the last seal was made that left nothing over: whatever comes after it was made later."""


def _of_community(session: Session, community_id: int) -> Iterator[Fault]:
    place, chain = _Place(), []
    for row in seal_rows(session, community_id):
        chain.append((row.number, row.hash))
        found = list(_of_seal(session, row, place))
        for fault in found:
            yield Fault(
                "seals", f"Community %(community)s, seal %(seal)s: {fault.sentence}", {**_named(row), **fault.params}
            )
        if not found:
            yield from _backdated(session, community_id, place, row.last_transfer_id, row.last_rules_id)
        complete_at = row.made_at if row.transfers < MOST_SEALED else place.complete_at
        place = _Place(row.number, row.hash, row.last_transfer_id, row.last_rules_id, row.made_at, complete_at)
    yield from _against_record(session, community_id, chain)
    yield from _backdated(session, community_id, place, AFTER_ALL, AFTER_ALL)


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
    if not isinstance(row.marks, bytes | memoryview):
        return None
    try:
        return marks_of(bytes(row.marks))
    except ValueError:
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


def _backdated(
    session: Session, community_id: int, place: _Place, upto_transfer: int, upto_rules: int
) -> Iterator[Fault]:
    """What the seals up to a place do not know, and what yet claims to have been there well before them."""
    what: dict[str, object] = {"community": community_id, "seal": place.number}
    before = _earlier(place.made_at, RULES_GRACE_SECONDS)
    for rules_id, since in rules_between(session, community_id, place.rules_id, upto_rules) if before else ():
        if since < before:
            sentence = "its rules number %(rules)s say that they held before seal %(seal)s, which does not know them."
            yield Fault("seals", f"Community %(community)s: {sentence}", {**what, "rules": rules_id})
    before = _earlier(place.complete_at, SEAL_GRACE_SECONDS)
    if before:
        for transfer_id, at in transfers_before(session, community_id, place.transfer_id, upto_transfer, before):
            sentence = (
                "transfer %(transfer)s says that it was made at %(at)s, before seal %(seal)s, which does not know it."
            )
            yield Fault("seals", f"Community %(community)s: {sentence}", {**what, "transfer": transfer_id, "at": at})


def _earlier(moment: str, seconds: int) -> str:
    """So many seconds before a moment; empty for none, and for what is no moment any more (its seal tells of that)."""
    try:
        return canonical.earlier(moment, seconds)
    except (TypeError, ValueError):
        return ""
