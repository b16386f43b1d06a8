"""The jobs by which foundation keeps its own rooms tidy. The worker of every installation runs them."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from foundation.database import Database, Session
from foundation.files import FileStore, sweep
from foundation.jobs.actions import purge as purge_jobs
from foundation.jobs.rules import Job, Run
from foundation.once import forget_old_keys
from foundation.outbox import purge as purge_outbox
from foundation.tokens import forget_ended

_DAILY = timedelta(days=1)


def housekeeping(store: FileStore) -> tuple[Job, ...]:
    """Everything that is to be thrown away after a while."""

    def sweep_files(database: Database, payload: Mapping[str, Any]) -> None:
        sweep(database, store)

    return (
        Job(
            "foundation.sweep_files", run_batches=sweep_files, every=_DAILY, words="Sweeps away pictures nobody holds."
        ),
        Job(
            "foundation.forget_request_keys",
            _without_payload(forget_old_keys),
            _DAILY,
            "Forgets forms sent a week ago.",
        ),
        Job(
            "foundation.forget_tokens",
            _without_payload(forget_ended),
            _DAILY,
            "Forgets links and codes ended a month ago.",
        ),
        Job("foundation.purge_outbox", _without_payload(purge_outbox), _DAILY, "Drops messages delivered 90 days ago."),
        Job("foundation.purge_jobs", _without_payload(purge_jobs), _DAILY, "Drops runs of jobs done 30 days ago."),
    )


def _without_payload(tidy: Callable[[Session], int]) -> Run:
    def run(session: Session, payload: Mapping[str, Any]) -> None:
        tidy(session)

    return run
