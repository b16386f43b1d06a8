"""What the index of foundation.search says of a post: its words, its marks, who sees it, when it next takes place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from community.availability.queries import slots_of
from community.availability.rules import Slot
from community.categories.tables import Category
from community.communities.queries import community_of
from exchanges.posts.rules import marks, next_weekly
from exchanges.posts.tables import Post, PostChildcare, PostDate, PostPurchasing
from foundation import clock
from foundation.database import Session
from foundation.search import Entry

KIND = "post"


@dataclass(frozen=True)
class _Beside:
    """What stands beside some posts in other tables."""

    categories: Mapping[int | None, Category]
    dates: Mapping[int, Sequence[PostDate]]
    ages: Mapping[int, Sequence[str]]
    bought: Mapping[int, str]
    weeks: Mapping[int, Sequence[Slot]]


def entries_of(session: Session, posts: Iterable[Post], time_zone: str) -> list[Entry]:
    """The entries of those posts that stand on the board; the others have none."""
    there = [post for post in posts if post.state == "open"]
    beside = _beside(session, there)
    return [_entry(post, beside, time_zone) for post in there]


def entries_after(session: Session, after: int, limit: int) -> list[Entry]:
    """The entries of the next posts on the board, in the order of their ids: for rebuilding the index."""
    wanted = select(Post).where(col(Post.id) > after, Post.state == "open").order_by(col(Post.id)).limit(limit)
    posts = list(session.exec(wanted))
    zones = _time_zones(session, {post.community_id for post in posts})
    entries = [
        entry
        for community_id, zone in zones.items()
        for entry in entries_of(session, [post for post in posts if post.community_id == community_id], zone)
    ]
    return sorted(entries, key=lambda entry: entry.object_id)


def words_of_posts(session: Session, post_ids: Sequence[int]) -> list[list[str]]:
    """The words of posts on the board, in the order of the ids. The caller has checked that they may be seen."""
    by_id = {post.id: post for post in session.exec(select(Post).where(col(Post.id).in_(post_ids)))}
    # Neither words nor their order hang on the hour.
    entries = entries_of(session, [by_id[post_id] for post_id in post_ids if post_id in by_id], "UTC")
    return [entry.words for entry in entries]


def _entry(post: Post, beside: _Beside, time_zone: str) -> Entry:
    post_id = post.id or 0
    category = beside.categories.get(post.category_id)
    names = " ".join(category.names.values()) if category else ""
    upcoming = [
        (clock.local(one.starts_at, time_zone), clock.local(one.ends_at, time_zone) if one.ends_at else None)
        for one in beside.dates.get(post_id, ())
    ]
    closed = post.visibility == "confidential"
    # The index is read by whoever copies the database: of a confidential need it says the category and no more.
    week = [(slot.weekday, slot.part) for slot in beside.weeks.get(post.party_id, ())]
    return Entry(
        kind=KIND,
        object_id=post_id,
        community_id=post.community_id,
        moment=post.published_at or post.created_at,
        title="" if closed else post.title,
        body=names if closed else f"{post.description} {beside.bought.get(post_id, '')} {names}",
        audiences=marks.audiences(post),
        marks=[
            *marks.of_post(post, category.parent_id if category else None),
            *marks.of_times(post.rhythm, post.weekdays, post.weekly_at, upcoming, week),
            *marks.of_ages(beside.ages.get(post_id, ())),
        ],
        party_id=post.party_id,
        soon_at=_soon_at(post, beside.dates.get(post_id, ()), time_zone),
    )


def _soon_at(post: Post, dates: Sequence[PostDate], time_zone: str) -> datetime | None:
    if post.rhythm == "dates":
        return min((one.starts_at for one in dates), default=None)
    return next_weekly(post.weekdays, post.weekly_at, time_zone, clock.now()) if post.rhythm == "weekly" else None


def _beside(session: Session, posts: Sequence[Post]) -> _Beside:
    ids = [post.id for post in posts]
    categories = select(Category).where(col(Category.id).in_({post.category_id for post in posts}))
    dates: dict[int, list[PostDate]] = {}
    to_come = select(PostDate).where(col(PostDate.post_id).in_(ids), col(PostDate.starts_at) >= clock.now())
    for one in session.exec(to_come):
        dates.setdefault(one.post_id, []).append(one)
    of_children = select(PostChildcare).where(col(PostChildcare.post_id).in_(ids))
    bought = select(PostPurchasing).where(col(PostPurchasing.post_id).in_(ids))
    return _Beside(
        categories={one.id: one for one in session.exec(categories)},
        dates=dates,
        ages={one.post_id: one.age_bands for one in session.exec(of_children)},
        bought={one.post_id: one.what for one in session.exec(bought)},
        weeks=slots_of(session, {post.party_id for post in posts if post.rhythm not in ("dates", "weekly")}),
    )


def _time_zones(session: Session, community_ids: Iterable[int]) -> dict[int, str]:
    return {community_id: community_of(session, community_id).time_zone for community_id in community_ids}
