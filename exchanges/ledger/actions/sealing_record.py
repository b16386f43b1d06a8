"""Sealing the record of deeds: the lines since the last seal of the record become the next one."""

from sqlalchemy import func, select, text
from sqlmodel import col

from exchanges.ledger.actions.sealing import PATIENCE
from exchanges.ledger.queries import record_sealed
from exchanges.ledger.queries.canonical import moment
from exchanges.ledger.queries.record_sealed import OWN_KIND, closed_by
from exchanges.ledger.queries.sealed import BEFORE_ALL
from exchanges.ledger.queries.seals import latest_record_seal
from exchanges.ledger.rules import MOST_SEALED
from exchanges.ledger.tables.record_seals import RecordSeal
from exchanges.ledger.tables.seals import FIRST
from foundation import audit
from foundation.audit.tables import AuditEntry
from foundation.clock import now
from foundation.database import Session, insert_if_absent

MOST = MOST_SEALED


def record_settled_upto(session: Session) -> int:
    """The newest line up to which all are committed. To be called first, and alone, in a transaction.

    Alone, because whoever writes a line may still want the tables of the ledger: somebody who held those would wait
    for the line, and the other for them. Raises TookTooLong.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE}'"))
        session.execute(text("LOCK TABLE audit_entry IN SHARE MODE"))
    return session.scalar(select(func.max(col(AuditEntry.id)))) or 0


def draft_record_seal(session: Session, upto: int) -> RecordSeal | None:
    """The next seal of the record, up to a line that is settled; None when there is nothing new."""
    last = latest_record_seal(session)
    found = closed_by(session, last.last_entry_id if last is not None else BEFORE_ALL, upto, MOST)
    if not found.news:
        return None
    seal = RecordSeal(
        number=last.number + 1 if last is not None else 1,
        version=record_sealed.VERSION,
        made_at=now(),
        last_entry_id=found.last_entry_id,
        lines=found.lines,
        root=found.root,
        previous=last.hash if last is not None else FIRST,
        hash="",
        marks=found.marks,
    )
    values = {name: getattr(seal, name) for name in record_sealed.SEAL}
    values["made_at"] = moment(seal.made_at)
    seal.hash = record_sealed.seal_hash(list(values.values()))
    return seal


def add_record_seal(session: Session, seal: RecordSeal) -> bool:
    """Put a drafted seal at the end of the chain; False when somebody else has lengthened it meanwhile."""
    last = latest_record_seal(session)
    if (last.hash if last is not None else FIRST) != seal.previous:
        return False
    if not insert_if_absent(session, RecordSeal, seal.model_dump(), ["number"]):
        return False
    audit.record(session, None, "sealed", OWN_KIND, seal.number, hash=seal.hash)
    return True
