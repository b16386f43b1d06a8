"""Telling makers what waits, those concerned what was decided, and who reported that it was looked at."""

from sqlmodel import col, select

from community.moderation.notices import LOOKED_AT, OVERDUE
from community.moderation.queries import able_to_decide
from community.moderation.tables import Case, Report
from community.notifications.actions import notify
from community.notifications.rules import Notice
from foundation import clock
from foundation.database import Session

BATCH = 100


def tell_makers(session: Session, case: Case, notice: Notice, *, key: str) -> None:
    """Tell those who may decide on a case: nothing of what it is about, since a letter may be read by others."""
    for person in able_to_decide(session, case):
        notify(
            session,
            person_id=person.id or 0,
            community_id=case.community_id,
            notice=notice,
            params={},
            endpoint="moderation.show_case",
            values={"case_id": case.id},
            key=key,
        )


def tell_person(session: Session, community_id: int, person_id: int, decision_id: int, notice: Notice) -> None:
    """Tell the person concerned that there is something to read about them: the words themselves are on the page."""
    notify(
        session,
        person_id=person_id,
        community_id=community_id,
        notice=notice,
        params={},
        endpoint="moderation.show_decision",
        values={"decision_id": decision_id},
        key=f"{notice.name}-{decision_id}",
    )


def tell_reporters(session: Session, case: Case) -> None:
    """Whoever reported hears that it was looked at, without details: they concern somebody else."""
    for report in session.exec(select(Report).where(col(Report.case_id) == case.id).order_by(col(Report.id))):
        notify(
            session,
            person_id=report.reporter_id,
            community_id=case.community_id,
            notice=LOOKED_AT,
            params={},
            endpoint="moderation.my_reports",
            key=f"looked-at-{report.id}",
        )


def remind_overdue(session: Session, *, limit: int = BATCH) -> int:
    """Remind of up to `limit` open cases past their deadline, each once: its maker, or all who could decide."""
    now = clock.now()
    overdue = (
        select(Case)
        .where(col(Case.closed_at).is_(None), col(Case.due_at) < now, col(Case.reminded_at).is_(None))
        .order_by(col(Case.due_at))
        .limit(limit)
        .with_for_update()
    )
    found = session.exec(overdue).all()
    for case in found:
        case.reminded_at = now
        tell_makers(session, case, OVERDUE, key=f"overdue-{case.id}-{case.due_at:%Y%m%d%H}")
    return len(found)
