"""Doing the same for several, so that the trouble of one is its own."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from foundation.database import Database, Session

Thing = TypeVar("Thing")
log = logging.getLogger(__name__)


def each_apart(database: Database, things: Iterable[Thing], do: Callable[[Session, Thing], object]) -> None:
    """Do something for each of several things, in a transaction of its own.

    What fails is undone and logged, and the others go on. At the end the first failure is raised, so that the job is
    tried again and stands among what is stuck.
    """
    first: Exception | None = None
    for thing in things:
        try:
            with database.writing() as session:
                do(session, thing)
        except Exception as error:
            log.exception("failed for %s; the others go on", thing)
            first = first or error
    if first is not None:
        raise first
