"""The searches a person keeps, those that a post answers, and the letters that wait for the morning."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlmodel import col, func, select

from exchanges.posts.queries.entries import KIND
from exchanges.posts.tables import Post
from exchanges.searches.rules import is_answered
from exchanges.searches.tables import SavedSearch, SearchAlert
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing
from foundation.search.tables import SearchEntry


def searches_of(session: Session, actor: Actor) -> list[SavedSearch]:
    """What the person keeps in this community, by name."""
    statement = select(SavedSearch).where(
        col(SavedSearch.community_id) == actor.community_id, col(SavedSearch.person_id) == actor.must_be_person()
    )
    return list(session.exec(statement.order_by(func.lower(col(SavedSearch.name)), col(SavedSearch.id))))


def own_search(session: Session, actor: Actor, search_id: int) -> SavedSearch:
    """One of them. Raises Missing for anybody else's."""
    found = session.get(SavedSearch, search_id)
    if found is None or found.person_id != actor.person_id or found.community_id != actor.community_id:
        raise Missing()
    return found


def answered_by(session: Session, post: Post) -> Iterator[SavedSearch]:
    """The searches with an alert that a post answers, one a person: those that tell at once go before the others."""
    entry = session.exec(select(SearchEntry).where(SearchEntry.kind == KIND, SearchEntry.object_id == post.id)).first()
    if entry is None:
        return
    kept = select(SavedSearch).where(
        col(SavedSearch.community_id) == post.community_id, col(SavedSearch.alert).in_(("at_once", "daily"))
    )
    told: set[int] = set()
    for search in session.exec(kept.order_by(col(SavedSearch.alert), col(SavedSearch.id))):
        if search.person_id not in told and is_answered(search.said, entry.marks, entry.terms):
            told.add(search.person_id)
            yield search


def waiting_since_before(session: Session, community_id: int, moment: datetime) -> dict[int, Sequence[SearchAlert]]:
    """What was found before a moment and not told yet, by person."""
    statement = select(SearchAlert).where(
        col(SearchAlert.community_id) == community_id,
        col(SearchAlert.told_at).is_(None),
        col(SearchAlert.found_at) < moment,
    )
    found: dict[int, list[SearchAlert]] = {}
    for alert in session.exec(statement.order_by(col(SearchAlert.found_at), col(SearchAlert.post_id))):
        found.setdefault(alert.person_id, []).append(alert)
    return dict(found)
