"""Writing a post, step by step: what, when and where, how."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlmodel import col, delete

from community.categories.queries import category_of
from community.categories.tables import Category
from community.communities.queries import today_of
from community.members.queries import makers_of
from community.moderation.queries import first_look_of
from community.organisations.tables import Organisation
from community.zones.queries import zone_of
from exchanges.posts import rules
from exchanges.posts.actions.finding import put_in_index
from exchanges.posts.queries import (
    OwnFields,
    dates_of,
    lacks_of,
    own_fields_of,
    own_post,
    time_zone_of,
)
from exchanges.posts.tables import Post, PostChildcare, PostDate, PostHousing, PostPurchasing
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Stale


@dataclass(frozen=True)
class What:
    """Step 1."""

    title: str
    category_id: int | None
    description: str


@dataclass(frozen=True)
class When:
    """Step 2: `own` holds the fields of childcare, purchasing or housing; empty says nothing yet."""

    rhythm: str
    zone_id: int | None
    dates: Sequence[tuple[datetime, datetime | None]] = ()
    weekdays: Sequence[int] = ()
    weekly_at: str = ""
    when_words: str = ""
    place: str = ""
    place_words: str = ""
    own: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class How:
    """Step 3. `minutes` are estimated, None for a gift; without `expires_on` the post stays as long as usual."""

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


def save_what(session: Session, actor: Actor, post_id: int, what: What, *, version: int) -> Post:
    """Keep step 1. Raises Missing, Invalid, NotNow, or Stale when the post was changed from elsewhere."""
    post = _to_edit(session, actor, post_id, version)
    before = session.get(Category, post.category_id) if post.category_id else None
    category = before if before and what.category_id == before.id else _category(session, actor, what.category_id)
    if category != before and post.state != "draft":
        _must_not_be_read_first(session, post, category)
    if _fields(before) != _fields(category):
        forget_own_fields(session, post)
    if category is not None and category != before and category.confidential and post.kind == "need":
        post.visibility = "confidential"
    post.title, post.description = what.title, what.description
    post.category_id = category.id if category else None
    _stay_whole(post, category, "what")
    return changed(session, actor, post)


def save_when(session: Session, actor: Actor, post_id: int, when: When, *, version: int) -> Post:
    """Keep step 2, with the fields of its own that the category asks for. Raises as `save_what` does."""
    post = _to_edit(session, actor, post_id, version)
    zone = zone_of(session, actor.community_id, when.zone_id) if when.zone_id is not None else None
    category = session.get(Category, post.category_id) if post.category_id else None
    there = own_fields_of(session, post_id, category)
    _check_when(session, post, when)
    post.rhythm, post.when_words = when.rhythm, when.when_words
    weekly = when.rhythm == "weekly"
    post.weekdays = sorted(set(when.weekdays)) if weekly else []
    post.weekly_at = when.weekly_at if weekly else ""
    post.zone_id = zone.id if zone else None
    post.place, post.place_words = when.place, when.place_words
    has_dates = when.rhythm == "dates" and bool(when.dates)
    _stay_whole(post, category, "when", has_dates=has_dates, has_own_fields=bool(when.own) or there is not None)
    session.exec(delete(PostDate).where(col(PostDate.post_id) == post_id))
    if has_dates:
        session.add_all(
            PostDate(post_id=post_id, starts_at=starts_at, ends_at=ends_at) for starts_at, ends_at in when.dates
        )
    _save_own_fields(session, post, category, there, when.own)
    return changed(session, actor, post)


def save_how(session: Session, actor: Actor, post_id: int, how: How, *, version: int) -> Post:
    """Keep step 3. Raises as `save_what` does."""
    post = _to_edit(session, actor, post_id, version)
    _check_how(session, post, how)
    if how.expires_on != post.expires_on:
        rules.check_wish(how.expires_on, today_of(session, actor.community_id))
        post.reminded_at = None
    post.expires_on = how.expires_on
    post.minutes = None if how.gift else how.minutes
    post.gift = how.gift
    post.places, post.always, post.urgent = how.places, how.always, how.urgent
    post.expense_cents, post.expense_words = how.expense_cents, how.expense_words
    post.languages = list(how.languages)
    post.visibility = how.visibility
    post.excluded_maker_id = how.excluded_maker_id if how.visibility == "confidential" else None
    post.outside_trade = how.outside_trade
    _stay_whole(post, None, "how")
    if post.state != "draft":
        must_be_outside_trade(session, post)
        post.expires_on = post.expires_on or usual_expiry_of(session, post)
    return changed(session, actor, post)


def usual_expiry_of(session: Session, post: Post) -> date:
    """The last day of a post whose owner chose none."""
    zone = time_zone_of(session, post.community_id)
    days = [clock.local(one.starts_at, zone).date() for one in dates_of(session, post.id or 0)]
    return rules.usual_expiry(days, clock.today(zone))


def must_be_outside_trade(session: Session, post: Post) -> None:
    """Raises Invalid for hours a business offers without declaring them outside its trade (domain, Who uses it)."""
    organisation = session.get(Organisation, post.party_id)
    trades = organisation is not None and organisation.kind == "business" and post.kind == "offer"
    if trades and not post.gift and not post.outside_trade:
        raise Invalid(
            N_("Hours are for what you do outside your trade. What you do for a living can be a gift."),
            field="outside_trade",
        )


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


def _stay_whole(
    post: Post, category: Category | None, step: str, *, has_dates: bool = False, has_own_fields: bool = False
) -> None:
    """A draft may lack anything; what stands on the board keeps saying all that this step asks for."""
    if post.state == "draft":
        return
    for lack in lacks_of(post, category, has_dates=has_dates, has_own_fields=has_own_fields):
        if lack.step == step:
            raise Invalid(lack.words, field=lack.field)


def changed(session: Session, actor: Actor, post: Post) -> Post:
    """Note that a post was edited: its version, and once it is published the record and the search index."""
    post.version += 1
    post.changed_at = clock.now()
    if post.state != "draft":
        audit.record(session, actor, "changed", "post", post.id)
        put_in_index(session, post)
    return post


def _category(session: Session, actor: Actor, category_id: int | None) -> Category | None:
    if category_id is None:
        return None
    try:
        return category_of(session, actor.community_id, category_id)
    except Missing:
        raise Invalid(N_("Choose one of the categories."), field="category_id") from None


def _must_not_be_read_first(session: Session, post: Post, category: Category | None) -> None:
    """What stands on the board does not move to where makers read first: they would not have read it."""
    chosen = set(first_look_of(session, post.community_id).category_ids)
    if category is not None and {category.id, category.parent_id} & chosen:
        raise rules.NotNow(
            N_("In this category a maker reads every post first."), advice=N_("Make a copy, and publish that one.")
        )


def _fields(category: Category | None) -> str:
    return category.fields if category else "none"


def _check_when(session: Session, post: Post, when: When) -> None:
    if when.rhythm and when.rhythm not in rules.RHYTHMS:
        raise Invalid(N_("Say when: a date, every week, or whenever you like."), field="rhythm")
    if when.rhythm == "dates":
        kept = {one.starts_at for one in dates_of(session, post.id or 0)}
        rules.check_dates(when.dates, clock.now(), kept=kept)
    if when.rhythm == "weekly":
        rules.check_weekly(when.weekdays, when.weekly_at)
    if when.place and when.place not in rules.PLACES:
        raise Invalid(N_("Choose one of the places."), field="place")


def _check_how(session: Session, post: Post, how: How) -> None:
    if how.visibility not in rules.VISIBILITIES or (how.visibility == "confidential" and post.kind != "need"):
        raise Invalid(N_("Choose who may see it."), field="visibility")
    rules.check_how(how.minutes, how.gift, how.places, how.expense_cents)
    if how.visibility == "confidential" and how.excluded_maker_id is not None:
        makers = {person.id for person in makers_of(session, post.community_id, post.zone_id)}
        if how.excluded_maker_id not in makers:
            raise Invalid(N_("Choose one of the makers of the zone."), field="excluded_maker_id")


def forget_own_fields(session: Session, post: Post) -> None:
    """Remove what a childcare, purchasing or housing post says beyond the others."""
    for table in (PostChildcare, PostPurchasing, PostHousing):
        session.exec(delete(table).where(col(table.post_id) == post.id))


def _save_own_fields(
    session: Session, post: Post, category: Category | None, there: OwnFields | None, own: Mapping[str, Any]
) -> None:
    tables = {"childcare": PostChildcare, "purchasing": PostPurchasing, "housing": PostHousing}
    table = tables.get(_fields(category))
    if table is None or not own:
        return
    rules.check_own(_fields(category), own)
    if there is None:
        session.add(table(post_id=post.id, **own))
        return
    for name, value in own.items():
        setattr(there, name, value)
