"""Looking for signs every quarter of an hour: one stretch of each kind, so that a run costs the same anywhere."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from exchanges.signs.actions import LOOKS, look
from foundation.database import Database
from foundation.jobs import Job


def run_look(database: Database, _payload: Mapping[str, Any]) -> None:
    """Look at the next stretch of each kind, each in a transaction of its own."""
    for name in LOOKS:
        with database.writing() as session:
            look(session, name)


JOBS = (
    Job(
        "signs.look",
        run_batches=run_look,
        every=timedelta(minutes=15),
        words="Look for signs that makers should look at something",
    ),
)
