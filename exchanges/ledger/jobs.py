"""Sealing every day. Each seal is a transaction of its own: a run killed half-way leaves whole seals."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from community.communities.tables import Community
from exchanges.ledger.actions.reminding import remind_of_sheets
from exchanges.ledger.actions.sealing import add_seal, draft_seal, settled_upto
from exchanges.ledger.actions.sealing_record import add_record_seal, draft_record_seal, record_settled_upto
from exchanges.ledger.queries.verification import hold_still
from exchanges.ledger.tables import Seal
from exchanges.ledger.tables.record_seals import RecordSeal
from foundation.database import Database, Session
from foundation.jobs import Job

SEAL = "ledger.seal"


def seal_new(database: Database, community_id: int | None = None) -> Iterator[Seal]:
    """Seal what is not sealed yet, in one community or in all; each seal is kept before it is given.

    Two that run at once make one chain. Raises TookTooLong when somebody else is writing for too long.
    """
    with database.writing() as session:
        upto = settled_upto(session)
    with database.reading() as session:
        every = session.scalars(select(col(Community.id)).order_by(col(Community.id)))
        wanted = [each for each in every if each is not None and community_id in (None, each)]
    for each in wanted:
        while True:
            with database.reading() as session:
                hold_still(session)
                seal = draft_seal(session, each, upto)
            if seal is None:
                break
            with database.writing() as session:
                added = add_seal(session, seal)
            if added:
                yield seal


def seal_record(database: Database) -> Iterator[RecordSeal]:
    """Seal the lines of the record of deeds that are not sealed yet; each seal is kept before it is given.

    After the seals of the ledger, so that the lines which tell of those are under it. Raises TookTooLong.
    """
    with database.writing() as session:
        upto = record_settled_upto(session)
    while True:
        with database.reading() as session:
            hold_still(session)
            seal = draft_record_seal(session, upto)
        if seal is None:
            return
        with database.writing() as session:
            added = add_record_seal(session, seal)
        if added:
            yield seal


def run_seal(database: Database, _payload: Mapping[str, Any]) -> None:
    """Seal what the day brought."""
    for _ in seal_new(database):
        pass
    for _ in seal_record(database):
        pass


def remind(session: Session, _payload: Mapping[str, Any]) -> None:
    """On the first of the month makers hear of the sheets to print."""
    remind_of_sheets(session)


JOBS = (
    Job(SEAL, run_batches=run_seal, every=timedelta(days=1), words="Seal the ledger and the record of deeds"),
    Job(
        "ledger.sheets",
        run=remind,
        every=timedelta(hours=6),
        words="Remind makers once a month to print the sheets of households without e-mail.",
    ),
)
