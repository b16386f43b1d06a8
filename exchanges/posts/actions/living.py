"""Publishing a draft, pausing and resuming, renewing, and beginning again from a copy."""

from community.categories.tables import Category
from exchanges.posts import rules
from exchanges.posts.queries import dates_of, lacks_of, own_fields_of, own_post, post_visible_to, today_of
from exchanges.posts.tables import Post
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid

COPIED = (
    "kind", "title", "description", "category_id", "words", "when_words", "zone_id", "place", "place_words", "minutes",
    "gift", "places", "always", "expense_cents", "expense_words", "languages", "visibility", "excluded_maker_id",
    "outside_trade",
)  # fmt: skip


def publish_post(session: Session, actor: Actor, post_id: int) -> Post:
    """Put a draft on the board. Raises Missing, NotNow, or Invalid naming what is still missing (`step` in params)."""
    post = own_post(session, actor, post_id, lock=True)
    if post.state == "open":
        return post
    state = rules.moved(post.state, "publish")
    category = session.get(Category, post.category_id) if post.category_id else None
    dates = dates_of(session, post_id)
    own_fields = own_fields_of(session, post_id, category)
    lacking = lacks_of(post, category, bool(dates), own_fields is not None)
    if lacking:
        raise Invalid(lacking[0].words, step=lacking[0].step)
    if post.rhythm == "dates":
        rules.check_dates([(one.starts_at, one.ends_at) for one in dates], clock.now())
    today = today_of(session, actor.community_id)
    if post.expires_on is None or post.expires_on < today:
        post.expires_on = rules.expiry(None, [one.starts_at.date() for one in dates], today)
    post.state = state
    post.published_at = clock.now()
    return _done(session, actor, post, "published")


def pause_post(session: Session, actor: Actor, post_id: int) -> Post:
    """Take an open post off the board for a while. Raises Missing or NotNow."""
    post = own_post(session, actor, post_id, lock=True)
    post.state = rules.moved(post.state, "pause")
    return _done(session, actor, post, "paused")


def resume_post(session: Session, actor: Actor, post_id: int) -> Post:
    """Put a paused post back. Raises Missing or NotNow."""
    post = own_post(session, actor, post_id, lock=True)
    post.state = rules.moved(post.state, "resume")
    _stay_longer(session, actor, post)
    return _done(session, actor, post, "resumed")


def renew_post(session: Session, actor: Actor, post_id: int) -> Post:
    """Give a post another month from today, back on the board where it had ended. Raises Missing, NotNow, Invalid."""
    post = own_post(session, actor, post_id, lock=True)
    if post.closing == "hidden":
        raise rules.NotNow(N_("A maker took this post out of sight. Speak with them before you write it again."))
    ended = post.state in ("expired", "closed")
    post.state = rules.moved(post.state, "renew")
    upcoming = [one for one in dates_of(session, post_id) if one.starts_at >= clock.now()]
    if post.rhythm == "dates" and not upcoming:
        raise Invalid(
            N_("All its dates have passed."), advice=N_("Make a copy and choose new ones."), field="dates"
        )
    post.expires_on = today_of(session, actor.community_id) + rules.USUAL_LIFE
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
    view = post_visible_to(session, actor, post_id)
    if view.own_fields is not None and copy.id is not None:
        values = view.own_fields.model_dump() | {"post_id": copy.id}
        session.add(type(view.own_fields)(**values))
    audit.record(session, actor, "copied", "post", copy.id, of=post_id)
    return copy


def _stay_longer(session: Session, actor: Actor, post: Post) -> None:
    today = today_of(session, actor.community_id)
    if post.expires_on is None or post.expires_on < today:
        post.expires_on = today + rules.USUAL_LIFE


def _done(session: Session, actor: Actor, post: Post, verb: str) -> Post:
    post.version += 1
    post.changed_at = clock.now()
    audit.record(session, actor, verb, "post", post.id)
    return post
