"""Reminding families of what is still open."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from civic_centers.reckoning.actions import remind
from foundation.database import Session
from foundation.jobs import Job


def run_remind(session: Session, _payload: Mapping[str, Any]) -> None:
    """A kind reminder, where it is time."""
    remind(session)


JOBS = (
    Job(
        "reckoning.remind",
        run=run_remind,
        every=timedelta(days=1),
        words="Remind families of what is still open of shared orders",
    ),
)
