"""Which parts of the index this process has changed, so that what it counted is counted anew at once.

Other processes notice within the time that foundation.search.counting allows.
"""

from collections import Counter

from foundation.database import Session

_changes: Counter[tuple[str, int, str]] = Counter()


def place(session: Session) -> str:
    """Which database a session is for: the same word for those that read and those that write."""
    return session.get_bind().engine.url.render_as_string(hide_password=True)


def touch(database: str, community_id: int, kind: str) -> None:
    """Note a change that has been committed."""
    _changes[database, community_id, kind] += 1


def version(database: str, community_id: int, kind: str) -> int:
    """A number that grows with every change made by this process."""
    return _changes[database, community_id, kind]
