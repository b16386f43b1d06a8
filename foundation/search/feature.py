"""Searching: the command that rebuilds the index, and the job that keeps it small."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from foundation.database import Session
from foundation.feature import Feature
from foundation.jobs import Job
from foundation.search.actions import forget_old_changes
from foundation.search.commands import search_commands
from foundation.search.rebuilding import rebuild_by_job


def tidy(session: Session, _payload: Mapping[str, Any]) -> None:
    """Forget the notes of changes that everybody has read."""
    forget_old_changes(session)


feature = Feature(
    name="search",
    jobs=(
        Job("search.tidy", run=tidy, every=timedelta(days=1), words="Forget old changes of the search index."),
        Job(
            "search.rebuild",
            run_batches=rebuild_by_job,
            lease=timedelta(hours=2),
            words="Put everything that can be found into the index anew.",
        ),
    ),
    commands=(search_commands,),
)
