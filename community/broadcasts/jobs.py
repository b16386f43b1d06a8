"""Sending what was planned, in batches, each a transaction of its own: a run killed half-way is gone on with."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from community.broadcasts.actions import begin, tell_some
from community.broadcasts.actions.approving import SEND
from foundation.database import Database
from foundation.jobs import Job


def run_send(database: Database, payload: Mapping[str, Any]) -> None:
    """Tell everybody who was not told yet, until it is over or somebody stops it."""
    broadcast_id = payload["broadcast_id"]
    with database.writing() as session:
        under_way = begin(session, broadcast_id, payload["version"])
    while under_way:
        with database.writing() as session:
            under_way = tell_some(session, broadcast_id)


JOBS = (
    Job(
        SEND,
        run_batches=run_send,
        lease=timedelta(minutes=15),
        words="Send what a maker wrote to many people, each once",
    ),
)
