"""What is said about privacy, whose data is whose, and the files that wait."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from community.mandates.queries import home_to_keep, must_stand
from community.members.tables import Person
from community.parties.queries import acts_for, parties_of
from community.privacy.policies import SAY_WHO
from community.privacy.rules import GIVEN_UP, PAPER_LASTS, printable
from community.privacy.tables import Controller, Ground, KeptFor, LetGo, PaperCopy, PersonalExport
from foundation import clock
from foundation.access import Actor
from foundation.audit.tables import AuditEntry
from foundation.crypto.sealed import Sealed, SealedIfConfidential
from foundation.database import Session, table_of
from foundation.errors import Missing
from foundation.feature import registry
from foundation.personal import PersonalData, Whose
from foundation.personal.keeping import Cutoff, Retention

DAYS_SHOWN = 300
COPIES_SHOWN = 20
PAPER = "paper_copy"
"""As what the record knows such a wish."""


def kinds() -> list[PersonalData]:
    """Every kind of personal data that the features of this installation keep."""
    return registry.every("personal_data")


@dataclass(frozen=True)
class Held:
    """How long a community keeps one thing: days, or None where no time ends it; whether it chose them itself."""

    retention: Retention
    days: int | None
    own: bool


@dataclass(frozen=True)
class Told:
    """What a community says about a kind: its ground, its own words by language, and how long parts of it are kept."""

    kind: PersonalData
    basis: str
    words: dict[str, str]
    held: list[Held]
    own_basis: bool


def told(session: Session, community_id: int) -> list[Told]:
    """Every kind as the community says it."""
    grounds = {one.kind: one for one in session.scalars(select(Ground).where(col(Ground.community_id) == community_id))}
    held = times_of(session, community_id)
    return [
        Told(
            kind,
            (ground.basis if ground else "") or kind.basis,
            ground.words if ground else {},
            [one for one in held if one.retention.kind == kind.kind],
            bool(ground and ground.basis),
        )
        for kind in kinds()
        for ground in [grounds.get(kind.kind)]
    ]


def told_of(session: Session, community_id: int, kind: str) -> Told:
    """One kind as the community says it. Raises Missing for one there is not."""
    found = next((one for one in told(session, community_id) if one.kind.kind == kind), None)
    if found is None:
        raise Missing()
    return found


def times_of(session: Session, community_id: int) -> list[Held]:
    """How long the community keeps what has a time, in the order of the features."""
    mine = select(KeptFor).where(col(KeptFor.community_id) == community_id)
    chosen = {row.name: row.days for row in session.scalars(mine)}
    return [
        Held(one, chosen.get(one.name, one.after.days if one.after else None), one.name in chosen)
        for one in retentions()
    ]


def cutoff_of(session: Session, retention: Retention, now: datetime) -> Cutoff:
    """Before which moment something is let go, in each community. What is fixed holds, whatever a row says."""
    usual = None if retention.after is None else now - retention.after
    if retention.fixed:
        return Cutoff(usual)
    rows = session.execute(
        select(col(KeptFor.community_id), col(KeptFor.days)).where(col(KeptFor.name) == retention.name)
    )
    return Cutoff(usual, {community_id: now - timedelta(days=days) for community_id, days in rows})


@dataclass(frozen=True)
class Kept:
    """One rule of retention, and what it did in a community: how many in all, and the newest days it found some."""

    retention: Retention
    after: int | None
    total: int
    days: list[LetGo]


def retentions() -> list[Retention]:
    """What the features of this installation let go, each after its time."""
    return registry.every("retentions")


def report_of_retention(session: Session, actor: Actor) -> tuple[list[Kept], datetime | None]:
    """What was let go in the community, and when the job last came to its end. Raises Missing."""
    if not actor.may(SAY_WHO):
        raise Missing()
    here = col(LetGo.community_id).in_((actor.community_id, 0))
    totals = dict(
        session.execute(
            select(col(LetGo.name), func.sum(col(LetGo.count))).where(here, col(LetGo.name) != "").group_by(LetGo.name)
        ).all()
    )
    newest = select(LetGo).where(here, col(LetGo.name) != "").order_by(col(LetGo.id).desc()).limit(DAYS_SHOWN)
    days = list(session.scalars(newest))
    last = session.scalar(select(func.max(col(LetGo.at))).where(col(LetGo.name) == ""))
    kept = [
        Kept(
            held.retention,
            held.days,
            int(totals.get(held.retention.name, 0)),
            [day for day in days if day.name == held.retention.name][:3],
        )
        for held in times_of(session, actor.community_id)
    ]
    return kept, last


def controller_of(session: Session, community_id: int) -> Controller | None:
    """The body that answers for the data now; None as long as nobody has said which."""
    statement = select(Controller).where(col(Controller.community_id) == community_id)
    return session.scalars(statement.order_by(col(Controller.id).desc()).limit(1)).first()


def whose(session: Session, person_id: int, community_id: int) -> Whose:
    """The person, with the households and organisations they act for in the community, or would but for a pause."""
    parties = parties_of(session, community_id, person_id)
    households = sorted(party.id or 0 for party in parties if party.kind == "household")
    return Whose(person_id, community_id, tuple(households), tuple(party.id or 0 for party in parties))


def exports_of(session: Session, actor: Actor, limit: int = 10) -> list[PersonalExport]:
    """The files the person asked for, the newest first; those that are gone are not shown."""
    statement = select(PersonalExport).where(*_mine(actor), col(PersonalExport.state) != "gone")
    return list(session.scalars(statement.order_by(col(PersonalExport.id).desc()).limit(limit)))


def export_of(session: Session, actor: Actor, export_id: int) -> PersonalExport:
    """One's own file. Raises Missing for anybody else's, and for one that is gone."""
    found = session.scalars(select(PersonalExport).where(*_mine(actor), col(PersonalExport.id) == export_id)).first()
    if found is None or found.state == "gone" or (found.expires_at is not None and found.expires_at <= clock.now()):
        raise Missing()
    return found


def is_given_up(export: PersonalExport, now: datetime) -> bool:
    """Whether a request has waited so long that nobody will answer it any more."""
    return export.state == "asked" and export.asked_at < now - GIVEN_UP


def _mine(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return (
        col(PersonalExport.community_id) == actor.community_id,
        col(PersonalExport.person_id) == actor.must_be_person(),
    )


def on_paper(session: Session, of: Whose) -> list[tuple[PersonalData, list[dict[str, Any]]]]:
    """What is kept about somebody without e-mail, kind by kind, as a maker may print it for them."""
    chosen = [kind for kind in kinds() if kind.on_paper]
    tables = {kind.kind: table_of(kind.tables[0]).name for kind in chosen if kind.tables}
    sealed = {kind.kind: _sealed_columns(kind) for kind in chosen}
    rows = {kind.kind: [dict(row) for row in kind.rows(session, of)] for kind in chosen}
    found = printable(rows, tables, sealed)
    return [(kind, found[kind.kind]) for kind in chosen]


def _sealed_columns(kind: PersonalData) -> set[str]:
    """The columns that are sealed in every row; those that are in some rows only are known by their values."""
    columns = (column for table in kind.tables for column in table_of(table).columns)
    return {
        one.name for one in columns if isinstance(one.type, Sealed) and not isinstance(one.type, SealedIfConfidential)
    }


def copies_of(session: Session, community_id: int, person_ids: Collection[int]) -> list[tuple[PaperCopy, str]]:
    """What was printed for some people, the newest first, with the name of who did. The caller has authorised it."""
    statement = (
        select(PaperCopy, Person)
        .join(Person, col(Person.id) == col(PaperCopy.recorded_by_id))
        .where(col(PaperCopy.community_id) == community_id, col(PaperCopy.person_id).in_(person_ids))
        .order_by(col(PaperCopy.id).desc())
        .limit(COPIES_SHOWN)
    )
    return [(copy, maker.name) for copy, maker in session.execute(statement)]


def copy_to_print(session: Session, actor: Actor, party_id: int, person_id: int, copy_id: int) -> PaperCopy:
    """The wish whose paper this maker may print now. Raises Missing for anybody else's, and after its hour.

    Raises NotStanding where the household's agreement is over by now.
    """
    home_to_keep(session, actor, party_id)
    must_stand(session, actor.community_id, party_id)
    copy = session.get(PaperCopy, copy_id)
    if (
        copy is None
        or copy.community_id != actor.community_id
        or (copy.party_id, copy.person_id) != (party_id, person_id)
        or copy.recorded_by_id != actor.recorder_id
        or copy.wished_at < clock.now() - PAPER_LASTS
        or not acts_for(session, person_id, party_id)
    ):
        raise Missing()
    return copy


def looks_at_papers(
    session: Session, community_id: int, party_ids: Collection[int], since: datetime, until: datetime
) -> list[tuple[int, datetime, str, str]]:
    """Who printed everything about somebody of some households: the household, when, the maker, about whom."""
    maker, about = aliased(Person), aliased(Person)
    statement = (
        select(col(PaperCopy.party_id), col(AuditEntry.at), maker, about)
        .join(AuditEntry, (col(AuditEntry.kind) == PAPER) & (col(AuditEntry.object_id) == col(PaperCopy.id)))
        .join(maker, col(maker.id) == col(PaperCopy.recorded_by_id))
        .join(about, col(about.id) == col(PaperCopy.person_id))
        .where(col(PaperCopy.community_id) == community_id, col(PaperCopy.party_id).in_(party_ids))
        .where(col(AuditEntry.verb) == "looked", col(AuditEntry.at) >= since, col(AuditEntry.at) < until)
        .order_by(col(AuditEntry.id))
    )
    return [(party_id, at, who.name, whom.name) for party_id, at, who, whom in session.execute(statement)]
