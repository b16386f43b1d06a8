"""The jobs that keep an installation tidy, and the commands for its database."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from foundation import jobs, once, outbox, tokens
from foundation.crypto.commands import keys
from foundation.database import Session
from foundation.database.commands import database_commands
from foundation.feature import Feature
from foundation.jobs import Job
from foundation.upkeep.commands import permissions, stuck_commands


def tidy(session: Session, _payload: Mapping[str, Any]) -> None:
    """Forget what has been done with: request keys, spent tokens, delivered messages, finished jobs."""
    once.forget_old_keys(session)
    tokens.forget_ended(session)
    outbox.purge(session)
    jobs.purge(session)


feature = Feature(
    name="upkeep",
    jobs=(Job("upkeep.tidy", run=tidy, every=timedelta(days=1), words="Forget what has been done with."),),
    commands=(database_commands, keys, permissions, stuck_commands),
)
