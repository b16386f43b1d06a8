"""Which open needs somebody could answer."""

from sqlalchemy import or_
from sqlmodel import col, select

from community.categories.tables import Category
from community.parties.tables import PartySkill
from exchanges.posts.queries import Card, near_first
from exchanges.posts.tables import Post
from foundation.access import Actor
from foundation.database import Session


def needs_matching(session: Session, actor: Actor, limit: int = 3) -> list[Card]:
    """Open needs of others that the party acted for said it can answer: its own zone first, then the newest.

    Who can help in a branch of the tree can help in all its leaves; who can help in a leaf is shown needs that were
    written under the branch without saying more. Empty for a party that has not said what it can give.
    """
    if actor.party_id is None:
        return []
    own = select(col(PartySkill.category_id)).where(
        col(PartySkill.party_id) == actor.party_id, col(PartySkill.kind) == "offer"
    )
    branches = select(col(Category.parent_id)).where(col(Category.id).in_(own), col(Category.parent_id).is_not(None))
    leaves = select(col(Category.id)).where(col(Category.parent_id).in_(own))
    category = col(Post.category_id)
    answerable = or_(category.in_(own), category.in_(branches), category.in_(leaves))
    return near_first(session, actor, [col(Post.kind) == "need", answerable], limit)
