"""A post: an offer or a need, from its first draft to its end."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint, event, text
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.crypto.sealed import Confidential, SealedIfConfidential, seal_always
from foundation.database import UtcDateTime


class Post(SQLModel, table=True):
    __tablename__ = "post"
    __table_args__ = (
        CheckConstraint("kind IN ('offer', 'need')", name="kind_known"),
        CheckConstraint("state IN ('draft', 'open', 'paused', 'closed', 'expired')", name="state_known"),
        CheckConstraint("visibility IN ('community', 'zones', 'public', 'confidential')", name="visibility_known"),
        CheckConstraint("place IN ('', 'mine', 'theirs', 'somewhere', 'remote')", name="place_known"),
        CheckConstraint("rhythm IN ('', 'dates', 'weekly', 'any')", name="rhythm_known"),
        CheckConstraint("minutes IS NULL OR minutes BETWEEN 1 AND 6000", name="minutes_sane"),
        CheckConstraint("NOT (gift AND minutes IS NOT NULL)", name="gift_has_no_minutes"),
        CheckConstraint("places BETWEEN 1 AND 100", name="places_sane"),
        CheckConstraint("expense_cents >= 0", name="expense_not_negative"),
        CheckConstraint(
            "state = 'draft' OR (category_id IS NOT NULL AND zone_id IS NOT NULL AND title <> '')",
            name="published_is_complete",
        ),
        UniqueConstraint("community_id", "import_key"),
        Index("ix_post_board", "community_id", "state", "published_at", "id"),
        # More columns than the one of the board has: without statistics SQLite takes what narrows most.
        Index("ix_post_party", "party_id", "community_id", "state"),
        Index("ix_post_category", "category_id", "state", "published_at"),
        Index("ix_post_expiry", "state", "expires_on"),
        Index(
            "ix_post_confidential",
            "community_id",
            "state",
            "visibility",
            sqlite_where=text("visibility = 'confidential'"),
            postgresql_where=text("visibility = 'confidential'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    party_id: int = Field(foreign_key="party.id")
    author_id: int = Field(foreign_key="person.id")
    recorded_by_id: int | None = Field(default=None, foreign_key="person.id")
    kind: str = Field(max_length=10)
    state: str = Field(default="draft", max_length=10)

    # What
    title: str = Field(default="", max_length=120, sa_type=SealedIfConfidential("post.title"))
    description: str = Field(default="", max_length=4000, sa_type=SealedIfConfidential("post.description"))
    category_id: int | None = Field(default=None, foreign_key="category.id")

    # When and where
    rhythm: str = Field(default="", max_length=10)
    """`dates` (see PostDate), `weekly` (on `weekdays` at `weekly_at`) or `any`: when you like."""
    weekdays: list[int] = Field(default_factory=list, sa_type=JSON)
    """Monday is 1, Sunday 7."""
    weekly_at: str = Field(default="", max_length=5)
    """The time on the wall of the community, such as `16:30`; empty when it does not matter."""
    when_words: str = Field(default="", max_length=200, sa_type=SealedIfConfidential("post.when_words"))
    zone_id: int | None = Field(default=None, foreign_key="zone.id")
    place: str = Field(default="", max_length=20)
    """At home (`mine`), at the other's (`theirs`), at some place (`somewhere`), `remote`."""
    place_words: str = Field(default="", max_length=200, sa_type=SealedIfConfidential("post.place_words"))

    # How
    minutes: int | None = None
    """Estimated, each time; None when it is a gift or still open."""
    gift: bool = False
    places: int = 1
    """For how many parties: 1, or several up to this number."""
    always: bool = False
    """Stays open after it is answered."""
    urgent: bool = False
    expires_on: date | None = None
    expense_cents: int = 0
    """Euro cents foreseen for materials or fuel: recorded beside the exchange, never as hours (domain, rule 6)."""
    expense_words: str = Field(default="", max_length=200, sa_type=SealedIfConfidential("post.expense_words"))
    languages: list[str] = Field(default_factory=list, sa_type=JSON)
    visibility: str = Field(default="community", max_length=20)
    excluded_maker_id: int | None = Field(default=None, foreign_key="person.id")
    """A maker who must not see a confidential need: perhaps a neighbour (domain, Children 4)."""
    outside_trade: bool = False
    """A business declares that these hours are not what it does for a living (domain, Who uses it)."""

    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    published_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closing: str = Field(default="", max_length=20)
    """Why it closed: `found` or `changed_mind` by its owner, `full` by itself, `expired`, `hidden` by a maker; or,
    paused, `away` with its people."""
    reminded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1
    """Raised by every edit, so that a form opened earlier is told what changed."""
    import_key: str | None = Field(default=None, max_length=60)


CONFIDENTIAL_TEXTS = ("title", "description", "when_words", "place_words", "expense_words")
"""What somebody typed: sealed while only makers may read it, and as a draft, which may still become confidential."""


@event.listens_for(Post, "before_insert")
@event.listens_for(Post, "before_update")
def _seal_what_is_confidential(_mapper: object, _connection: object, post: Post) -> None:
    """Whoever writes a post, and by whichever path: its texts are sealed exactly while nobody else may read them."""
    kind = Confidential if post.visibility == "confidential" or post.state == "draft" else str
    for name in CONFIDENTIAL_TEXTS:
        text = getattr(post, name)
        if text is not None and type(text) is not kind:
            setattr(post, name, kind(text))


class PostDate(SQLModel, table=True):
    __tablename__ = "post_date"
    __table_args__ = (
        CheckConstraint("ends_at IS NULL OR ends_at > starts_at", name="ends_after_start"),
        Index("ix_post_date_post", "post_id", "starts_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    post_id: int = Field(foreign_key="post.id")
    starts_at: datetime = Field(sa_type=UtcDateTime)
    ends_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class PostPhoto(SQLModel, table=True):
    __tablename__ = "post_photo"
    __table_args__ = (Index("ix_post_photo_file", "file_id"),)

    post_id: int = Field(foreign_key="post.id", primary_key=True)
    file_id: int = Field(foreign_key="stored_file.id", primary_key=True)
    position: int = 0
    words: str = Field(default="", max_length=200)
    """What is seen on it, for who cannot see it."""


class PostChildcare(SQLModel, table=True):
    """The fields of its own that child care has."""

    __tablename__ = "post_childcare"
    __table_args__ = (CheckConstraint("children BETWEEN 1 AND 20", name="children_sane"),)

    post_id: int = Field(foreign_key="post.id", primary_key=True)
    children: int
    age_bands: list[str] = Field(default_factory=list, sa_type=JSON)
    where_words: str = Field(default="", max_length=200, sa_type=SealedIfConfidential("post_childcare.where_words"))
    pick_up: str = Field(default="", max_length=200, sa_type=SealedIfConfidential("post_childcare.pick_up"))
    """Who picks up; shown to the two parties only."""


# A post changes who reads it without its own fields being written anew: so these are sealed whoever reads it.
seal_always(PostChildcare, "where_words", "pick_up")


class PostPurchasing(SQLModel, table=True):
    """The fields of its own that solidarity purchasing has."""

    __tablename__ = "post_purchasing"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("share_cents IS NULL OR share_cents >= 0", name="share_not_negative"),
    )

    post_id: int = Field(foreign_key="post.id", primary_key=True)
    what: str = Field(max_length=200, sa_type=SealedIfConfidential("post_purchasing.what"))
    quantity: int
    """In thousandths of the unit, so that 2.5 kg is exact."""
    unit: str = Field(max_length=20)
    share_cents: int | None = None


seal_always(PostPurchasing, "what")


class PostHousing(SQLModel, table=True):
    """The fields of its own that housing help has; confidential by default."""

    __tablename__ = "post_housing"
    __table_args__ = (
        CheckConstraint("help IN ('room', 'repair', 'move', 'documents', 'guarantee')", name="help_known"),
        CheckConstraint("until IS NULL OR since IS NULL OR until >= since", name="until_after_since"),
    )

    post_id: int = Field(foreign_key="post.id", primary_key=True)
    help: str = Field(max_length=20)
    since: date | None = None
    until: date | None = None
