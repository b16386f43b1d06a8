"""The households a form may be filled in for, and the post that an answer form is for."""

from collections.abc import Sequence

from community.mandates.queries import Home, home_to_keep, homes
from exchanges.posts.queries import post_visible_to
from exchanges.posts.tables import Post
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing


def homes_to_fill_for(session: Session, actor: Actor) -> Sequence[Home]:
    """The households without e-mail of the maker's zones that agreed that makers act for them."""
    return [home for home in homes(session, actor) if home.holds]


def named_home(session: Session, actor: Actor, party_id: int | None) -> Home | None:
    """The household whose name stands on a form; None for a blank one. Raises Missing outside the maker's zones."""
    return home_to_keep(session, actor, party_id) if party_id is not None else None


def post_on_paper(session: Session, actor: Actor, post_id: int) -> Post:
    """A post that may be answered on paper. Raises Missing, also for a confidential one: paper lies about."""
    post = post_visible_to(session, actor, post_id).post
    if post.visibility == "confidential" or post.state != "open":
        raise Missing()
    return post
