"""Searching: the command that rebuilds the index, and the job that keeps it small."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import url_for

from foundation.access import Actor
from foundation.database import Session
from foundation.feature import Feature
from foundation.jobs import Job
from foundation.search.actions import forget_old_changes
from foundation.search.commands import search_commands
from foundation.search.forgetting import forget_by_job
from foundation.search.pages import searching
from foundation.search.rebuilding import rebuild_by_job


def tidy(session: Session, _payload: Mapping[str, Any]) -> None:
    """Forget the notes of changes that everybody has read."""
    forget_old_changes(session)


def frame(_session: Session, actor: Actor | None) -> dict[str, Any]:
    """The way to the search box, at the top of every page of a community."""
    return {} if actor is None else {"search_url": url_for("searching.search")}


feature = Feature(
    name="search",
    blueprints=(searching,),
    jobs=(
        Job("search.tidy", run=tidy, every=timedelta(days=1), words="Forget old changes of the search index."),
        Job(
            "search.forget",
            run_batches=forget_by_job,
            every=timedelta(days=1),
            lease=timedelta(hours=2),
            words="Forget words that nothing says any more.",
        ),
        Job(
            "search.rebuild",
            run_batches=rebuild_by_job,
            lease=timedelta(hours=2),
            words="Put everything that can be found into the index anew.",
        ),
    ),
    commands=(search_commands,),
    hooks={"frame": frame},
)
