"""What happens by itself: the hours of cheques whose day is over come back."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from exchanges.cheques.actions import expire
from foundation.database import Session
from foundation.jobs import Job

MOST = 200


def run_expire(session: Session, _payload: Mapping[str, Any]) -> None:
    """Give back what waits for nobody any more; what is left over goes with the next run."""
    expire(session, MOST)


JOBS = (Job("cheques.expire", run_expire, timedelta(hours=1), "Give back the hours of time cheques that are over"),)
