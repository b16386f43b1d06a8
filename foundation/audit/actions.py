"""Writing the record: one line in the transaction of what it tells, or, for a look, in one of its own."""

from typing import Any

from foundation import clock
from foundation.access import Actor
from foundation.audit.tables import AuditEntry
from foundation.database import Database, Session, append


def record(session: Session, actor: Actor | None, verb: str, kind: str, object_id: int | None, **detail: Any) -> None:
    """Add the line "`actor` did `verb` to `kind` `object_id`" to the transaction of the deed.

    `actor` None means the installation itself (a job, a command). `detail` is JSON and stays for ever: ids,
    numbers and states, never names or words of people. `community_id` in it stands for the community when
    there is no actor.
    """
    community_id = detail.pop("community_id", None) if actor is None else actor.community_id
    line = {
        "community_id": community_id,
        "at": clock.now(),
        "actor_person_id": actor.person_id if actor else None,
        "party_id": actor.party_id if actor else None,
        "recorded_by_person_id": actor.recorder_id if actor else None,
        "verb": verb,
        "kind": kind,
        "object_id": object_id,
        "detail": detail,
    }
    append(session, AuditEntry, line)


def looked(database: Database, actor: Actor, kind: str, object_id: int, **detail: Any) -> None:
    """Record a look at confidential data: the one write a GET may make, committed before the page renders.

    It takes a transaction of its own, since the page reads on a read-only session. Any error must reach the
    caller: where the look cannot be recorded there is no page.
    """
    with database.writing() as session:
        record(session, actor, "looked", kind, object_id, **detail)
