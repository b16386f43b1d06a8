"""Having what is still open looked at again, when what people may look after has changed."""

from foundation import clock
from foundation.database import Session
from foundation.jobs import enqueue

LOOK_AGAIN = "safeguarding.look_again"


def look_again(session: Session, community_id: int, person_id: int | None = None) -> None:
    """Queue a look at all that is open and names a person, or anybody of the community."""
    moment = clock.now().isoformat()
    payload = {"community_id": community_id, "person_id": person_id}
    enqueue(session, LOOK_AGAIN, payload, key=f"{community_id}:{person_id or 'all'}:{moment}")
