"""Answering the quiet question."""

from exchanges.quiet.queries import must_be_asked
from exchanges.quiet.tables import QuietAnswer
from foundation import clock
from foundation.access import Actor
from foundation.database import Session, insert_if_absent


def answer(session: Session, actor: Actor, kind: str, object_id: int, *, well: bool) -> None:
    """Answer for oneself; the first answer stays. No audit line: what somebody felt is nobody's to look up.

    Raises Missing for who takes no part.
    """
    must_be_asked(session, actor, kind, object_id)
    values = {
        "kind": kind,
        "object_id": object_id,
        "person_id": actor.must_be_person(),
        "answer": "well" if well else "unsure",
        "at": clock.now(),
    }
    insert_if_absent(session, QuietAnswer, values, conflict=["kind", "object_id", "person_id"])
