"""Once a day: let rest, and ask."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from community.resting.actions import ask_how_they_are, let_silent_ones_rest
from community.resting.queries import whom_to_ask
from foundation.database import Database
from foundation.jobs import Job


def run(database: Database, _payload: Mapping[str, Any]) -> None:
    """Let those rest who were silent, then ask who has become quiet.

    Looking for them takes a while where there are many: it is done without the turn to write.
    """
    with database.writing() as session:
        let_silent_ones_rest(session)
    with database.reading() as session:
        found = whom_to_ask(session)
    for community_id, person_ids in found.items():
        with database.writing() as session:
            ask_how_they_are(session, community_id, person_ids)


JOB = Job(
    "resting.look",
    run_batches=run,
    every=timedelta(hours=24),
    lease=timedelta(minutes=30),
    words="Ask quiet members how they are, and let rest who does not answer.",
)
