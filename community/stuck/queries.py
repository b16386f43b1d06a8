"""Letters of a community that never arrived, and work of the installation that was given up."""

from dataclasses import dataclass
from datetime import datetime

from community.members.queries import membership_of
from community.members.tables import Person
from community.stuck.policies import MEND
from foundation.access import Actor
from foundation.claims.actions import count_dead, dead_rows
from foundation.database import Session
from foundation.errors import Missing
from foundation.jobs.tables import QueuedJob
from foundation.outbox import OutboxMessage
from foundation.outbox.rules import SECRET


@dataclass(frozen=True)
class StuckLetter:
    """A letter to somebody of the community. With a link that has a secret, it is better asked for anew."""

    id: int
    person: Person
    since: datetime
    error: str
    had_secret: bool


@dataclass(frozen=True)
class StuckJob:
    """A run of a job; the installation's, not of one community."""

    id: int
    kind: str
    since: datetime
    error: str


def stuck_letters(session: Session, actor: Actor) -> list[StuckLetter]:
    """Letters given up, to people of the actor's community. Raises Missing for who does not run it."""
    if not actor.may(MEND):
        raise Missing()
    found = [_letter(session, actor, row) for row in dead_rows(session, OutboxMessage)]
    return [letter for letter in found if letter is not None]


def stuck_jobs(session: Session, actor: Actor) -> list[StuckJob]:
    """Runs of jobs given up. Raises Missing for who does not run a community."""
    if not actor.may(MEND):
        raise Missing()
    return [
        StuckJob(row.id or 0, row.kind, row.dead_at or row.due_at, row.last_error or "")
        for row in dead_rows(session, QueuedJob)
    ]


def count_stuck(session: Session, actor: Actor) -> int:
    """How many letters and runs there are to look at; none for who does not run the community."""
    if not actor.may(MEND) or not (count_dead(session, OutboxMessage) or count_dead(session, QueuedJob)):
        return 0
    return len(stuck_letters(session, actor)) + len(stuck_jobs(session, actor))


def _letter(session: Session, actor: Actor, row: OutboxMessage) -> StuckLetter | None:
    """The letter, when it is one and of this community: one that belongs to none goes with the person."""
    person = session.get(Person, row.payload.get("person_id", 0))
    if person is None or person.id is None:
        return None
    of_community = row.payload.get("community_id")
    if of_community is None and membership_of(session, actor.community_id, person.id) is not None:
        of_community = actor.community_id
    if of_community != actor.community_id:
        return None
    had_secret = SECRET in row.payload.get("values", {})
    return StuckLetter(row.id or 0, person, row.dead_at or row.due_at, row.last_error or "", had_secret)
