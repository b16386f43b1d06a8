"""What families brought along from books kept before these, for who keeps the purchasing of their zone."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import aliased
from sqlmodel import col, or_, select

from civic_centers.reckoning.policies import reckoned_by
from civic_centers.reckoning.rules import PARTY
from civic_centers.reckoning.tables import Purse, PurseEntry, PurseWords
from community.parties.tables import Party
from foundation.access import Actor
from foundation.database import Session, fold, folded
from foundation.errors import Missing

MOST_SHOWN = 100
MOST_WORDS = 6


@dataclass(frozen=True)
class Opening:
    """What a family brought along: `cents` above zero were in its favour on that day."""

    id: int
    party_id: int
    name: str
    cents: int
    as_of: date
    words: str


def _kept(actor: Actor) -> ColumnElement[bool]:
    """The condition on Party that it is an open family or organisation with which the actor reckons."""
    return and_(reckoned_by(actor), col(Party.closed_at).is_(None), col(Party.kind) != "fund")


def family_to_open(session: Session, actor: Actor, party_id: int) -> Party:
    """A family with which the actor reckons. Raises Missing."""
    party = session.exec(select(Party).where(col(Party.id) == party_id, _kept(actor))).one_or_none()
    if party is None:
        raise Missing()
    return party


def families_called(session: Session, actor: Actor, words: str) -> list[Party]:
    """The families called so with which the actor reckons and that brought nothing along so far, but for one's own."""
    brought = select(col(Purse.party_id)).join(PurseEntry, _of_purse()).where(_standing(), col(Purse.kind) == PARTY)
    others = col(Party.id).not_in(actor.party_ids)
    statement = select(Party).where(_kept(actor), others, col(Party.id).not_in(brought), *_called(words))
    return list(session.exec(statement.order_by(col(Party.name), col(Party.id)).limit(MOST_SHOWN)))


def _called(words: str) -> list[ColumnElement[bool]]:
    return [folded(col(Party.name)).contains(word, autoescape=True) for word in fold(words).split()[:MOST_WORDS]]


def openings_kept(session: Session, actor: Actor, words: str) -> list[Opening]:
    """What the families called so brought along and was not taken back, of those with which the actor reckons.

    The newest first.
    """
    return _openings(session, and_(_kept(actor), *_called(words)), limit=MOST_SHOWN)


def openings_of(session: Session, party_id: int) -> list[Opening]:
    """The same of one family; with what a household brought along that became part of it."""
    return _openings(session, col(Party.id) == party_id, limit=None)


def opening_of(session: Session, party_id: int) -> PurseEntry | None:
    """What a family itself brought along, if it was not taken back."""
    statement = select(PurseEntry).join(Purse, _of_purse()).where(col(Purse.party_id) == party_id, _standing())
    return session.exec(statement).first()


def brought_along(session: Session, actor: Actor, party_id: int) -> bool:
    """Whether it brought something along, and the actor reckons with it: it pays without an order."""
    statement = (
        select(col(PurseEntry.id))
        .join(Purse, _of_purse())
        .join(Party, or_(col(Party.id) == col(Purse.party_id), col(Party.id) == col(Purse.heir_party_id)))
        .where(col(Party.id) == party_id, _kept(actor), _standing())
    )
    return session.scalars(statement.limit(1)).first() is not None


def _of_purse() -> ColumnElement[bool]:
    return col(Purse.id).in_((col(PurseEntry.from_purse_id), col(PurseEntry.to_purse_id)))


def _standing() -> ColumnElement[bool]:
    back = aliased(PurseEntry)
    undone = select(col(back.id)).where(col(back.reverses_id) == col(PurseEntry.id)).correlate(PurseEntry).exists()
    return and_(col(PurseEntry.kind) == "opening", ~undone)


def _openings(session: Session, whose: ColumnElement[bool], limit: int | None) -> list[Opening]:
    statement = (
        select(PurseEntry, Purse, Party, PurseWords)
        .join(Purse, _of_purse())
        .join(Party, or_(col(Party.id) == col(Purse.party_id), col(Party.id) == col(Purse.heir_party_id)))
        .outerjoin(PurseWords, col(PurseWords.entry_id) == col(PurseEntry.id))
        .where(_standing(), col(Purse.kind) == PARTY, whose)
        .order_by(col(PurseEntry.id).desc())
        .limit(limit)
    )
    return [
        Opening(
            entry.id or 0, party.id or 0, party.name, entry.cents if entry.to_purse_id == purse.id else -entry.cents,
            entry.as_of, words.words if words is not None else "",
        )
        for entry, purse, party, words in session.execute(statement)
        if entry.as_of is not None
    ]  # fmt: skip
