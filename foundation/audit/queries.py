"""Reading the record back."""

from datetime import datetime

from sqlmodel import col, select

from foundation.audit.tables import AuditEntry
from foundation.database import Session


def history_of(session: Session, kind: str, object_id: int, *, limit: int = 200) -> list[AuditEntry]:
    """What happened to one thing, newest first. The caller has checked that it may be told."""
    statement = (
        select(AuditEntry)
        .where(col(AuditEntry.kind) == kind, col(AuditEntry.object_id) == object_id)
        .order_by(col(AuditEntry.id).desc())
        .limit(limit)
    )
    return list(session.scalars(statement))


def looks_at(session: Session, kind: str, object_id: int, *, since: datetime | None = None) -> list[AuditEntry]:
    """Who looked at one confidential thing and when, newest first: shown to the persons concerned."""
    statement = select(AuditEntry).where(
        col(AuditEntry.kind) == kind, col(AuditEntry.object_id) == object_id, col(AuditEntry.verb) == "looked"
    )
    if since is not None:
        statement = statement.where(col(AuditEntry.at) >= since)
    return list(session.scalars(statement.order_by(col(AuditEntry.id).desc())))
