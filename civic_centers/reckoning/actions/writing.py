"""Writing movements: purses held in one order, receipts counted without gaps, and nothing written twice."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, update
from sqlmodel import col, select

from civic_centers.reckoning.rules import CYCLE, PARTY, RECEIPTED, Facts, Place, must_fit, seal_of
from civic_centers.reckoning.tables import Purse, PurseEntry, PurseWords, ReceiptCount
from community.communities.queries import today_of
from community.parties.tables import Party
from foundation import clock
from foundation.access import Actor
from foundation.database import Session, append, insert_if_absent, insert_new
from foundation.errors import N_, Stale

IN_QUESTION = 200
"""So many purses are asked for at once: databases take no statement of any length."""


@dataclass(frozen=True)
class Movement:
    """What is to be written. `key` is its request key; `words` go beside it, where they can be erased."""

    kind: str
    source: Place
    target: Place
    cents: int
    key: str
    cycle_id: int | None = None
    order_id: int | None = None
    along_id: int | None = None
    reverses_id: int | None = None
    as_of: date | None = None
    words: str = ""
    receipted: bool = True
    """Whether it gets a receipt, where its kind has one: what takes back something that had none gets none."""


def hold(session: Session, community_id: int, places: Iterable[Place]) -> dict[Place, Purse]:
    """These purses, made where they are missing, and held until the end of the transaction.

    All in one call, before anything else is held: purses are made and taken in the same order by everybody. The purse
    of a household that became part of another is the other's.
    """
    wanted = sorted(set(places))
    found = _found(session, community_id, wanted, lock=False)
    for place in wanted:
        if place not in found:
            _make(session, community_id, place)
    held = _found(session, community_id, wanted, lock=True)
    heirs = {one: Place(PARTY, purse.heir_party_id) for one, purse in held.items() if purse.heir_party_id is not None}
    if heirs:
        theirs = hold(session, community_id, heirs.values())
        held |= {place: theirs[heir] for place, heir in heirs.items()}
    return held


def write(
    session: Session, actor: Actor | None, community_id: int, purses: Mapping[Place, Purse], one: Movement
) -> PurseEntry:
    """Write a movement between purses that are held, with the receipt that belongs to it.

    One that is there already under its key is given back, and nothing is written. Raises Stale where that was another.
    """
    source, target = purses[one.source], purses[one.target]
    must_fit(one.kind, source.kind, target.kind)
    before = session.exec(select(PurseEntry).where(col(PurseEntry.request_key) == one.key)).one_or_none()
    if before is not None:
        if (before.kind, before.cents, before.from_purse_id) != (one.kind, one.cents, source.id):
            raise _twice()
        return before
    at = clock.now().replace(microsecond=0)
    values: dict[str, Any] = {
        "community_id": community_id, "at": at, "kind": one.kind, "from_purse_id": source.id,
        "to_purse_id": target.id, "cents": one.cents, "cycle_id": one.cycle_id, "order_id": one.order_id,
        "along_id": one.along_id, "reverses_id": one.reverses_id, "as_of": one.as_of, "request_key": one.key,
        "recorded_by_id": actor.recorder_id if actor else None, "receipt_year": None, "receipt_number": None,
        "digest": "",
    }  # fmt: skip
    words = {"name": "", "salt_key": "", "words": one.words}
    party_id = source.party_id or target.party_id
    if one.receipted and one.kind in RECEIPTED and party_id is not None:
        words |= {"name": session.get_one(Party, party_id).name, "salt_key": secrets.token_hex(16)}
        values |= _receipt(session, values, party_id, words)
    entry_id = insert_new(session, PurseEntry, values, conflict=["request_key"])
    if entry_id is None:
        raise _twice()
    if any(words.values()):
        append(session, PurseWords, {"community_id": community_id, "entry_id": entry_id, "written_at": at, **words})
    return session.get_one(PurseEntry, entry_id)


def key_of(actor: Actor, verb: str, key: str) -> str:
    """The request key of a movement that somebody records; without one from the form it is a new one."""
    return f"{verb}:{actor.recorder_id}:{key or secrets.token_urlsafe(18)}"


def _receipt(session: Session, values: Mapping[str, Any], party_id: int, words: Mapping[str, str]) -> dict[str, Any]:
    """The next number of the year, held until the end, and the seal over what the receipt says."""
    community_id = values["community_id"]
    year = today_of(session, community_id).year
    count = {"community_id": community_id, "year": year, "last": 0}
    insert_if_absent(session, ReceiptCount, count, conflict=["community_id", "year"])
    mine = (col(ReceiptCount.community_id) == community_id, col(ReceiptCount.year) == year)
    taken = update(ReceiptCount).where(*mine).values(last=col(ReceiptCount.last) + 1).returning(col(ReceiptCount.last))
    number = session.execute(taken.execution_options(synchronize_session=False)).scalar_one()
    facts = Facts(
        community_id, year, number, values["kind"], party_id, values["cents"], values["at"], words["name"],
        values["cycle_id"] or 0,
    )  # fmt: skip
    return {"receipt_year": year, "receipt_number": number, "digest": seal_of(facts, words["salt_key"])}


def _found(session: Session, community_id: int, places: list[Place], *, lock: bool) -> dict[Place, Purse]:
    found: dict[Place, Purse] = {}
    for start in range(0, len(places), IN_QUESTION):
        some = places[start : start + IN_QUESTION]
        statement = select(Purse).where(col(Purse.community_id) == community_id, or_(*_conditions(some)))
        if lock:
            statement = statement.with_for_update(key_share=True).execution_options(populate_existing=True)
        for purse in session.exec(statement.order_by(col(Purse.id))):
            found[Place(purse.kind, purse.party_id or purse.cycle_id or 0)] = purse
    return found


def _conditions(places: list[Place]) -> list[ColumnElement[bool]]:
    parties = [place.of for place in places if place.kind == PARTY]
    cycles = [place.of for place in places if place.kind == CYCLE]
    alone = [place.kind for place in places if not place.of]
    nobodys = and_(col(Purse.party_id).is_(None), col(Purse.cycle_id).is_(None), col(Purse.kind).in_(alone))
    ways = [(parties, col(Purse.party_id).in_(parties)), (cycles, col(Purse.cycle_id).in_(cycles)), (alone, nobodys)]
    return [condition for some, condition in ways if some]


def _make(session: Session, community_id: int, place: Place) -> None:
    values = {
        "community_id": community_id,
        "kind": place.kind,
        "party_id": place.of if place.kind == PARTY else None,
        "cycle_id": place.of if place.kind == CYCLE else None,
        "opened_at": clock.now(),
        "reminders": 0,
    }
    if place.of:
        insert_if_absent(session, Purse, values, conflict=["party_id" if place.kind == PARTY else "cycle_id"])
        return
    nobodys = and_(col(Purse.party_id).is_(None), col(Purse.cycle_id).is_(None))
    insert_if_absent(session, Purse, values, conflict=["community_id", "kind"], where=nobodys)


def _twice() -> Stale:
    return Stale(
        N_("This form was already sent, with other words in it."),
        advice=N_("Look at what became of it, then start again if something is missing."),
    )
