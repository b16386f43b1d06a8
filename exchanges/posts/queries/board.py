"""The board: what is open in a community, newest first, page by page."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, tuple_
from sqlmodel import col, select

from community.categories.tables import Category
from community.parties.tables import Party
from community.zones.tables import Zone
from exchanges.posts.policies import on_board
from exchanges.posts.rules import fold
from exchanges.posts.tables import Post, PostDate, PostPhoto
from foundation import clock
from foundation.access import Actor
from foundation.database import Session

PAGE_SIZE = 20
MOST_COUNTED = 1000
"""Above this nobody reads the number, and counting on would cost the more the longer the board is."""
MOST_WORDS = 8
LARGEST_ID = 2**31
EXCERPT = 220


@dataclass(frozen=True)
class Filters:
    """What the reader wants to see; nothing set means everything."""

    kind: str = ""
    category_id: int | None = None
    zone_id: int | None = None
    pay: str = ""
    words: str = ""

    @property
    def are_set(self) -> bool:
        return any((self.kind, self.category_id, self.zone_id, self.pay, self.words))


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


@dataclass(frozen=True)
class BoardPage:
    """One page of the board; `total` counts all pages up to MOST_COUNTED, `next_cursor` is empty on the last."""

    cards: list[Card]
    total: int
    next_cursor: str = ""
    filters: Filters = field(default_factory=Filters)

    @property
    def is_counted(self) -> bool:
        """Whether `total` is all there is."""
        return self.total <= MOST_COUNTED


def board(session: Session, actor: Actor, filters: Filters, cursor: str = "") -> BoardPage:
    """A page of what is open and may be seen, newest first. A cursor nobody gave out starts from the top."""
    conditions = [on_board(actor), *_wanted(filters)]
    position = _position(cursor)
    here = [*conditions, tuple_(col(Post.published_at), col(Post.id)) < position] if position else conditions
    found = cards(session, actor, here, PAGE_SIZE + 1)
    more = len(found) > PAGE_SIZE
    shown = found[:PAGE_SIZE]
    total = len(found) if position is None and not more else _count(session, conditions)
    return BoardPage(shown, total, _cursor(shown[-1]) if more else "", filters)


def cards(session: Session, actor: Actor, conditions: Sequence[ColumnElement[bool]], limit: int) -> list[Card]:
    """The newest posts that meet the conditions, as cards. The caller's conditions say who may see what."""
    statement = (
        select(
            Post.id, Post.kind, Post.title, Post.description, col(Zone.name), col(Category.names),
            col(Category.icon), Post.minutes, Post.gift, Post.urgent, Post.visibility, Post.rhythm,
            Post.when_words, Post.weekdays, Post.weekly_at, *_dates(), _first_photo(), col(Party.id), col(Party.name),
            col(Party.photo_file_id), col(Party.opened_at), Post.published_at,
        )  # type: ignore[call-overload]  # select() is typed for four columns at most
        .join(Party, col(Party.id) == col(Post.party_id))
        .join(Zone, col(Zone.id) == col(Post.zone_id))
        .join(Category, col(Category.id) == col(Post.category_id))
        .where(*conditions)
        .order_by(col(Post.published_at).desc(), col(Post.id).desc())
        .limit(limit)
    )  # fmt: skip
    return [_card(actor, row) for row in session.execute(statement)]


def _card(actor: Actor, row: Any) -> Card:
    (post_id, kind, title, description, zone, names, icon, minutes, gift, urgent, visibility, rhythm, when_words,
     weekdays, weekly_at, next_date, dates, photo, party_id, party_name, party_photo, party_since,
     published_at) = row  # fmt: skip
    named = actor.is_member
    return Card(
        id=post_id, kind=kind, title=title, excerpt=_excerpt(description), zone=zone, category=names, icon=icon,
        minutes=minutes, gift=gift, urgent=urgent, confidential=visibility == "confidential", rhythm=rhythm,
        when_words=when_words, weekdays=weekdays, weekly_at=weekly_at, next_date=next_date, dates=dates,
        party_id=party_id if named else None, party_name=party_name if named else "",
        party_photo=party_photo if named else None, party_since=party_since if named else None, photo=photo,
        published_at=published_at,
    )  # fmt: skip


def _wanted(filters: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.kind:
        conditions.append(col(Post.kind) == filters.kind)
    if filters.category_id is not None:
        wanted = or_(col(Category.id) == filters.category_id, col(Category.parent_id) == filters.category_id)
        conditions.append(col(Post.category_id).in_(select(col(Category.id)).where(wanted)))
    if filters.zone_id is not None:
        conditions.append(col(Post.zone_id) == filters.zone_id)
    if filters.pay:
        conditions.append(col(Post.gift).is_(filters.pay == "gift"))
    conditions += [col(Post.words).contains(word, autoescape=True) for word in fold(filters.words).split()[:MOST_WORDS]]
    return conditions


def _count(session: Session, conditions: Sequence[ColumnElement[bool]]) -> int:
    some = select(col(Post.id)).where(*conditions).limit(MOST_COUNTED + 1).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def _dates() -> tuple[Any, Any]:
    """The next date of a post, and how many are still to come: inside the one question that fetches the cards."""
    to_come = (col(PostDate.post_id) == col(Post.id), col(PostDate.starts_at) >= clock.now())
    first = select(func.min(col(PostDate.starts_at))).where(*to_come).correlate(Post)
    count = select(func.count(col(PostDate.id))).where(*to_come).correlate(Post)
    return first.scalar_subquery(), count.scalar_subquery()


def _first_photo() -> Any:
    of_post = (col(PostPhoto.post_id) == col(Post.id), col(PostPhoto.position) == 0)
    return select(func.min(col(PostPhoto.file_id))).where(*of_post).correlate(Post).scalar_subquery()


def _excerpt(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= EXCERPT else flat[:EXCERPT].rsplit(" ", 1)[0] + "…"


def _cursor(card: Card) -> str:
    moment = card.published_at.isoformat() if card.published_at else ""
    return base64.urlsafe_b64encode(json.dumps([moment, card.id]).encode()).decode().rstrip("=")


def _position(cursor: str) -> tuple[datetime, int] | None:
    try:
        moment, post_id = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        found = datetime.fromisoformat(moment)
        is_sane = found.tzinfo is not None and isinstance(post_id, int) and 0 < post_id < LARGEST_ID
        return (found.astimezone(UTC), post_id) if is_sane else None
    except (ValueError, TypeError, OverflowError, binascii.Error, RecursionError):
        return None
