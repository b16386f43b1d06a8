"""The places of a post: held while they are counted, taken by a yes, given back when an agreement comes to nothing.

Whoever counts places locks the post first and the agreement after it, so that nobody waits for another in a ring.
Posts and series are locked with FOR NO KEY UPDATE: PostgreSQL looks up what an agreement points at each time it is
written a second time in one transaction, and a verb that holds only the agreement must not wait for a post then.
"""

from sqlmodel import col, select

from exchanges.agreements.actions.steps import by_itself, kept, moved
from exchanges.agreements.actions.telling import tell_party
from exchanges.agreements.notices import TAKEN
from exchanges.agreements.queries import places_taken, proposals_on
from exchanges.agreements.rules import Side
from exchanges.agreements.rules.events import PLACE_TAKEN
from exchanges.agreements.tables import Agreement
from exchanges.posts.actions import fill_post, offer_again
from exchanges.posts.tables import Post
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Refused
from foundation.feature import registry


def lock_post(session: Session, post_id: int) -> Post:
    """The post, read anew, which nobody else changes until the end of the transaction."""
    statement = select(Post).where(col(Post.id) == post_id).with_for_update(key_share=True)
    return session.scalars(statement.execution_options(populate_existing=True)).one()


def lock_post_of(session: Session, agreement_id: int) -> Post | None:
    """The same for the post that an agreement answers, if any: before the agreement itself is locked.

    A meeting of a series takes no place of its own, but with the last one that comes to nothing that of a series
    that has ended may come free.
    """
    post_id = session.scalar(select(col(Agreement.post_id)).where(col(Agreement.id) == agreement_id))
    return lock_post(session, post_id) if post_id is not None else None


def check_place(session: Session, post: Post, *, for_owner: bool) -> None:
    """A full post takes nobody else; one that its owner has closed opens again only by the owner's own yes."""
    if not post.always and places_taken(session, kept(post.id)) >= post.places:
        raise Refused(
            N_("All the places of this post are taken."), advice=N_("Decline kindly, or publish the post once more.")
        )
    if post.state == "closed" and (post.closing == "hidden" or not for_owner):
        raise Refused(N_("This post is no longer open."), advice=N_("Look at the board: there may be others like it."))


def take_place(session: Session, actor: Actor, post: Post) -> None:
    """Close a post whose last place has gone, and tell whoever else had answered."""
    if post.always or places_taken(session, kept(post.id)) < post.places:
        return
    fill_post(session, actor, post)
    close_proposals(session, post, PLACE_TAKEN)


def give_place_back(session: Session, actor: Actor, post: Post | None) -> None:
    """Offer the place of an agreement that came to nothing once more. The post, where there is one, is locked."""
    if post is not None and places_taken(session, kept(post.id)) < post.places:
        offer_again(session, actor, post)


def close_proposals(session: Session, post: Post, event: str) -> int:
    """Close the proposals still standing on a post that is full or closed, tell their people, and say how many."""
    standing = proposals_on(session, post)
    for agreement_id in standing:
        statement = select(Agreement).where(col(Agreement.id) == agreement_id).with_for_update()
        agreement = session.scalars(statement.execution_options(populate_existing=True)).one()
        if agreement.state != "proposed":
            continue
        moved(session, by_itself(agreement), agreement, "close", Side.CLOCK, event)
        tell_party(session, agreement, agreement.proposer_id, TAKEN)
    of_origins: int = sum(close(session, post, event) for close in registry.hooks("proposals_closed"))
    return len(standing) + of_origins
