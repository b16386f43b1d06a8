"""What the record says of offers and needs."""

from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlmodel import col

from community.deeds.policies import in_zones, is_own_party, through
from exchanges.posts.policies import kept_from
from exchanges.posts.tables import Post
from foundation.access import Actor
from foundation.audit.kinds import DeedKind
from foundation.errors import N_


def _read_by(actor: Actor, post_id: Any) -> ColumnElement[bool]:
    """Those of their zones; not a confidential need that was kept from them."""
    here = (col(Post.id) == post_id, col(Post.community_id) == actor.community_id)
    return exists().where(*here, in_zones(actor, col(Post.zone_id))) & ~kept_from(actor, post_id)


DEEDS = (
    DeedKind(
        kind="post",
        words=N_("Offer or need"),
        verbs={
            "published": N_("Offer or need put on the board"),
            "changed": N_("Offer or need changed"),
            "closed": N_("Offer or need closed"),
            "expired": N_("Offer or need ended by itself"),
            "hid": N_("Offer or need taken out of sight"),
            "showed_again": N_("Offer or need shown again"),
            "took_photo_away": N_("Photograph taken away"),
            "asked_first_look": N_("Offer or need waits for a maker to read it"),
            "looked": N_("Confidential need read by a maker"),
        },
        read_by=_read_by,
        concerning=through(Post.id, is_own_party, Post.party_id),
        told=("hid", "showed_again", "took_photo_away", "closed", "expired", "looked"),
        unnamed=("hid", "showed_again", "took_photo_away"),
        endpoint="posts.show",
        parameter="post_id",
    ),
)
