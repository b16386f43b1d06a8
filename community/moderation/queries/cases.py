"""The makers' desk: the queue, and one case with all that was said about it."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from community.members.queries import membership_of
from community.members.tables import Membership, Person
from community.moderation.policies import MODERATE, STEP_IN
from community.moderation.queries.able import (
    able_to_decide,
    is_kept_from,
    kept_from,
    may_step_in,
    of_others,
    of_own_zones,
    reportable,
    without_a_maker,
)
from community.moderation.tables import Case, CaseNote, Decision, Report
from community.parties.queries import people_of
from community.zones.queries import zone_names
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing
from foundation.feature import Reportable

__all__ = ["PAGE", "able_to_decide", "reportable"]

PAGE = 30
MOST_LOOKED_AT = 200


@dataclass(frozen=True)
class Row:
    """A case in the queue. `reasons` are those of its reports, the urgent first."""

    case: Case
    reportable: Reportable | None
    zone: str
    reasons: list[str]
    assigned_to: str
    outcome: str = ""

    @property
    def is_overdue(self) -> bool:
        return self.case.closed_at is None and self.case.due_at < clock.now()


@dataclass(frozen=True)
class QueuePage:
    """Some cases, and whether there are more."""

    rows: list[Row]
    more: bool = False


@dataclass(frozen=True)
class CaseView:
    """All that a maker reads of a case. `words` is empty when the thing is gone or the maker may not see it."""

    case: Case
    reportable: Reportable | None
    words: str
    reports: list[Report]
    notes: list[CaseNote]
    decisions: list[Decision]
    concerned: list[Person]
    """Whom a decision may concern, the author first."""
    able: list[Person]
    people: dict[int, Person] = field(default_factory=dict)

    @property
    def standing(self) -> Decision | None:
        """The decision that holds."""
        return next((one for one in self.decisions if one.undone_at is None), None)


def cases_for(
    session: Session, actor: Actor, *, closed: bool = False, mine: bool = False, after: int = 0, limit: int = PAGE
) -> QueuePage:
    """The cases the actor may decide on: urgent first, then by deadline; decided ones newest first.

    `after` is how many were shown already. Raises Missing for who decides nothing here.
    """
    found = _open_to(session, actor, closed=closed, mine=mine)
    shown = found[after : after + limit]
    return QueuePage(_rows(session, actor, shown), len(found) > after + limit)


def count_open(session: Session, actor: Actor) -> tuple[int, int, int]:
    """How many cases wait for the actor, how many of them are urgent, and how many are past their deadline."""
    found = _open_to(session, actor)
    return len(found), sum(one.urgent for one in found), sum(one.due_at < clock.now() for one in found)


def case_for(session: Session, actor: Actor, case_id: int, *, lock: bool = False) -> Case:
    """One case. Raises Missing outside the maker's zones, in a matter of their own, or one that is kept from them."""
    statement = select(Case).where(col(Case.id) == case_id, of_others(actor))
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session.exec(statement).one_or_none()
    if found is None or is_kept_from(session, actor, found):
        raise Missing()
    if not _is_of_zone(actor, found) and not may_step_in(session, actor, found):
        raise Missing()
    return found


def view_of(session: Session, actor: Actor, found: Case) -> CaseView:
    """What the maker reads of a case that they may decide on."""
    kind, words = _words_of(session, actor, found)
    reports = session.exec(select(Report).where(col(Report.case_id) == found.id).order_by(col(Report.id))).all()
    notes = session.exec(select(CaseNote).where(col(CaseNote.case_id) == found.id).order_by(col(CaseNote.id))).all()
    made = select(Decision).where(col(Decision.case_id) == found.id).order_by(col(Decision.id).desc())
    decisions = session.exec(made).all()
    wanted = {one.reporter_id for one in reports} | {one.author_id for one in notes}
    wanted |= {one.decided_by_id or 0 for one in decisions} | {one.undone_by_id or 0 for one in decisions}
    wanted |= {one.person_id or 0 for one in decisions} | {found.assigned_to_id or 0}
    return CaseView(
        case=found,
        reportable=kind,
        words=words,
        reports=list(reports),
        notes=list(notes),
        decisions=list(decisions),
        concerned=concerned_people(session, found),
        able=able_to_decide(session, found),
        people=people_by_id(session, wanted),
    )


def concerned_people(session: Session, found: Case) -> list[Person]:
    """Whom a decision may concern: who wrote or did it, then the others who act for its party. Members only."""
    people = people_of(session, found.about_party_id) if found.about_party_id is not None else []
    author = session.get(Person, found.about_person_id) if found.about_person_id is not None else None
    ordered = ([author] if author is not None else []) + [one for one in people if one.id != found.about_person_id]
    return [one for one in ordered if _belongs(membership_of(session, found.community_id, one.id or 0))]


def people_by_id(session: Session, ids: set[int]) -> dict[int, Person]:
    """People by their ids."""
    return {one.id: one for one in session.exec(select(Person).where(col(Person.id).in_(ids))) if one.id}


def _belongs(membership: Membership | None) -> bool:
    return membership is not None and membership.state == "approved"


def _is_of_zone(actor: Actor, found: Case) -> bool:
    return actor.may(MODERATE, found.zone_id) if found.zone_id is not None else actor.may(MODERATE)


def _open_to(session: Session, actor: Actor, *, closed: bool = False, mine: bool = False) -> list[Case]:
    """Cases of the actor's zones; for administrators those that no maker can decide on."""
    if not actor.may(MODERATE) and not actor.may(STEP_IN):
        raise Missing()
    found = []
    if actor.may(MODERATE):
        own = and_(of_own_zones(actor), ~kept_from(actor))
        found = list(session.exec(_queue(actor, own, closed=closed, mine=mine)))
    if actor.may(STEP_IN):
        there = {one.id for one in found}
        others = session.exec(_queue(actor, col(Case.id).not_in(there), closed=closed, mine=mine)).all()
        found += [one for one in without_a_maker(session, others) if may_step_in(session, actor, one)]
    return found


def _queue(actor: Actor, where: ColumnElement[bool], *, closed: bool, mine: bool) -> SelectOfScalar[Case]:
    statement = select(Case).where(
        of_others(actor), where, col(Case.closed_at).is_not(None) if closed else col(Case.closed_at).is_(None)
    )
    if mine:
        statement = statement.where(col(Case.assigned_to_id) == actor.person_id)
    urgent_first = case((col(Case.urgent), 0), else_=1)
    order = (col(Case.closed_at).desc(),) if closed else (urgent_first, col(Case.due_at), col(Case.id))
    return statement.order_by(*order).limit(MOST_LOOKED_AT)


def _words_of(session: Session, actor: Actor, found: Case) -> tuple[Reportable | None, str]:
    try:
        kind = reportable(found.kind)
    except Missing:
        return None, ""
    try:
        return kind, kind.find(session, actor, found.object_id)[0]
    except Missing:
        return kind, ""


def _rows(session: Session, actor: Actor, cases: list[Case]) -> list[Row]:
    ids = [one.id for one in cases]
    said: dict[int, list[str]] = defaultdict(list)
    for case_id, reason in session.execute(
        select(col(Report.case_id), col(Report.reason)).where(col(Report.case_id).in_(ids)).order_by(col(Report.id))
    ):
        if reason not in said[case_id]:
            said[case_id].append(reason)
    outcomes = dict(
        session.execute(
            select(col(Decision.case_id), col(Decision.outcome)).where(
                col(Decision.case_id).in_(ids), col(Decision.undone_at).is_(None)
            )
        ).all()
    )
    people = people_by_id(session, {one.assigned_to_id for one in cases if one.assigned_to_id})
    zones = zone_names(session, actor.community_id)
    return [
        Row(
            one,
            _kind_of(one),
            zones.get(one.zone_id or 0, ""),
            said[one.id or 0],
            people[one.assigned_to_id].given_name if one.assigned_to_id in people else "",
            outcomes.get(one.id, ""),
        )
        for one in cases
    ]


def _kind_of(found: Case) -> Reportable | None:
    try:
        return reportable(found.kind)
    except Missing:
        return None


def count_overdue(session: Session, moment: datetime) -> int:
    """How many open cases of the installation are past their deadline."""
    statement = select(func.count()).where(col(Case.closed_at).is_(None), col(Case.due_at) < moment)
    return session.scalar(statement) or 0
