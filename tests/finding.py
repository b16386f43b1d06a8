"""What the search box finds for somebody: the index is asked first, then the tables what of it they may see."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from foundation.access import Actor
from foundation.database import Session
from foundation.search import question
from foundation.search.queries import found_among

Found = Callable[[Session, Actor, Any, int], Any]
Among = Callable[[Actor], Mapping[str, Sequence[str]]]


def found(session: Session, actor: Actor, words: str, among: Among, found_by: Found, kind: str = "") -> Any:
    """What `found_by` makes of what the index finds by these words: of one kind, or of all."""
    ids = found_among(session, actor.community_id, among(actor), question(words))
    return found_by(session, actor, ids[kind] if kind else ids, 5)
