"""Decisions as those concerned read them, appeals as other makers do, and what one has reported oneself."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from community.members.tables import Person
from community.moderation.policies import MODERATE, STEP_IN
from community.moderation.queries.able import (
    able_to_decide,
    is_kept_from,
    is_not_kin,
    of_others,
    of_own_zones,
    reportable,
)
from community.moderation.rules import APPEAL_WITHIN
from community.moderation.tables import Appeal, Case, Decision, Limit, Report
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing
from foundation.feature import Reportable

MOST = 100


@dataclass(frozen=True)
class DecisionView:
    """A decision with what it took, and the appeal against it."""

    decision: Decision
    case: Case
    reportable: Reportable | None
    limits: list[Limit]
    appeal: Appeal | None

    @property
    def appeal_until(self) -> datetime:
        """Until when the person concerned may ask for another look."""
        return self.decision.decided_at + APPEAL_WITHIN

    @property
    def may_appeal(self) -> bool:
        return self.appeal is None and self.decision.undone_at is None and clock.now() <= self.appeal_until

    @property
    def holds(self) -> bool:
        """Whether it still takes something or stands."""
        ended = self.decision.until is not None and self.decision.until <= clock.now()
        return self.decision.undone_at is None and not ended


@dataclass(frozen=True)
class AppealView:
    """An appeal with the decision that it is about."""

    appeal: Appeal
    view: DecisionView
    person: Person | None


def about_me(session: Session, community_id: int, person_id: int) -> list[DecisionView]:
    """What was decided about a person here, newest first."""
    rows = session.execute(
        select(Decision, Case)
        .join(Case, col(Case.id) == col(Decision.case_id))
        .where(col(Decision.community_id) == community_id, col(Decision.person_id) == person_id)
        .order_by(col(Decision.id).desc())
        .limit(MOST)
    )
    return [_view(session, decision, case) for decision, case in rows]


def decision_about_me(session: Session, community_id: int, person_id: int, decision_id: int) -> DecisionView:
    """One of them. Raises Missing for a decision about somebody else."""
    decision = session.get(Decision, decision_id)
    if decision is None or decision.community_id != community_id or decision.person_id != person_id:
        raise Missing()
    return _view(session, decision, session.get_one(Case, decision.case_id))


def standing_decision(session: Session, case_id: int) -> Decision | None:
    """The decision of a case that was not undone."""
    statement = select(Decision).where(col(Decision.case_id) == case_id, col(Decision.undone_at).is_(None))
    return session.exec(statement).one_or_none()


def appeals_for(session: Session, actor: Actor) -> list[AppealView]:
    """The appeals that wait for the actor's answer, the oldest first: never against a decision of their own."""
    rows = session.execute(
        select(Appeal, Decision, Case, of_own_zones(actor))
        .join(Decision, col(Decision.id) == col(Appeal.decision_id))
        .join(Case, col(Case.id) == col(Decision.case_id))
        .where(
            col(Appeal.community_id) == actor.community_id,
            col(Appeal.answered_at).is_(None),
            col(Decision.decided_by_id) != actor.person_id,
            is_not_kin(actor, col(Decision.person_id)),
            of_others(actor),
        )
        .order_by(col(Appeal.due_at), col(Appeal.id))
        .limit(MOST)
    ).all()
    return [
        _appeal_view(session, appeal, decision, case)
        for appeal, decision, case, of_zone in rows
        if _may_answer(session, actor, decision, case, of_zone=bool(of_zone))
    ]


def appeal_for(session: Session, actor: Actor, appeal_id: int) -> AppealView:
    """One appeal, answered or not. Raises Missing for who decided, who is concerned, and makers of other zones."""
    row = session.execute(
        select(Appeal, Decision, Case)
        .join(Decision, col(Decision.id) == col(Appeal.decision_id))
        .join(Case, col(Case.id) == col(Decision.case_id))
        .where(
            col(Appeal.id) == appeal_id,
            col(Appeal.community_id) == actor.community_id,
            col(Decision.decided_by_id) != actor.person_id,
            is_not_kin(actor, col(Decision.person_id)),
            of_others(actor),
        )
    ).one_or_none()
    if row is None:
        raise Missing()
    appeal, decision, case = row
    of_zone = actor.may(MODERATE, case.zone_id) if case.zone_id is not None else actor.may(MODERATE)
    if not _may_answer(session, actor, decision, case, of_zone=of_zone):
        raise Missing()
    return _appeal_view(session, appeal, decision, case)


def my_reports(session: Session, actor: Actor) -> list[tuple[Report, Case]]:
    """What the actor reported, newest first, each with its case: of this only whether it was looked at is told."""
    statement = (
        select(Report, Case)
        .join(Case, col(Case.id) == col(Report.case_id))
        .where(col(Report.reporter_id) == actor.must_be_person(), col(Report.community_id) == actor.community_id)
        .order_by(col(Report.id).desc())
        .limit(MOST)
    )
    return [(report, case) for report, case in session.execute(statement)]


def why_hidden(session: Session, kind: str, object_id: int) -> tuple[int, str] | None:
    """The decision that took a thing out of sight, with its reason; None where none stands."""
    statement = (
        select(Decision)
        .join(Case, col(Case.id) == col(Decision.case_id))
        .where(
            col(Case.kind) == kind,
            col(Case.object_id) == object_id,
            col(Decision.outcome) == "hide",
            col(Decision.undone_at).is_(None),
        )
        .order_by(col(Decision.id).desc())
        .limit(1)
    )
    found = session.exec(statement).one_or_none()
    return (found.id or 0, found.reason) if found is not None else None


def _may_answer(session: Session, actor: Actor, decision: Decision, case: Case, *, of_zone: bool) -> bool:
    if is_kept_from(session, actor, case):
        return False
    if of_zone:
        return True
    able = able_to_decide(session, case, (decision.decided_by_id, decision.person_id))
    return actor.may(STEP_IN) and any(person.id == actor.person_id for person in able)


def _appeal_view(session: Session, appeal: Appeal, decision: Decision, case: Case) -> AppealView:
    person = session.get(Person, decision.person_id) if decision.person_id is not None else None
    return AppealView(appeal, _view(session, decision, case), person)


def _view(session: Session, decision: Decision, case: Case) -> DecisionView:
    limits = session.exec(select(Limit).where(col(Limit.decision_id) == decision.id).order_by(col(Limit.id))).all()
    appeal = session.exec(select(Appeal).where(col(Appeal.decision_id) == decision.id)).one_or_none()
    try:
        kind = reportable(case.kind)
    except Missing:
        kind = None
    return DecisionView(decision, case, kind, list(limits), appeal)
