"""The record of deeds: searched by makers within their scope, and read by everybody about themselves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, true
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from community.deeds.policies import READ
from community.members.queries import must_belong
from community.members.tables import Person
from community.parties.policies import acting
from community.parties.tables import Party, PartyMember
from foundation.access import Actor
from foundation.audit.kinds import DeedKind
from foundation.audit.tables import AuditEntry
from foundation.database import Session
from foundation.errors import Missing
from foundation.feature import registry
from foundation.personal import Whose

PAGE = 30


@dataclass(frozen=True)
class Deed:
    """One line with what it says: names as they are now, so that who has left has none."""

    entry: AuditEntry
    kind: DeedKind
    who: str
    recorded_by: str
    for_whom: str
    about: str = ""
    """The name of the person or the party it was done to."""

    @property
    def words(self) -> str:
        return self.kind.verbs[self.entry.verb]


@dataclass(frozen=True)
class Asked:
    """What is searched for; everything may be left out."""

    person_id: int | None = None
    kind: str = ""
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None
    """Lines with smaller ids: where the page before ended."""


Found = tuple[list[Deed], int | None]
"""Lines, and the id to go on from when there are more."""


def kinds() -> list[DeedKind]:
    """Every kind of lines that the features of this installation tell of."""
    return registry.every("deeds")


def search(session: Session, actor: Actor, asked: Asked, limit: int = PAGE) -> Found:
    """Lines the actor may read as a maker or administrator, newest first, and where to go on. Raises Missing.

    With a person: what they did or wrote down, and what was done about them.
    """
    if not actor.may(READ):
        raise Missing()
    whose = None if asked.person_id is None else whose_is(session, actor.community_id, asked.person_id)
    parts = []
    for kind in kinds():
        if kind.read_by is None or (asked.kind and kind.kind != asked.kind):
            continue
        part = _of_kind(kind, kind.verbs) & kind.read_by(actor, col(AuditEntry.object_id))
        parts.append(part if whose is None else part & _with(whose, kind))
    if not parts:
        return [], None
    conditions = [col(AuditEntry.community_id) == actor.community_id, or_(*parts)]
    if asked.since is not None:
        conditions.append(col(AuditEntry.at) >= asked.since)
    if asked.until is not None:
        conditions.append(col(AuditEntry.at) < asked.until)
    return _page(session, conditions, asked.before, limit)


def about_me(session: Session, actor: Actor, before: int | None = None, limit: int = PAGE) -> Found:
    """What others did about the person, and what somebody wrote down in their name; newest first. Raises Missing."""
    me = must_belong(session, actor)
    whose = whose_is(session, actor.community_id, me)
    by_another = or_(col(AuditEntry.recorded_by_person_id).is_(None), col(AuditEntry.recorded_by_person_id) != me)
    parts = []
    for kind in kinds():
        if kind.concerning is not None and kind.told:
            parts.append(_of_kind(kind, kind.told) & kind.concerning(whose, col(AuditEntry.object_id)))
        parts.append(_of_kind(kind, kind.verbs) & (col(AuditEntry.actor_person_id) == me))
    # Lines of no community are about the account itself, which is the same everywhere.
    here = or_(col(AuditEntry.community_id) == actor.community_id, col(AuditEntry.community_id).is_(None))
    return _page(session, [here, by_another, or_(false(), *parts)], before, limit)


def whose_is(session: Session, community_id: int, person_id: int) -> Whose:
    """The person with the parties they act for in a community now."""
    statement = (
        select(col(Party.id), col(Party.kind))
        .join(PartyMember, col(PartyMember.party_id) == col(Party.id))
        .where(col(PartyMember.person_id) == person_id, *acting())
        .where(col(Party.community_id) == community_id)
        .order_by(col(Party.id))
    )
    found = [(party_id, kind) for party_id, kind in session.execute(statement)]
    households = tuple(party_id for party_id, kind in found if kind == "household")
    return Whose(person_id, community_id, households, tuple(party_id for party_id, _ in found))


def _of_kind(kind: DeedKind, verbs: Iterable[str]) -> ColumnElement[bool]:
    return and_(col(AuditEntry.kind) == kind.kind, col(AuditEntry.verb).in_(sorted(verbs)))


def _with(whose: Whose, kind: DeedKind) -> ColumnElement[bool]:
    """The condition that the person did it, wrote it down, or is whom it concerns."""
    me = whose.person_id
    did = or_(col(AuditEntry.actor_person_id) == me, col(AuditEntry.recorded_by_person_id) == me)
    return did if kind.concerning is None else or_(did, kind.concerning(whose, col(AuditEntry.object_id)))


def _page(session: Session, conditions: Sequence[ColumnElement[bool]], before: int | None, limit: int) -> Found:
    """A page of lines with the names of whoever did them, wrote them down and was acted for: in one question."""
    actor, writer, party = aliased(Person), aliased(Person), aliased(Party)
    person, home = aliased(Person), aliased(Party)
    columns: tuple[Any, ...] = (AuditEntry, actor, writer, col(party.name), person, col(home.name))
    statement = (
        select(*columns)
        .outerjoin(actor, col(actor.id) == col(AuditEntry.actor_person_id))
        .outerjoin(writer, col(writer.id) == col(AuditEntry.recorded_by_person_id))
        .outerjoin(party, col(party.id) == col(AuditEntry.party_id))
        .outerjoin(person, and_(col(AuditEntry.kind) == "person", col(person.id) == col(AuditEntry.object_id)))
        .outerjoin(home, and_(col(AuditEntry.kind) == "party", col(home.id) == col(AuditEntry.object_id)))
        .where(*conditions, true() if before is None else col(AuditEntry.id) < before)
        .order_by(col(AuditEntry.id).desc())
        .limit(limit + 1)
    )
    rows = session.execute(statement).all()
    told = [_told(*row) for row in rows[:limit]]
    return told, rows[limit - 1][0].id if len(rows) > limit else None


def _told(
    row: AuditEntry, actor: Person | None, writer: Person | None, for_whom: str | None, *about: Person | str | None
) -> Deed:
    kind = next(kind for kind in kinds() if kind.kind == row.kind and row.verb in kind.verbs)
    wrote = writer.name if writer and row.recorded_by_person_id != row.actor_person_id else ""
    names = (one.name if isinstance(one, Person) else one for one in about)
    return Deed(
        row,
        kind,
        who=actor.name if actor else "",
        recorded_by=wrote,
        for_whom=for_whom or "",
        about=next(filter(None, names), ""),
    )
