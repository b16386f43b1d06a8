"""Writing a post, step by step: what, when and where, how. A draft may be left and taken up again at any step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlmodel import col, delete, select

from community.categories.queries import category_of
from community.categories.tables import Category
from community.organisations.tables import Organisation
from community.zones.queries import zone_of
from exchanges.posts import rules
from exchanges.posts.queries import own_fields_of, own_post, photos_of, today_of
from exchanges.posts.tables import Post, PostChildcare, PostDate, PostHousing, PostPhoto, PostPurchasing
from foundation import audit, clock, files
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Stale
from foundation.files import StoredImage

PHOTO_KIND = "post_photo"


@dataclass(frozen=True)
class What:
    """Step 1."""

    title: str
    category_id: int | None
    description: str


@dataclass(frozen=True)
class When:
    """Step 2: `own` holds the fields of childcare, purchasing or housing."""

    rhythm: str
    zone_id: int
    dates: Sequence[tuple[datetime, datetime | None]] = ()
    when_words: str = ""
    place: str = ""
    place_words: str = ""
    own: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class How:
    """Step 3. `minutes` are estimated, None for a gift."""

    minutes: int | None
    gift: bool = False
    places: int = 1
    always: bool = False
    urgent: bool = False
    expires_on: date | None = None
    expense_cents: int = 0
    expense_words: str = ""
    languages: Sequence[str] = ()
    visibility: str = "community"
    excluded_maker_id: int | None = None
    outside_trade: bool = False


def start_draft(session: Session, actor: Actor, kind: str) -> Post:
    """A new empty draft of the party acted for, in the actor's zone. Raises Missing or Invalid."""
    if kind not in rules.KINDS:
        raise Invalid(N_("Choose whether you offer or you need something."))
    post = Post(
        community_id=actor.community_id,
        party_id=actor.must_be_party(),
        author_id=actor.must_be_person(),
        recorded_by_id=actor.recorder_id,
        kind=kind,
        zone_id=actor.zone_id,
    )
    session.add(post)
    session.flush()
    audit.record(session, actor, "started", "post", post.id)
    return post


def save_what(session: Session, actor: Actor, post_id: int, what: What, *, version: int) -> Post:
    """Keep step 1. Raises Missing, Invalid, or Stale when the post was changed from elsewhere."""
    post = _to_edit(session, actor, post_id, version)
    category = _category(session, actor, what.category_id)
    if category is not None and post.category_id != category.id:
        _forget_own_fields(session, post)
        if category.confidential and post.kind == "need":
            post.visibility = "confidential"
    if post.state != "draft" and (not what.title or category is None):
        raise Invalid(N_("Give it a title."), field="title" if not what.title else "category_id")
    post.title = what.title
    post.category_id = category.id if category else None
    post.description = what.description
    return _changed(session, actor, post)


def save_when(session: Session, actor: Actor, post_id: int, when: When, *, version: int) -> Post:
    """Keep step 2, with the fields of its own that the category asks for. Raises Missing, Invalid or Stale."""
    post = _to_edit(session, actor, post_id, version)
    zone = zone_of(session, actor.community_id, when.zone_id)
    if when.rhythm not in ("dates", "any"):
        raise Invalid(N_("Say when: a date, or whenever you like."), field="rhythm")
    if when.rhythm == "dates":
        rules.check_dates(when.dates, clock.now())
    if when.place and when.place not in rules.PLACES:
        raise Invalid(N_("Choose one of the places."), field="place")
    post.rhythm, post.when_words = when.rhythm, when.when_words
    post.zone_id, post.place, post.place_words = zone.id, when.place, when.place_words
    session.exec(delete(PostDate).where(col(PostDate.post_id) == post_id))
    if when.rhythm == "dates":
        session.add_all(
            PostDate(post_id=post_id, starts_at=starts_at, ends_at=ends_at) for starts_at, ends_at in when.dates
        )
    _save_own_fields(session, post, _category(session, actor, post.category_id), when.own)
    return _changed(session, actor, post)


def save_how(session: Session, actor: Actor, post_id: int, how: How, *, version: int) -> Post:
    """Keep step 3. Raises Missing, Invalid or Stale."""
    post = _to_edit(session, actor, post_id, version)
    _check_how(session, post, how)
    days = session.exec(select(col(PostDate.starts_at)).where(col(PostDate.post_id) == post_id)).all()
    today = today_of(session, actor.community_id)
    post.expires_on = rules.expiry(how.expires_on, [day.date() for day in days], today)
    post.minutes = None if how.gift else how.minutes
    post.gift = how.gift
    post.places, post.always, post.urgent = how.places, how.always, how.urgent
    post.expense_cents, post.expense_words = how.expense_cents, how.expense_words
    post.languages = list(how.languages)
    post.visibility = how.visibility
    post.excluded_maker_id = how.excluded_maker_id if how.visibility == "confidential" else None
    post.outside_trade = how.outside_trade
    return _changed(session, actor, post)


def add_photo(session: Session, actor: Actor, post_id: int, stored: StoredImage, *, words: str = "") -> int:
    """Add a photograph that is already clean and on disk. Raises Missing or Invalid (too many)."""
    post = own_post(session, actor, post_id, lock=True)
    there = photos_of(session, post_id)
    if len(there) >= rules.MOST_PHOTOS:
        raise Invalid(N_("%(most)s photographs at most."), field="photos", most=rules.MOST_PHOTOS)
    file_id = files.keep(
        session, stored, kind=PHOTO_KIND, community_id=actor.community_id, owner_person_id=actor.must_be_person()
    )
    position = 1 + max((photo.position for photo in there), default=-1)
    session.add(PostPhoto(post_id=post_id, file_id=file_id, position=position, words=words))
    _changed(session, actor, post)
    return file_id


def remove_photo(session: Session, actor: Actor, post_id: int, file_id: int) -> None:
    """Take a photograph away; nothing happens when it is gone already. Raises Missing."""
    own_post(session, actor, post_id, lock=True)
    photo = session.get(PostPhoto, (post_id, file_id))
    if photo is None:
        return
    session.delete(photo)
    session.flush()
    for position, left in enumerate(photos_of(session, post_id)):
        left.position = position
    files.let_go(session, file_id)


def discard_draft(session: Session, actor: Actor, post_id: int) -> None:
    """Throw a draft away for good. Raises Missing, or NotNow for a post that was published."""
    post = own_post(session, actor, post_id, lock=True)
    if post.state != "draft":
        raise rules.NotNow(N_("It was published already: you can close it instead."))
    for photo in photos_of(session, post_id):
        session.delete(photo)
        files.let_go(session, photo.file_id)
    session.exec(delete(PostDate).where(col(PostDate.post_id) == post_id))
    _forget_own_fields(session, post)
    session.delete(post)
    audit.record(session, actor, "discarded", "post", post_id)


def _to_edit(session: Session, actor: Actor, post_id: int, version: int) -> Post:
    post = own_post(session, actor, post_id, lock=True)
    if post.state not in ("draft", "open", "paused"):
        raise rules.NotNow(
            N_("This post has ended and cannot be changed."), advice=N_("Renew it, or make a copy and change that.")
        )
    if post.version != version:
        raise Stale(
            N_("This post was changed meanwhile, here or on another phone."),
            advice=N_("Below is how it stands now: look, and save again."),
        )
    return post


def _changed(session: Session, actor: Actor, post: Post) -> Post:
    post.words = rules.fold(f"{post.title} {post.description}")[:5000]
    post.version += 1
    post.changed_at = clock.now()
    if post.state != "draft":
        audit.record(session, actor, "changed", "post", post.id)
    return post


def _category(session: Session, actor: Actor, category_id: int | None) -> Category | None:
    if category_id is None:
        return None
    try:
        return category_of(session, actor.community_id, category_id)
    except Missing:
        raise Invalid(N_("Choose one of the categories."), field="category_id") from None


def _check_how(session: Session, post: Post, how: How) -> None:
    if how.visibility not in rules.VISIBILITIES or (how.visibility == "confidential" and post.kind != "need"):
        raise Invalid(N_("Choose who may see it."), field="visibility")
    if not how.gift and how.minutes is None:
        raise Invalid(N_("Say about how long it takes, or that it is a gift."), field="minutes")
    organisation = session.get(Organisation, post.party_id)
    trades = organisation is not None and organisation.kind == "business" and post.kind == "offer"
    if trades and not how.gift and not how.outside_trade:
        raise Invalid(
            N_("Hours are for what you do outside your trade. What you do for a living can be a gift."),
            field="outside_trade",
        )


def _forget_own_fields(session: Session, post: Post) -> None:
    for table in (PostChildcare, PostPurchasing, PostHousing):
        session.exec(delete(table).where(col(table.post_id) == post.id))


def _save_own_fields(session: Session, post: Post, category: Category | None, own: Mapping[str, Any]) -> None:
    tables = {"childcare": PostChildcare, "purchasing": PostPurchasing, "housing": PostHousing}
    table = tables.get(category.fields) if category else None
    if table is None or post.id is None:
        return
    if not own:
        raise Invalid(N_("Answer the questions about this kind of help."))
    there = own_fields_of(session, post.id, category)
    if there is None:
        session.add(table(post_id=post.id, **own))
    else:
        for name, value in own.items():
            setattr(there, name, value)
    session.flush()
