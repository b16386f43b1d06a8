"""What happens by itself on the makers' desk: a reminder of what has waited too long."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from community.moderation.actions import remind_overdue
from foundation.database import Session
from foundation.jobs import Job


def run_remind(session: Session, _payload: Mapping[str, Any]) -> None:
    """Remind makers of cases past their deadline, each once."""
    remind_overdue(session)


JOBS = (Job("moderation.remind", run_remind, timedelta(minutes=30), "Remind makers of reports that wait too long"),)
