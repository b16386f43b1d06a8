"""Reports as makers see them, and one's own blocks."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false
from sqlmodel import col, or_, select

from community.members.tables import Person
from community.moderation.policies import MODERATE, is_party_to
from community.moderation.rules import URGENT
from community.moderation.tables import Block, Report
from community.parties.tables import Party
from foundation.access import Actor
from foundation.database import Session, one_if_any
from foundation.errors import Missing
from foundation.feature import Reportable, registry

_urgent: ColumnElement[bool] = col(Report.reason).in_(sorted(URGENT))


@dataclass(frozen=True)
class Case:
    """A report and what it is about. `words` is empty when the thing is gone or the maker may not see it."""

    report: Report
    reportable: Reportable | None
    words: str

    @property
    def is_urgent(self) -> bool:
        return self.report.reason in URGENT


def reportable(kind: str) -> Reportable:
    """The kind of thing by name. Raises Missing for a kind nobody registered."""
    for known in registry.every("reportables"):
        if known.kind == kind:
            return known  # type: ignore[no-any-return]  # the registry holds Reportables here
    raise Missing()


def reports_for(session: Session, actor: Actor, *, closed: bool = False, limit: int = 200) -> list[Report]:
    """Reports of the maker's zones, about neither themselves nor what is kept from them: urgent first, then old."""
    order = (col(Report.closed_at).desc(),) if closed else (_urgent.desc(), col(Report.reported_at))
    return list(session.exec(select(Report).where(*_decided_by(actor, closed=closed)).order_by(*order).limit(limit)))


def line_for_makers(actor: Actor) -> ColumnElement[int] | None:
    """1 where a report is open there, as an expression."""
    return one_if_any(select(col(Report.id)).where(*_decided_by(actor))) if actor.may(MODERATE) else None


def report_for(session: Session, actor: Actor, report_id: int) -> Report:
    """One report. Raises Missing outside the maker's zones, in a matter of their own, or one that is kept from them."""
    report = session.exec(select(Report).where(col(Report.id) == report_id, ~_kept_from(actor))).one_or_none()
    if report is None or report.community_id != actor.community_id:
        raise Missing()
    if not actor.may(MODERATE, report.zone_id) or is_party_to(actor, report.about_party_id, report.reporter_id):
        raise Missing()
    return report


def _decided_by(actor: Actor, *, closed: bool = False) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        col(Report.community_id) == actor.community_id,
        col(Report.closed_at).is_not(None) if closed else col(Report.closed_at).is_(None),
        col(Report.reporter_id) != actor.person_id,
        or_(col(Report.about_party_id).is_(None), col(Report.about_party_id).not_in(actor.party_ids)),
        ~_kept_from(actor),
    ]
    zones = actor.zones_for(MODERATE)
    if zones is not None:
        conditions.append(or_(col(Report.zone_id).in_(zones), col(Report.zone_id).is_(None)))
    return conditions


def _kept_from(actor: Actor) -> ColumnElement[bool]:
    """The condition that its words would tell this maker what somebody entrusted to the others (Children 4)."""
    kinds = [kind for kind in registry.every("reportables") if kind.kept_from]
    return or_(
        false(), *(and_(col(Report.kind) == kind.kind, kind.kept_from(actor, col(Report.object_id))) for kind in kinds)
    )


def case_of(session: Session, actor: Actor, report: Report) -> Case:
    """What a report is about, as far as it can still be seen."""
    try:
        kind = reportable(report.kind)
        words, _zone, _party = kind.find(session, actor, report.object_id)
    except Missing:
        return Case(report, None, "")
    return Case(report, kind, words)


def why_hidden(session: Session, kind: str, object_id: int) -> str:
    """The reason for which a maker took something out of sight. The caller has seen that the reader wrote it."""
    statement = (
        select(col(Report.closing_words))
        .where(col(Report.kind) == kind, col(Report.object_id) == object_id, col(Report.outcome) == "hidden")
        .order_by(col(Report.closed_at).desc())
        .limit(1)
    )
    return session.scalar(statement) or ""


def people_of(session: Session, report: Report) -> dict[int, Person]:
    """Who reported and who decided, by id."""
    wanted = [person_id for person_id in (report.reporter_id, report.closed_by_id) if person_id is not None]
    return {person.id: person for person in session.exec(select(Person).where(col(Person.id).in_(wanted))) if person.id}


def blocks_of(session: Session, actor: Actor) -> list[Party]:
    """The parties that the actor's party has blocked, by name."""
    statement = (
        select(Party)
        .join(Block, col(Block.blocked_party_id) == col(Party.id))
        .where(col(Block.party_id) == actor.must_be_party())
        .order_by(col(Party.name))
    )
    return list(session.exec(statement))


def blocked_with(session: Session, party_ids: Collection[int]) -> set[int]:
    """The parties between whom and any of these a block stands, whoever set it."""
    if not party_ids:
        return set()
    statement = select(col(Block.party_id), col(Block.blocked_party_id)).where(
        or_(col(Block.party_id).in_(party_ids), col(Block.blocked_party_id).in_(party_ids))
    )
    return {each for pair in session.execute(statement) for each in pair} - set(party_ids)
