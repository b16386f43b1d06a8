"""What happens by itself: hours of cheques that are over come back, and who printed some is reminded before."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from exchanges.cheques.actions import end_stopped, expire, remind_sheet, stop
from exchanges.cheques.queries import is_away, sheets_ending
from foundation.database import Database, Session
from foundation.jobs import Job, each_apart

MOST = 200
STOP = "cheques.stop"


def run_expire(session: Session, _payload: Mapping[str, Any]) -> None:
    """Give back what waits for nobody any more; what is left over goes with the next run."""
    expire(session, MOST)


def run_end_stopped(session: Session, _payload: Mapping[str, Any]) -> None:
    """The same where nobody of the issuer is there: a job of its own, so that no account is locked before a cheque."""
    end_stopped(session, MOST)


def run_stop(session: Session, payload: Mapping[str, Any]) -> None:
    """Makers have paused or excluded everybody of some parties; who is back already is left in peace."""
    away = [party_id for party_id in payload["party_ids"] if is_away(session, party_id)]
    stop(session, None, away, datetime.fromisoformat(payload["at"]))


def remind(database: Database, _payload: Mapping[str, Any]) -> None:
    """Tell who printed cheques that they end soon, sheet by sheet."""
    with database.reading() as session:
        ending = sheets_ending(session)
    each_apart(database, ending, remind_sheet)


JOBS = (
    Job("cheques.expire", run_expire, timedelta(hours=1), "Give back the hours of time cheques that are over"),
    Job(
        "cheques.end_stopped",
        run_end_stopped,
        timedelta(hours=1),
        "Void what nobody redeemed of who is not there, and make good again what was printed by who is back",
    ),
    Job(STOP, run_stop, words="Tell what becomes of the time cheques of who is not there any more"),
    Job(
        "cheques.remind",
        run_batches=remind,
        every=timedelta(hours=12),
        words="Remind who printed time cheques before they end",
    ),
)
