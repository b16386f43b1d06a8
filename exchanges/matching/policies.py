"""Who may be suggested for a post: conditions inside the question, so that nobody else ever leaves the database."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from community.categories.tables import Category
from community.members.tables import Membership
from community.parties.policies import is_awake, nobody_blocked, not_blocked
from community.parties.tables import Party, PartyMember
from community.safeguarding.rules import REFERENCES_NEEDED
from community.safeguarding.tables import CareCheck
from exchanges.agreements.tables import Agreement
from exchanges.matching.rules import LATELY, MOST_TIMES_ASKED
from exchanges.matching.tables import AskedToAnswer, SuggestionWish
from exchanges.posts.tables import Post
from foundation import clock
from foundation.access import Actor

STANDING = ("proposed", "accepted", "delivered", "disputed", "settled", "declined")
"""Who has answered a post already, or was told no, is not suggested for it."""


def may_be_suggested(actor: Actor, post: Post) -> ColumnElement[bool]:
    """The condition that a party (of the outer question) may be suggested to the author of a post.

    Never one's own, never past a block, nor anybody who acts for a blocked party as well; never one that does not
    wish it or was asked often lately, never who has answered already, never who cannot even see the post.
    """
    here = and_(
        col(Party.community_id) == actor.community_id,
        col(Party.closed_at).is_(None),
        col(Party.kind) != "fund",
        col(Party.id).not_in(actor.party_ids),
        col(Party.id) != post.party_id,
        is_awake(actor.community_id, col(Party.id)),
    )
    sees = col(Party.zone_id) == post.zone_id if post.visibility == "zones" else col(Party.id).is_not(None)
    unwilling = exists().where(col(SuggestionWish.party_id) == col(Party.id), col(SuggestionWish.wish) == "never")
    answered = exists().where(
        col(Agreement.post_id) == post.id,
        col(Agreement.state).in_(STANDING),
        col(Agreement.proposer_id) == col(Party.id),
    )
    often = (
        select(func.count(col(AskedToAnswer.id)))
        .where(
            col(AskedToAnswer.party_id) == col(Party.id),
            col(AskedToAnswer.asked_at) > clock.now() - LATELY,
            col(AskedToAnswer.post_id) != post.id,
        )
        .correlate(Party)
        .scalar_subquery()
    )
    together = and_(not_blocked(actor, col(Party.id)), nobody_blocked(actor, col(Party.id)))
    return and_(here, sees, together, ~unwilling, ~answered, often < MOST_TIMES_ASKED)


def may_be_told() -> ColumnElement[bool]:
    """The condition that an exchange (of the outer question) may count where others read it.

    One that answered a confidential need may not: that it took place is known to the two alone.
    """
    return ~exists().where(col(Post.id) == col(Agreement.post_id), col(Post.visibility) == "confidential")


def related(category_id: Any) -> SelectOfScalar[int | None]:
    """The ids of a category, of the branch it belongs to and of the leaves below it: they answer each other."""
    branch = select(col(Category.parent_id)).where(col(Category.id) == category_id).scalar_subquery()
    return select(col(Category.id)).where(
        or_(col(Category.id) == category_id, col(Category.parent_id) == category_id, col(Category.id) == branch)
    )


def demands_care(category_column: Any) -> ColumnElement[bool]:
    """The condition that a category, or the branch above it, looks after children or frail people."""
    caring = select(col(Category.id)).where(col(Category.care) != "none")
    return category_column.in_(  # type: ignore[no-any-return]  # a column's in_ gives a condition
        select(col(Category.id)).where(or_(col(Category.care) != "none", col(Category.parent_id).in_(caring)))
    )


def has_somebody_met(community_id: int, party_column: Any, today: date) -> ColumnElement[bool]:
    """The condition that some adult of a party may have been met and vouched for.

    It leaves out who certainly was not; whether two references are of two different people, and whatever else a
    community asks for, is looked at afterwards, by the rule itself (community/safeguarding/rules.py).
    """
    holds = and_(
        col(CareCheck.community_id) == community_id,
        col(CareCheck.person_id) == col(PartyMember.person_id),
        col(CareCheck.withdrawn_at).is_(None),
        col(CareCheck.seen_on) <= today,
        or_(col(CareCheck.expires_on).is_(None), col(CareCheck.expires_on) >= today),
    )
    seen = exists().where(holds, col(CareCheck.kind) == "identity")
    vouched = (
        select(func.count(col(CareCheck.id)))
        .where(holds, col(CareCheck.kind) == "reference")
        .correlate(PartyMember)
        .scalar_subquery()
    )
    belongs = exists().where(
        col(Membership.community_id) == community_id,
        col(Membership.person_id) == col(PartyMember.person_id),
        col(Membership.state) == "approved",
    )
    return exists().where(
        col(PartyMember.party_id) == party_column,
        col(PartyMember.until).is_(None),
        belongs,
        seen,
        vouched >= REFERENCES_NEEDED,
    )
