"""Who sees a post, and who may change it."""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_, true
from sqlmodel import col

from community.parties.policies import not_blocked
from exchanges.posts.tables import Post, PostPhoto
from foundation.access import Actor, Permission
from foundation.database import Session
from foundation.errors import Missing

READ = Permission("member:post:read", ("member", "maker", "administrator"), "Read the board of the community")
WRITE = Permission("member:post:write", ("member",), "Write offers and needs")
CONFIDENTIAL = Permission("zone:post:mediate", ("maker",), "See the confidential needs of the zone and mediate")
HIDE = Permission("zone:post:hide", ("maker",), "Take a post of the zone out of sight")


def seen_by(actor: Actor) -> ColumnElement[bool]:
    """The condition that a post may be read by the actor: state, visibility, blocks and community."""
    here = col(Post.community_id) == actor.community_id
    if not actor.may(READ):
        return and_(here, col(Post.state) == "open", col(Post.visibility) == "public")
    own = and_(col(Post.party_id).in_(actor.party_ids), shown_to_recorder(actor))
    published = col(Post.state).in_(("open", "closed", "expired")) & (col(Post.closing) != "hidden")
    allowed = or_(
        col(Post.visibility).in_(("community", "public")),
        and_(col(Post.visibility) == "zones", _near(actor)),
        and_(col(Post.visibility) == "confidential", _mediated_by(actor)),
    )
    others = and_(published, allowed, not_blocked(actor, col(Post.party_id)))
    return and_(here, or_(own, others, _hidden_but_moderated_by(actor)))


def shown_to_recorder(actor: Actor) -> ColumnElement[bool]:
    """The condition that a household's own post was not entrusted to other makers than the one in its place."""
    if not actor.is_on_behalf:
        return true()
    return or_(
        col(Post.visibility) != "confidential",
        col(Post.excluded_maker_id).is_(None),
        col(Post.excluded_maker_id) != actor.recorder_id,
    )


def on_board(actor: Actor) -> ColumnElement[bool]:
    """The condition that a post stands on the actor's board: open, and to be seen by them."""
    return and_(seen_by(actor), col(Post.state) == "open")


def may_hear_board(_session: Session, actor: Actor, community_id: int) -> bool:
    """Whether the actor is told when the board changes: members. What there is to see is asked of `on_board`."""
    return actor.is_member and actor.community_id == community_id


def photo_kept_from(actor: Actor, file_id: Any) -> ColumnElement[bool]:
    """The same of the post that a photograph belongs to."""
    return exists().where(col(PostPhoto.file_id) == file_id, kept_from(actor, col(PostPhoto.post_id)))


def must_own(actor: Actor, post: Post) -> None:
    """Raises Missing unless the post belongs to a party the person acts for."""
    if post.party_id not in actor.party_ids or post.community_id != actor.community_id:
        raise Missing()
    if actor.is_on_behalf and post.visibility == "confidential" and post.excluded_maker_id == actor.recorder_id:
        # The household entrusted it to the other makers: in its place this one does not see it either.
        raise Missing()


def may_hide(actor: Actor, post: Post) -> bool:
    """Whether a maker may take the post out of sight: in their zones, and not their own."""
    return post.party_id not in actor.party_ids and actor.may(HIDE, post.zone_id)


def kept_from(actor: Actor, post_id: Any) -> ColumnElement[bool]:
    """The condition that a post, given by id or in a column, is a confidential need that is kept from this maker."""
    return exists().where(
        col(Post.id) == post_id,
        col(Post.visibility) == "confidential",
        col(Post.excluded_maker_id) == actor.recorder_id,
    )


def open_to_recorder(actor: Actor, post_id: Any) -> ColumnElement[bool]:
    """The condition that what is about a post, by its id in a column, may be read by the maker in a household's place.

    Who is at their own keyboard reads all that is theirs.
    """
    return ~kept_from(actor, post_id) if actor.is_on_behalf else true()


def _near(actor: Actor) -> ColumnElement[bool]:
    zones = {actor.zone_id} if actor.zone_id is not None else set()
    return or_(col(Post.zone_id).in_(sorted(zones)), _in_zones_of(actor, CONFIDENTIAL))


def _mediated_by(actor: Actor) -> ColumnElement[bool]:
    not_excluded = or_(col(Post.excluded_maker_id).is_(None), col(Post.excluded_maker_id) != actor.person_id)
    return and_(_in_zones_of(actor, CONFIDENTIAL), not_excluded)


def _hidden_but_moderated_by(actor: Actor) -> ColumnElement[bool]:
    return and_(col(Post.closing) == "hidden", _in_zones_of(actor, HIDE), not_excluded_confidential(actor))


def not_excluded_confidential(actor: Actor) -> ColumnElement[bool]:
    """The condition that a maker was not excluded from a confidential need."""
    return or_(
        col(Post.visibility) != "confidential",
        col(Post.excluded_maker_id).is_(None),
        col(Post.excluded_maker_id) != actor.person_id,
    )


def _in_zones_of(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    zones = actor.zones_for(permission)
    if zones is None:
        return col(Post.id).is_not(None)
    return col(Post.zone_id).in_(zones) if zones else false()
