"""Keeping a search, and telling its owner of what answers it: each person once of each post."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import update
from sqlmodel import col, delete, select

from community.communities.queries import community_of, open_communities
from community.communities.tables import Community
from community.leaving.rules import Going
from community.members.queries import actor_for
from community.notifications.actions import notify
from community.notifications.queries import is_reachable
from exchanges.posts.queries import post_visible_to
from exchanges.posts.queries.filters import filters_of, said_by
from exchanges.posts.tables import Post
from exchanges.searches import rules
from exchanges.searches.notices import FOUND, FOUND_TODAY, LAST_FOUND
from exchanges.searches.policies import KEEP
from exchanges.searches.queries import answered_by, own_search, people_waiting, searches_of, told_at_once, waiting_of
from exchanges.searches.tables import SavedSearch, SearchAlert
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Database, Session, insert_if_absent
from foundation.errors import N_, Missing, Refused

REMEMBERED = timedelta(days=200)
"""Longer than any post stays on the board."""
BATCH = 25
"""So many people at a time are written to in one transaction."""


def keep_search(session: Session, actor: Actor, name: str, said: Mapping[str, str], *, alert: str) -> SavedSearch:
    """Keep a search under a name. Raises Missing, Invalid, or Refused: the name is taken, or there are too many."""
    if not actor.may(KEEP):
        raise Missing()
    rules.check_alert(alert)
    kept = searches_of(session, actor)
    if len(kept) >= rules.MOST_KEPT:
        raise Refused(
            N_("You keep %(most)s searches already."), advice=N_("Remove one you need no more."), most=rules.MOST_KEPT
        )
    search = SavedSearch(
        community_id=actor.community_id,
        person_id=actor.must_be_person(),
        name=_free_name(kept, name),
        said=said_by(filters_of(said)),
        alert=alert,
    )
    session.add(search)
    session.flush()
    audit.record(session, actor, "kept", "saved_search", search.id)
    return search


def change_search(session: Session, actor: Actor, search_id: int, name: str, *, alert: str) -> None:
    """Give a search another name, or another way of being told. Raises Missing, Invalid or Refused."""
    rules.check_alert(alert)
    search = own_search(session, actor, search_id)
    others = [one for one in searches_of(session, actor) if one.id != search_id]
    search.name, search.alert = _free_name(others, name), alert
    audit.record(session, actor, "changed", "saved_search", search_id, alert=alert)


def remove_search(session: Session, actor: Actor, search_id: int) -> None:
    """Keep a search no more. Raises Missing for anybody else's."""
    session.delete(own_search(session, actor, search_id))
    audit.record(session, actor, "removed", "saved_search", search_id)


def forget_searches(session: Session, going: Going) -> None:
    """Keep nothing of what somebody searched for who has left."""
    for table in (SavedSearch, SearchAlert):
        theirs = (col(table.person_id) == going.person_id, col(table.community_id) == going.community_id)
        session.exec(delete(table).where(*theirs))


def look_for_seekers(database: Database, post_id: int) -> int:
    """Tell those whose searches a post answers, or put it down for their letter of the morning; say how many.

    The searches are looked through without the turn to write, and it is given back after every few that were found.
    """
    with database.reading() as session:
        post = session.get(Post, post_id)
        search_ids = answered_by(session, post) if post is not None and post.state == "open" else []
    told = 0
    for start in range(0, len(search_ids), BATCH):
        with database.writing() as session:
            told += sum(_note(session, search_id, post_id) for search_id in search_ids[start : start + BATCH])
    return told


def write_in_the_morning(database: Database) -> int:
    """One letter for each person about what was found for them up to this morning; say how many."""
    written = 0
    with database.reading() as session:
        mornings = [(community.id or 0, _this_morning(community)) for community in open_communities(session)]
    for community_id, since in mornings:
        if clock.now() < since:
            continue
        with database.reading() as session:
            people = people_waiting(session, community_id, since)
        for start in range(0, len(people), BATCH):
            with database.writing() as session:
                some = people[start : start + BATCH]
                written += sum(_write_to(session, community_id, person_id, since) for person_id in some)
    return written


def forget_old_alerts(session: Session) -> None:
    """Forget who was told of posts that left the board long ago."""
    session.exec(delete(SearchAlert).where(col(SearchAlert.found_at) < clock.now() - REMEMBERED))


def _note(session: Session, search_id: int, post_id: int) -> bool:
    search, post = session.get(SavedSearch, search_id), session.get(Post, post_id)
    if search is None or search.alert == "none" or post is None:
        return False
    actor = actor_for(session, search.person_id, search.community_id)
    if not actor.may(KEEP) or post.party_id in actor.party_ids or not _still_answers(session, actor, post_id):
        return False
    today = _this_day(session, search.community_id)
    told = told_at_once(session, search.community_id, search.person_id, today)
    at_once = search.alert == "at_once" and told < rules.MOST_AT_ONCE
    if not _is_news(session, search, post, at_once=at_once):
        return False
    if at_once and is_reachable(session, search.person_id):
        notify(
            session,
            person_id=search.person_id,
            community_id=post.community_id,
            notice=LAST_FOUND if told + 1 == rules.MOST_AT_ONCE else FOUND,
            params={"title": _title(session, post_id)},
            endpoint="posts.show",
            values={"post_id": post_id},
            key=f"{post_id}:{post.published_at}",
        )
    return True


def _is_news(session: Session, search: SavedSearch, post: Post, *, at_once: bool) -> bool:
    """Note that a person hears of a post; False when they have heard of it since it last came to the board."""
    now = clock.now()
    said = {"name": search.name, "found_at": now, "told_at": now if at_once else None}
    alert = {"person_id": search.person_id, "post_id": post.id, "community_id": post.community_id, **said}
    if insert_if_absent(session, SearchAlert, alert, ["person_id", "post_id"]):
        return True
    before = (
        col(SearchAlert.person_id) == search.person_id,
        col(SearchAlert.post_id) == post.id,
        col(SearchAlert.found_at) < post.published_at,
    )
    return bool(session.exec(update(SearchAlert).where(*before).values(**said)).rowcount)


def _write_to(session: Session, community_id: int, person_id: int, since: datetime) -> bool:
    alerts = waiting_of(session, community_id, person_id, since)
    actor = actor_for(session, person_id, community_id)
    seen = [one for one in alerts if _still_answers(session, actor, one.post_id)]
    for alert in alerts:
        alert.told_at = clock.now()
    if not seen or not is_reachable(session, person_id):
        return False
    notify(
        session,
        person_id=person_id,
        community_id=community_id,
        notice=FOUND_TODAY,
        params={"number": len(seen)},
        endpoint="searches.mine",
        key=f"{since.isoformat()}:{community_id}",
    )
    return True


def _still_answers(session: Session, actor: Actor, post_id: int) -> bool:
    try:
        return post_visible_to(session, actor, post_id).post.state == "open"
    except Missing:
        return False


def _title(session: Session, post_id: int) -> str | dict[str, str]:
    post = session.exec(select(Post).where(col(Post.id) == post_id)).one()
    return CONFIDENTIAL if post.visibility == "confidential" else post.title


CONFIDENTIAL = {"it": "una richiesta riservata", "en": "a confidential need"}
"""A letter may be read by somebody else: what is confidential is not named in it."""


def _this_day(session: Session, community_id: int) -> datetime:
    zone = community_of(session, community_id).time_zone
    return clock.local(clock.now(), zone).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=ZoneInfo(zone))


def _this_morning(community: Community) -> datetime:
    today = clock.local(clock.now(), community.time_zone)
    return today.replace(hour=rules.MORNING, minute=0, second=0, microsecond=0, tzinfo=ZoneInfo(community.time_zone))


def _free_name(others: list[SavedSearch], name: str) -> str:
    tidy = rules.checked_name(name)
    if any(one.name.casefold() == tidy.casefold() for one in others):
        raise Refused(N_("You keep a search of that name already."), field="name")
    return tidy
