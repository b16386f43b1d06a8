"""What happens by itself: the proof of who said yes goes when nobody needs it any more."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from community.dependants.actions import forget_removed
from foundation.database import Session
from foundation.jobs import Job


def run_forget(session: Session, _payload: Mapping[str, Any]) -> None:
    """Drop what was said about people taken off their lists two years ago."""
    forget_removed(session)


JOBS = (Job("dependants.forget", run_forget, timedelta(days=1), "Drop old consents of people no longer looked after"),)
