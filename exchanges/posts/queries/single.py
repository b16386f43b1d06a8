"""One post, and the lists of posts that are not the board: one's own, new ones near me, a visitor's first look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, literal
from sqlmodel import col, select

from community.categories.tables import Category
from community.communities.queries import community_of
from community.moderation.queries import first_look_of, waits_for_first_look
from community.parties.tables import Party
from community.safeguarding.queries import requirements_of
from community.safeguarding.rules import FOR_CARE, NOTHING, Requirements
from community.zones.tables import Zone
from exchanges.posts import rules
from exchanges.posts.policies import CONFIDENTIAL, may_hide, must_own, on_board, seen_by, shown_to_recorder
from exchanges.posts.queries.cards import Card, cards
from exchanges.posts.queries.photos import photos_of
from exchanges.posts.tables import Post, PostChildcare, PostDate, PostHousing, PostPhoto, PostPurchasing
from foundation import clock
from foundation.access import Actor
from foundation.database import Session, number_of
from foundation.errors import Missing

MOST_EXPIRING = 20
MOST_ENTRUSTED = 20

OwnFields = PostChildcare | PostPurchasing | PostHousing


@dataclass(frozen=True)
class PostView:
    """All that a page says about one post. `own_fields` are those of its category; `party` is None for a visitor."""

    post: Post
    party: Party | None
    zone: Zone | None
    category: Category | None
    dates: list[PostDate]
    photos: list[PostPhoto]
    own_fields: OwnFields | None
    is_own: bool
    time_zone: str
    care: bool = False
    """Whether only somebody whom a maker has met can be accepted (domain, Children 1-2)."""
    demands: Requirements = NOTHING
    """What is asked of who comes."""

    @property
    def asks_more(self) -> bool:
        """Whether the community asks for something beyond what always holds with children and frail people."""
        return self.demands not in (NOTHING, FOR_CARE)

    @property
    def upcoming(self) -> list[PostDate]:
        """The dates that are still to come."""
        now = clock.now()
        return [one for one in self.dates if (one.ends_at or one.starts_at) >= now]

    @property
    def lacks(self) -> list[rules.Lack]:
        """What a draft still needs."""
        return lacks_of(
            self.post, self.category, has_dates=bool(self.dates), has_own_fields=self.own_fields is not None
        )


def post_visible_to(session: Session, actor: Actor, post_id: int) -> PostView:
    """A post the actor may read. Raises Missing for any other."""
    row = session.execute(
        select(Post, Party, Zone, Category)
        .join(Party, col(Party.id) == col(Post.party_id))
        .outerjoin(Zone, col(Zone.id) == col(Post.zone_id))
        .outerjoin(Category, col(Category.id) == col(Post.category_id))
        .where(col(Post.id) == post_id, seen_by(actor))
    ).one_or_none()
    if row is None:
        raise Missing()
    post, party, zone, category = row
    return PostView(
        post=post,
        party=party if actor.is_member else None,
        zone=zone,
        category=category,
        dates=dates_of(session, post_id),
        photos=photos_of(session, post_id),
        own_fields=own_fields_of(session, post_id, category),
        is_own=post.party_id in actor.party_ids,
        time_zone=time_zone_of(session, post.community_id),
        care=_demands_care(session, category),
        demands=requirements_of(session, [category.id]) if category is not None else NOTHING,
    )


def own_post(session: Session, actor: Actor, post_id: int, *, lock: bool = False) -> Post:
    """A post of a party the person acts for. Raises Missing. `lock` keeps others from changing it meanwhile."""
    statement = select(Post).where(col(Post.id) == post_id)
    if lock:
        statement = statement.with_for_update(key_share=True).execution_options(populate_existing=True)
    post = session.exec(statement).one_or_none()
    if post is None:
        raise Missing()
    must_own(actor, post)
    return post


def own_posts(session: Session, actor: Actor) -> list[Post]:
    """The last 200 posts of the party acted for: open first, then paused, drafts, and those that ended."""
    order = {"open": 0, "paused": 1, "draft": 2, "expired": 3, "closed": 4}
    theirs = (col(Post.party_id) == actor.must_be_party(), shown_to_recorder(actor))
    found = session.exec(select(Post).where(*theirs).order_by(col(Post.changed_at).desc()).limit(200))
    return sorted(found, key=lambda post: order[post.state])


def number_of_drafts(session: Session, actor: Actor) -> int:
    """How many posts the party acted for has begun and not published."""
    statement = select(func.count(col(Post.id))).where(
        col(Post.party_id) == actor.must_be_party(), col(Post.state) == "draft"
    )
    return session.scalar(statement) or 0


def new_near(session: Session, actor: Actor, limit: int = 6) -> list[Card]:
    """The newest posts of others, those of the actor's own zone first."""
    return near_first(session, actor, [], limit)


def near_first(session: Session, actor: Actor, conditions: Sequence[ColumnElement[bool]], limit: int) -> list[Card]:
    """The newest open posts of others that meet the conditions, those of the actor's own zone first."""
    wanted = [on_board(actor), col(Post.party_id).not_in(actor.party_ids), *conditions]
    near = cards(session, actor, [*wanted, col(Post.zone_id) == actor.zone_id], limit)
    if len(near) < limit:
        near += cards(session, actor, [*wanted, col(Post.zone_id).is_distinct_from(actor.zone_id)], limit - len(near))
    return near


def newest(session: Session, actor: Actor, limit: int = 3) -> list[Card]:
    """The newest posts that the actor may see: for a visitor, the public ones."""
    return cards(session, actor, [on_board(actor)], limit)


def open_posts_of(session: Session, actor: Actor, party_id: int, limit: int = 20) -> list[Card]:
    """The open posts of one party, as far as the actor may see them: for its profile."""
    return cards(session, actor, [on_board(actor), col(Post.party_id) == party_id], limit, few=True)


def dates_of(session: Session, post_id: int) -> list[PostDate]:
    """The dates of a post, in time."""
    return list(
        session.exec(select(PostDate).where(col(PostDate.post_id) == post_id).order_by(col(PostDate.starts_at)))
    )


def own_fields_of(session: Session, post_id: int, category: Category | None) -> OwnFields | None:
    """What a childcare, purchasing or housing post says beyond the others."""
    tables: dict[str, type[OwnFields]] = {
        "childcare": PostChildcare,
        "purchasing": PostPurchasing,
        "housing": PostHousing,
    }
    table = tables.get(category.fields) if category else None
    found: OwnFields | None = session.get(table, post_id) if table else None  # type: ignore[assignment]  # one of them
    return found


def lacks_of(post: Post, category: Category | None, *, has_dates: bool, has_own_fields: bool) -> list[rules.Lack]:
    """What the post would still need to be published."""
    return rules.lacks(
        rules.Said(
            title=post.title,
            category_id=post.category_id,
            zone_id=post.zone_id,
            rhythm=post.rhythm,
            has_dates=has_dates,
            weekdays=post.weekdays,
            gift=post.gift,
            minutes=post.minutes,
            wants_own_fields=category is not None and category.fields != "none",
            has_own_fields=has_own_fields,
        )
    )


def expiring_of(session: Session, actor: Actor) -> list[Post]:
    """The open posts of the party acted for whose owner was reminded that they end soon."""
    if actor.party_id is None:
        return []
    statement = select(Post).where(*_expiring(actor))
    # Sorted here: asked for in order, SQLite would walk over everybody's posts in that order.
    return sorted(session.exec(statement), key=lambda post: (post.expires_on or date.max, post.id or 0))[:MOST_EXPIRING]


def number_expiring(actor: Actor) -> ColumnElement[int] | None:
    """How many of these there are, as an expression."""
    if actor.party_id is None:
        return None
    return number_of(select(col(Post.id)).where(*_expiring(actor)).limit(MOST_EXPIRING))


def _expiring(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Post.party_id) == actor.party_id,
        col(Post.state) == "open",
        col(Post.reminded_at).is_not(None),
        col(Post.rhythm) != "dates",
    )


def entrusted_to(session: Session, actor: Actor, limit: int = MOST_ENTRUSTED) -> list[tuple[Post, str]]:
    """The open confidential needs that the actor mediates, each with the name of its zone, the oldest first."""
    statement = (
        select(Post, col(Zone.name))
        .join(Zone, col(Zone.id) == col(Post.zone_id))
        .where(*_entrusted(actor))
        .order_by(col(Post.published_at), col(Post.id))
        .limit(limit)
    )
    return [(post, zone) for post, zone in session.execute(statement)]


def number_entrusted(actor: Actor) -> ColumnElement[int] | None:
    """How many of these there are, as an expression."""
    if not actor.may(CONFIDENTIAL):
        return None
    statement = select(col(Post.id)).join(Zone, col(Zone.id) == col(Post.zone_id)).where(*_entrusted(actor))
    return number_of(statement.limit(MOST_ENTRUSTED))


def _entrusted(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return (
        # Written into the statement: SQLite then knows that the few in the index of these are meant.
        col(Post.visibility) == literal("confidential", literal_execute=True),
        col(Post.party_id).not_in(actor.party_ids),
        on_board(actor),
    )


def is_read_first(session: Session, post: Post) -> bool:
    """Whether makers read a draft before the others do: a newcomer's first, or of a category that was chosen.

    What is confidential only makers read, so that it need not wait for them.
    """
    wish = first_look_of(session, post.community_id)
    if post.visibility == "confidential" or not (wish.newcomer_posts or wish.category_ids):
        return False
    category = session.get(Category, post.category_id) if post.category_id else None
    if category is not None and {category.id, category.parent_id} & set(wish.category_ids):
        return True
    written = select(func.count(col(Post.id))).where(
        col(Post.party_id) == post.party_id, col(Post.author_id) == post.author_id, col(Post.published_at).is_not(None)
    )
    return (session.scalar(written) or 0) < wish.newcomer_posts


def draft_to_read(session: Session, actor: Actor, post_id: int) -> Post:
    """A draft that waits for the makers of its zone to read it first. Raises Missing for anything and anybody else."""
    post = session.get(Post, post_id)
    if post is None or post.state != "draft" or post.community_id != actor.community_id or not may_hide(actor, post):
        raise Missing()
    if not waits_for_first_look(session, "post", post_id):
        raise Missing()
    return post


def time_zone_of(session: Session, community_id: int) -> str:
    """The time zone of a community, by its IANA name."""
    return community_of(session, community_id).time_zone


def _demands_care(session: Session, category: Category | None) -> bool:
    if category is None or category.demands_care or category.parent_id is None:
        return category is not None and category.demands_care
    branch = session.get(Category, category.parent_id)
    return branch is not None and branch.demands_care
