"""Writing the record: one line in the transaction of what it tells, or, for a look, in one of its own."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Insert, bindparam, insert, literal, select

from foundation import clock
from foundation.access import Actor
from foundation.audit.tables import AuditEntry
from foundation.database import Database, Session, append, table_of

_TELLS = ("community_id", "at", "actor_person_id", "party_id", "recorded_by_person_id", "detail")


def record(session: Session, actor: Actor | None, verb: str, kind: str, object_id: int | None, **detail: Any) -> None:
    """Add the line "`actor` did `verb` to `kind` `object_id`" to the transaction of the deed.

    `actor` None means the installation itself (a job, a command). `detail` is JSON and stays for ever: ids,
    numbers and states, never names or words of people. `community_id` in it stands for the community when
    there is no actor.
    """
    append(session, AuditEntry, {**_told(actor, detail), "verb": verb, "kind": kind, "object_id": object_id})


def following(verb: str, kind: str) -> Callable[[ColumnElement[int]], Insert]:
    """The same line as the end of a Chain, told of what the chain wrote: its values are those of `said_by`."""
    table = table_of(AuditEntry)
    told = {one: bindparam(f"audit_{one}", type_=table.c[one].type) for one in _TELLS}

    def line(made: ColumnElement[int]) -> Insert:
        values = {**told, "verb": literal(verb), "kind": literal(kind), "object_id": made}
        return insert(table).from_select(list(values), select(*values.values()), include_defaults=False)

    return line


def said_by(actor: Actor | None, **detail: Any) -> dict[str, Any]:
    """The values of a line that follows in a Chain: `actor` and `detail` as `record` takes them."""
    return {f"audit_{name}": value for name, value in _told(actor, detail).items()}


def _told(actor: Actor | None, detail: dict[str, Any]) -> dict[str, Any]:
    return {
        "community_id": detail.pop("community_id", None) if actor is None else actor.community_id,
        "at": clock.now(),
        "actor_person_id": actor.person_id if actor else None,
        "party_id": actor.party_id if actor else None,
        "recorded_by_person_id": actor.recorder_id if actor else None,
        "detail": detail,
    }


def looked(database: Database, actor: Actor, kind: str, object_id: int, **detail: Any) -> None:
    """Record a look at confidential data: the one write a GET may make, committed before the page renders.

    It takes a transaction of its own, since the page reads on a read-only session. Any error must reach the
    caller: where the look cannot be recorded there is no page.
    """
    with database.writing() as session:
        record(session, actor, "looked", kind, object_id, **detail)
