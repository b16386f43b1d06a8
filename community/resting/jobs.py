"""Once a day: ask, and let rest."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from community.resting.actions import ask_quiet_ones, let_silent_ones_rest
from foundation.database import Session
from foundation.jobs import Job


def run(session: Session, _payload: Mapping[str, Any]) -> None:
    """Let those rest who were silent, then ask who has become quiet."""
    let_silent_ones_rest(session)
    ask_quiet_ones(session)


JOB = Job("resting.look", run, timedelta(hours=24), "Ask quiet members whether all is well, and let them rest.")
