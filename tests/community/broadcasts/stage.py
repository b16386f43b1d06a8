"""Makers who write to many: a message, and how its work is done."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context, copy_context
from dataclasses import replace
from threading import Barrier
from typing import Any

from community.broadcasts import actions
from community.broadcasts.jobs import JOBS
from community.broadcasts.queries import outcome_of
from community.broadcasts.rules import Draft
from community.broadcasts.tables import Broadcast
from foundation.database import Database
from foundation.errors import DomainError
from foundation.jobs import run_due
from tests.cast import Cast, Member
from tests.community.letters import notices

SUBJECT, WORDS = "Festa di quartiere", "Sabato alle 16 in piazza.\nPorta una sedia."


def draft(cast: Cast, *zones: str, **more: Any) -> Draft:
    """A message to everybody in these zones; those of the maker where none is said."""
    ids = [cast.zones[zone].id or 0 for zone in zones or ("centro", "po")]
    return replace(Draft("zones", {"it": SUBJECT}, {"it": WORDS}, zone_ids=ids, purpose="needed"), **more)


class Desk:
    """What makers do, each in a transaction of its own."""

    def __init__(self, database: Database, cast: Cast) -> None:
        self.database, self.cast = database, cast

    def write(self, who: Member | None = None, *zones: str, **more: Any) -> int:
        with self.database.writing() as session:
            return actions.start(session, (who or self.cast.maker).actor, draft(self.cast, *zones, **more))

    def do(self, verb: Callable[..., Any], who: Member, number: int, *arguments: Any, **more: Any) -> Any:
        """One step, on the version that stands."""
        if verb in (actions.send_off, actions.approve, actions.send_back, actions.change):
            more.setdefault("version", self.one(number).version)
        with self.database.writing() as session:
            return verb(session, who.actor, number, *arguments, **more)

    def send(self, who: Member | None = None, *zones: str, **more: Any) -> int:
        """Write it and send it off."""
        number = self.write(who, *zones, **more)
        self.do(actions.send_off, who or self.cast.maker, number)
        return number

    def one(self, number: int) -> Broadcast:
        with self.database.reading() as session:
            found = session.get(Broadcast, number)
            assert found is not None
            session.expunge(found)
            return found

    def state(self, number: int) -> str:
        return self.one(number).state

    def above(self, people: int) -> None:
        with self.database.writing() as session:
            actions.set_rules(session, self.cast.administrator.actor, above=people)

    def work(self) -> int:
        """Do the jobs that are due."""
        return run_due(self.database, {job.kind: job for job in JOBS})

    def told(self) -> list[int]:
        """Who was left a letter with a message, oldest first."""
        return [who for name, who in notices(self.database) if name in ("broadcasts:news", "broadcasts:urgent")]

    def outcome(self, number: int) -> Any:
        with self.database.reading() as session:
            found = session.get(Broadcast, number)
            assert found is not None
            return outcome_of(session, found)


def at_once(*deeds: Callable[[], object]) -> list[DomainError | None]:
    """Do all deeds at the same moment, by the clock of the test, and give what each ran into."""
    ready = Barrier(len(deeds))

    def run(context: Context, deed: Callable[[], object]) -> DomainError | None:
        ready.wait()
        try:
            context.run(deed)
        except DomainError as error:
            return error
        return None

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, [copy_context() for _ in deeds], deeds))
