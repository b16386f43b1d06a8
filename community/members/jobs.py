"""Roles that begin or end at their day, and the word beforehand."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from community.communities.queries import open_communities
from community.members.actions import begin_and_end_keepers, remind_ending_roles
from foundation.database import Database
from foundation.jobs import Job, each_apart


def run_roles(database: Database, _payload: Mapping[str, Any]) -> None:
    """Begin and end what is due, then tell of what ends soon: in each community by itself."""
    with database.reading() as session:
        here = [community.id or 0 for community in open_communities(session)]
    try:
        each_apart(database, here, begin_and_end_keepers)
    finally:
        each_apart(database, here, remind_ending_roles)


ROLES_JOB = Job(
    "members.roles",
    run_batches=run_roles,
    every=timedelta(minutes=10),
    words="Begin and end roles at their day, and tell people beforehand.",
)
