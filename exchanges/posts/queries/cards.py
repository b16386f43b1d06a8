"""Posts as cards: on the board, on homes, on profiles."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlmodel import col, select

from community.categories.tables import Category
from community.parties.tables import Party
from community.zones.tables import Zone
from exchanges.posts.tables import Post, PostDate, PostPhoto
from foundation import clock
from foundation.access import Actor
from foundation.database import Session

EXCERPT = 220
CARD_COLUMNS = 23


@dataclass(frozen=True)
class Card:
    """A post as it stands on the board. `party_name` and `party_id` are empty for a visitor."""

    id: int
    kind: str
    title: str
    excerpt: str
    zone: str
    category: dict[str, str]
    icon: str
    minutes: int | None
    gift: bool
    urgent: bool
    confidential: bool
    rhythm: str
    when_words: str
    weekdays: list[int]
    weekly_at: str
    next_date: datetime | None
    dates: int
    party_id: int | None
    party_name: str
    party_photo: int | None
    party_since: datetime | None
    photo: int | None
    published_at: datetime | None


def cards(
    session: Session, actor: Actor, conditions: Sequence[ColumnElement[bool]], limit: int, *, few: bool = False
) -> list[Card]:
    """The newest posts that meet the conditions, as cards. The caller's conditions say who may see what.

    Where `few` do, they are fetched and sorted, not looked for among all posts in order.
    """
    published: Any = col(Post.published_at)
    if few:
        published = func.coalesce(published, published)  # cannot be read off an index
    statement = selected().where(*conditions).order_by(published.desc(), col(Post.id).desc()).limit(limit)
    return [card_of(actor, row) for row in session.execute(statement)]


def selected(moment: Any = None, among: Any = None) -> Any:
    """The beginning of a statement that fetches what a card says, its party, zone and category joined.

    The dates are those still to come at a moment, or now. `among` are posts joined to others, which may have none.
    """
    outer = among is not None
    return (
        select(
            Post.id, Post.kind, Post.title, Post.description, col(Zone.name), col(Category.names),
            col(Category.icon), Post.minutes, Post.gift, Post.urgent, Post.visibility, Post.rhythm,
            Post.when_words, Post.weekdays, Post.weekly_at, *_dates(moment), _first_photo(), col(Party.id),
            col(Party.name), col(Party.photo_file_id), col(Party.opened_at), Post.published_at,
        )  # type: ignore[call-overload]  # select() is typed for four columns at most
        .select_from(among if outer else Post)
        .join(Party, col(Party.id) == col(Post.party_id), isouter=outer)
        .join(Zone, col(Zone.id) == col(Post.zone_id), isouter=outer)
        .join(Category, col(Category.id) == col(Post.category_id), isouter=outer)
    )  # fmt: skip


def card_of(actor: Actor, row: Any) -> Card:
    """The card that a row of `selected` makes for the actor; columns after those of the card are left alone."""
    (post_id, kind, title, description, zone, names, icon, minutes, gift, urgent, visibility, rhythm, when_words,
     weekdays, weekly_at, next_date, dates, photo, party_id, party_name, party_photo, party_since,
     published_at) = row[:CARD_COLUMNS]  # fmt: skip
    named = actor.is_member
    return Card(
        id=post_id, kind=kind, title=title, excerpt=_excerpt(description), zone=zone, category=names, icon=icon,
        minutes=minutes, gift=gift, urgent=urgent, confidential=visibility == "confidential", rhythm=rhythm,
        when_words=when_words, weekdays=weekdays, weekly_at=weekly_at, next_date=next_date, dates=dates,
        party_id=party_id if named else None, party_name=party_name if named else "",
        party_photo=party_photo if named else None, party_since=party_since if named else None, photo=photo,
        published_at=published_at,
    )  # fmt: skip


def _dates(moment: Any) -> tuple[Any, Any]:
    """The next date of a post, and how many are still to come: inside the one question that fetches the cards."""
    to_come = (
        col(PostDate.post_id) == col(Post.id),
        col(PostDate.starts_at) >= (clock.now() if moment is None else moment),
    )
    first = select(func.min(col(PostDate.starts_at))).where(*to_come).correlate(Post)
    count = select(func.count(col(PostDate.id))).where(*to_come).correlate(Post)
    return first.scalar_subquery(), count.scalar_subquery()


def _first_photo() -> Any:
    of_post = (col(PostPhoto.post_id) == col(Post.id), col(PostPhoto.position) == 0)
    return select(func.min(col(PostPhoto.file_id))).where(*of_post).correlate(Post).scalar_subquery()


def _excerpt(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= EXCERPT else flat[:EXCERPT].rsplit(" ", 1)[0] + "…"
