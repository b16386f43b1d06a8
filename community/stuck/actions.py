"""Having another try at what was given up, or letting it go."""

from community.stuck.queries import held_up_ids, stuck_jobs, stuck_letters
from foundation import audit
from foundation.access import Actor
from foundation.claims.actions import hurry, let_go, revive
from foundation.claims.tables import Claimable
from foundation.database import Session
from foundation.errors import Missing
from foundation.jobs.tables import QueuedJob
from foundation.outbox import OutboxMessage


def try_again(session: Session, actor: Actor, kind: str, row_id: int) -> None:
    """Have a `letter` or `job` tried from the start. Raises Missing for one the actor does not see."""
    revive(session, _table(session, actor, kind, row_id), row_id)
    audit.record(session, actor, "tried_again", kind, row_id)


def try_all_again(session: Session, actor: Actor) -> int:
    """Have everything given up that the actor sees tried from the start, and what is being tried already tried now.

    Letters whose link works no longer stay: they are asked for anew. Says how many there are.
    """
    letters = [letter.id for letter in stuck_letters(session, actor) if not letter.had_secret]
    jobs = [job.id for job in stuck_jobs(session, actor)]
    done = sum(revive(session, OutboxMessage, row_id) for row_id in letters)
    done += sum(revive(session, QueuedJob, row_id) for row_id in jobs)
    done += hurry(session, OutboxMessage, held_up_ids(session, actor))
    audit.record(session, actor, "tried_all_again", "letter", None, count=done)
    return done


def drop(session: Session, actor: Actor, kind: str, row_id: int) -> None:
    """Let a `letter` or `job` go. Raises Missing for one the actor does not see."""
    let_go(session, _table(session, actor, kind, row_id), row_id)
    audit.record(session, actor, "let_go", kind, row_id)


def _table(session: Session, actor: Actor, kind: str, row_id: int) -> type[Claimable]:
    seen: dict[str, tuple[type[Claimable], list[int]]] = {
        "letter": (OutboxMessage, [letter.id for letter in stuck_letters(session, actor)]),
        "job": (QueuedJob, [job.id for job in stuck_jobs(session, actor)]),
    }
    table, ids = seen[kind]
    if row_id not in ids:
        raise Missing()
    return table
