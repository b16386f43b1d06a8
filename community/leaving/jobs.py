"""What happens once the time to come back is over. Each departure in a transaction of its own."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from community.leaving.actions import finish, move_hours
from community.leaving.queries import due, with_hours
from foundation.database import Database
from foundation.jobs import Job, each_apart

SOME = 100


def run_finish(database: Database, _payload: Mapping[str, Any]) -> None:
    """Let go of what is personal of those who have left, then bring their hours where they go.

    What fails for one waits for the next run, and holds up neither the data nor the hours of the others.
    """
    with database.reading() as session:
        over = due(session, SOME)
    try:
        each_apart(database, over, finish)
    finally:
        with database.reading() as session:
            left = with_hours(session, SOME)
        each_apart(database, left, move_hours)


JOBS = (
    Job(
        "leaving.finish",
        run_batches=run_finish,
        every=timedelta(hours=1),
        lease=timedelta(minutes=30),
        words="Let go of the data of those who have left, and bring their hours where they go.",
    ),
)
