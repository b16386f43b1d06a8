"""The searches a person keeps, those that a post answers, and the letters that wait for the morning."""

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import col, func, select

from exchanges.posts.queries.entries import KIND, words_of_posts
from exchanges.posts.tables import Post
from exchanges.searches.rules import is_answered
from exchanges.searches.tables import SavedSearch, SearchAlert
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing
from foundation.search.closeness import Text
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


def answered_by(session: Session, post: Post) -> list[int]:
    """The ids of the searches with an alert that a post answers, one a person: those that tell at once go first.

    What was on the board already when a search was kept is no news to its owner. Every search of the community is
    looked at, so this is asked in a session that reads.
    """
    entry = session.exec(select(SearchEntry).where(SearchEntry.kind == KIND, SearchEntry.object_id == post.id)).first()
    if entry is None or post.published_at is None:
        return []
    text = Text([word for words in words_of_posts(session, [entry.object_id]) for word in words])
    kept = select(SavedSearch.id, SavedSearch.person_id, SavedSearch.said).where(
        col(SavedSearch.community_id) == post.community_id,
        col(SavedSearch.alert).in_(("at_once", "daily")),
        col(SavedSearch.kept_at) <= post.published_at,
    )
    found: dict[int, int] = {}
    for search_id, person_id, said in session.execute(kept.order_by(col(SavedSearch.alert), col(SavedSearch.id))):
        if person_id not in found and is_answered(said, entry.marks, text):
            found[person_id] = search_id
    return list(found.values())


def told_at_once(session: Session, community_id: int, person_id: int, since: datetime) -> int:
    """Of how many posts a person heard at once since a moment."""
    alerts = select(func.count()).where(
        col(SearchAlert.person_id) == person_id,
        col(SearchAlert.community_id) == community_id,
        col(SearchAlert.found_at) >= since,
        col(SearchAlert.told_at) == col(SearchAlert.found_at),
    )
    return session.scalar(alerts) or 0


def people_waiting(session: Session, community_id: int, moment: datetime) -> list[int]:
    """For whom something was found before a moment that they were not told yet."""
    people = select(SearchAlert.person_id).where(*_waiting(community_id, moment)).distinct()
    return list(session.scalars(people.order_by(col(SearchAlert.person_id))))


def waiting_of(session: Session, community_id: int, person_id: int, moment: datetime) -> list[SearchAlert]:
    """What that was for one of them."""
    alerts = select(SearchAlert).where(SearchAlert.person_id == person_id, *_waiting(community_id, moment))
    return list(session.exec(alerts.order_by(col(SearchAlert.found_at), col(SearchAlert.post_id))))


def _waiting(community_id: int, moment: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        col(SearchAlert.community_id) == community_id,
        col(SearchAlert.told_at).is_(None),
        col(SearchAlert.found_at) < moment,
    )
