"""Publishing a draft, pausing and resuming, renewing, and beginning again from a copy."""

from sqlmodel import col, select

from community.categories.tables import Category
from community.communities.queries import today_of
from community.members.queries import makers_of
from community.moderation.actions import ask_first_look
from community.moderation.policies import must_be_free, must_not_be_limited
from community.moderation.queries import waits_for_first_look
from community.notifications.actions import notify
from community.zones.queries import zone_of
from exchanges.posts import rules
from exchanges.posts.actions.finding import put_in_index
from exchanges.posts.actions.writing import must_be_outside_trade, usual_expiry_of
from exchanges.posts.notices import ENTRUSTED
from exchanges.posts.policies import may_hide
from exchanges.posts.queries import dates_of, is_read_first, lacks_of, own_fields_of, own_post
from exchanges.posts.tables import Post
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing

COPIED = (
    "kind", "title", "description", "category_id", "rhythm", "weekdays", "weekly_at", "when_words", "zone_id",
    "place", "place_words", "minutes", "gift", "places", "always", "expense_cents", "expense_words", "languages",
    "visibility", "excluded_maker_id", "outside_trade",
)  # fmt: skip


def publish_post(session: Session, actor: Actor, post_id: int, *, read_first: bool = True) -> Post:
    """Put a draft on the board, or before the makers where they read it first: then it stays a draft meanwhile.

    Raises Missing, NotNow, Limited, or Invalid naming what is still missing. Files that makers take in are read already
    (`read_first` False).
    """
    post = own_post(session, actor, post_id, lock=True)
    if post.state == "open":
        return post
    must_be_free(session, actor, "posting")
    state = rules.moved(post.state, "publish")
    _must_be_whole(session, post)
    rules.check_wish(post.expires_on, today_of(session, actor.community_id))
    if read_first and is_read_first(session, post):
        ask_first_look(session, actor, "post", post_id, zone_id=post.zone_id, party_id=post.party_id)
        return post
    post.expires_on = post.expires_on or usual_expiry_of(session, post)
    post.state = state
    post.published_at = clock.now()
    if post.visibility == "confidential":
        _entrust(session, actor, post)
    return _done(session, actor, post, "published")


def publish_read_post(session: Session, actor: Actor, post_id: int) -> None:
    """A maker has read a draft first: it goes on the board as its author left it. Raises Missing, NotNow or Invalid."""
    statement = select(Post).where(col(Post.id) == post_id).with_for_update(key_share=True)
    post = session.exec(statement.execution_options(populate_existing=True)).one_or_none()
    if post is None or not may_hide(actor, post) or not waits_for_first_look(session, "post", post_id):
        raise Missing()
    state = rules.moved(post.state, "publish")
    _must_be_whole(session, post)
    rules.check_wish(post.expires_on, today_of(session, post.community_id))
    must_not_be_limited(session, post.community_id, post.author_id, "posting")
    post.expires_on = post.expires_on or usual_expiry_of(session, post)
    post.state, post.published_at = state, clock.now()
    _done(session, actor, post, "published")


def _entrust(session: Session, actor: Actor, post: Post) -> None:
    """Tell the makers of the zone that there is something to read: not what, and not the one it is kept from."""
    zone = zone_of(session, post.community_id, post.zone_id or 0)
    for maker in makers_of(session, post.community_id, zone.id):
        if maker.id in (None, post.excluded_maker_id, actor.person_id):
            continue
        notify(
            session,
            person_id=maker.id or 0,
            community_id=post.community_id,
            notice=ENTRUSTED,
            params={"zone": zone.name},
            endpoint="posts.show",
            values={"post_id": post.id},
            key=f"{post.id}",
        )


def pause_post(session: Session, actor: Actor, post_id: int) -> Post:
    """Take an open post off the board for a while. Raises Missing or NotNow."""
    post = own_post(session, actor, post_id, lock=True)
    post.state = rules.moved(post.state, "pause")
    return _done(session, actor, post, "paused")


def resume_post(session: Session, actor: Actor, post_id: int) -> Post:
    """Put a paused post back. Raises Missing, NotNow or Limited."""
    post = own_post(session, actor, post_id, lock=True)
    must_be_free(session, actor, "posting")
    post.state, post.closing = rules.moved(post.state, "resume"), ""
    _stay_longer(session, actor, post)
    return _done(session, actor, post, "resumed")


def renew_post(session: Session, actor: Actor, post_id: int) -> Post:
    """Give a post another month from today, back on the board where it had ended. Raises Missing, NotNow, Invalid."""
    post = own_post(session, actor, post_id, lock=True)
    if post.closing == "hidden":
        raise rules.NotNow(N_("A maker took this post out of sight. Speak with them before you write it again."))
    must_be_free(session, actor, "posting")
    ended = post.state in ("expired", "closed")
    post.state = rules.moved(post.state, "renew")
    if post.rhythm == "dates" and all(one.starts_at < clock.now() for one in dates_of(session, post_id)):
        raise rules.NotNow(N_("All its dates have passed."), advice=N_("Make a copy and choose new ones."))
    usual = usual_expiry_of(session, post)
    post.expires_on = max(post.expires_on, usual) if post.expires_on else usual
    post.closing, post.closed_at, post.reminded_at = "", None, None
    if ended:
        post.published_at = clock.now()
    return _done(session, actor, post, "renewed")


def duplicate_post(session: Session, actor: Actor, post_id: int) -> Post:
    """A draft with the same words and without the dates and photographs. Raises Missing."""
    original = own_post(session, actor, post_id)
    copy = Post(
        community_id=original.community_id,
        party_id=original.party_id,
        author_id=actor.must_be_person(),
        recorded_by_id=actor.recorder_id,
        **{name: getattr(original, name) for name in COPIED},
    )
    session.add(copy)
    session.flush()
    category = session.get(Category, original.category_id) if original.category_id else None
    own_fields = own_fields_of(session, post_id, category)
    if own_fields is not None:
        session.add(type(own_fields)(**own_fields.model_dump() | {"post_id": copy.id}))
    audit.record(session, actor, "copied", "post", copy.id, of=post_id)
    return copy


def _must_be_whole(session: Session, post: Post) -> None:
    """Raises Invalid at the first field that is missing."""
    category = session.get(Category, post.category_id) if post.category_id else None
    dates = dates_of(session, post.id or 0)
    has_own_fields = own_fields_of(session, post.id or 0, category) is not None
    lacking = lacks_of(post, category, has_dates=bool(dates), has_own_fields=has_own_fields)
    if lacking:
        raise Invalid(lacking[0].words, field=lacking[0].field)
    if post.rhythm == "dates":
        rules.check_dates([(one.starts_at, one.ends_at) for one in dates], clock.now())
    must_be_outside_trade(session, post)


def _stay_longer(session: Session, actor: Actor, post: Post) -> None:
    if post.expires_on is None or post.expires_on < today_of(session, actor.community_id):
        post.expires_on = usual_expiry_of(session, post)


def _done(session: Session, actor: Actor, post: Post, verb: str) -> Post:
    post.version += 1
    post.changed_at = clock.now()
    audit.record(session, actor, verb, "post", post.id)
    put_in_index(session, post)
    return post
