"""Letting parties be found: the index is changed in the transaction of the change."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import col, select

from community.parties.queries import FINDABLE, entries_of
from community.parties.tables import Party, PartySkill
from foundation.database import Database, Session
from foundation.jobs import enqueue
from foundation.search import index, unindex

INDEX_AGAIN = "parties.index_again"
LOT = 100


def put_in_index(session: Session, party: Party) -> None:
    """Let a party be found as it stands now; who changes its people or their names calls this too."""
    session.flush()
    entries = entries_of(session, [party])
    for entry in entries:
        index(session, entry)
    if not entries and party.kind in FINDABLE:
        unindex(session, party.kind, party.id or 0)


def follow_category(session: Session, category_id: int) -> None:
    """Let those who can give something of a category be found by what it is called now."""
    enqueue(session, INDEX_AGAIN, {"category_id": category_id})


def index_again(database: Database, payload: Mapping[str, Any]) -> None:
    """The same, lot by lot: others write in between."""
    last: int | None = 0
    while last is not None:
        with database.writing() as session:
            who = select(PartySkill.party_id).where(PartySkill.category_id == payload["category_id"])
            wanted = select(Party).where(col(Party.id) > last, col(Party.id).in_(who)).order_by(col(Party.id))
            parties = session.exec(wanted.limit(LOT)).all()
            for party in parties:
                put_in_index(session, party)
            last = parties[-1].id if parties else None
