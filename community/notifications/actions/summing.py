"""Making the summaries that are due: each person's of a day once, whatever is killed and run again."""

from datetime import timedelta

from community.notifications.queries import due_people, held_of, last_run, wishes_of
from community.notifications.queries.summing import Due
from community.notifications.rules import first_moment
from community.notifications.tables import DigestRun
from foundation import clock, outbox
from foundation.database import Database, Session, insert_if_absent

DIGEST = "digest"
BATCH = 25
LONGEST = timedelta(days=7)
"""So far a summary looks back, and ahead."""


def queue_digests(database: Database) -> int:
    """Leave the summaries that are due now in the outbox; says how many people have one."""
    with database.reading() as session:
        due = due_people(session)
    written = 0
    for start in range(0, len(due), BATCH):
        with database.writing() as session:
            written += sum(_leave(session, one) for one in due[start : start + BATCH])
    return written


def _leave(session: Session, due: Due) -> bool:
    """What was held is bound to this summary in the transaction that leaves it: it is in one, and in no other.

    Whether there is anything to say beyond it, is seen when the letter is written: then nothing more can change.
    """
    now = clock.now()
    since = last_run(session, due.person_id) or now - LONGEST
    run = {"person_id": due.person_id, "day": due.day, "at": now}
    if not insert_if_absent(session, DigestRun, run, conflict=["person_id", "day"]):
        return False
    held = held_of(session, due.person_id)
    for one in held:
        one.way, one.told_at = "summed", now
    payload = {
        "person_id": due.person_id,
        "community_id": None,
        "day": due.day.isoformat(),
        "since": max(since, now - LONGEST).isoformat(),
        "notification_ids": [one.id for one in held],
    }
    at = first_moment(now, due.zone, wishes_of(session, due.person_id))
    return outbox.put(session, DIGEST, payload, key=f"{due.person_id}:{due.day.isoformat()}", due_at=at)
