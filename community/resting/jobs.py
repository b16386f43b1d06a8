"""Once a day: let rest, and ask."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from community.communities.queries import open_communities
from community.resting.actions import ask_how_they_are, let_silent_ones_rest
from community.resting.queries import whom_to_ask
from foundation.database import Database
from foundation.jobs import Job, each_apart


def run(database: Database, _payload: Mapping[str, Any]) -> None:
    """Let those rest who were silent, then ask who has become quiet.

    Looking for them takes a while where there are many: it is done without the turn to write. What fails in one
    community holds up no other.
    """
    with database.reading() as session:
        here = [community.id or 0 for community in open_communities(session)]
    try:
        each_apart(database, here, let_silent_ones_rest)
    finally:
        with database.reading() as session:
            found = whom_to_ask(session)
        each_apart(database, found.items(), lambda session, asked: ask_how_they_are(session, *asked))


JOB = Job(
    "resting.look",
    run_batches=run,
    every=timedelta(hours=24),
    lease=timedelta(minutes=30),
    words="Ask quiet members how they are, and let rest who does not answer.",
)
