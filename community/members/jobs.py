"""Roles that begin or end at their day, and the word beforehand."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from community.members.actions import begin_and_end_keepers, remind_ending_roles
from foundation.database import Session
from foundation.jobs import Job


def run_roles(session: Session, _payload: Mapping[str, Any]) -> None:
    """Begin and end what is due, then tell of what ends soon."""
    begin_and_end_keepers(session)
    remind_ending_roles(session)


ROLES_JOB = Job(
    "members.roles",
    run_roles,
    timedelta(minutes=10),
    "Begin and end roles at their day, and tell people beforehand.",
)
