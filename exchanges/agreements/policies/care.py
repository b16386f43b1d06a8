"""What an agreement asks of who comes, and whether they may."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists
from sqlmodel import col, select

from community.cards.policies import must_hold_card
from community.categories.tables import Category
from community.members.tables import Membership, Person
from community.moderation.policies import Limited, is_stopped, must_not_be_limited
from community.parties.queries import acts_for
from community.safeguarding.policies import must_have_second, must_meet
from community.safeguarding.queries import requirements_of
from community.safeguarding.rules import NotVerified, Requirements
from exchanges.agreements.policies import About
from exchanges.agreements.tables import Agreement
from exchanges.posts.tables import Post
from foundation.database import Session
from foundation.errors import N_, Invalid, Refused

PUBLIC_PLACES = ("somewhere", "remote")


def demands_care(session: Session, category_id: int | None) -> bool:
    """Whether a category, or the one it belongs to, looks after children or frail people."""
    if category_id is None:
        return False
    category = session.get(Category, category_id)
    if category is None:
        return False
    if category.demands_care or category.parent_id is None:
        return category.demands_care
    parent = session.get(Category, category.parent_id)
    return parent is not None and parent.demands_care


def looks_after(session: Session, agreement: About) -> bool:
    """Whether somebody is looked after in an agreement: by its own category, or by the one its post has now.

    An author may change what a post is about after somebody answered it: the gate stands all the same.
    """
    if demands_care(session, agreement.category_id):
        return True
    post = session.get(Post, agreement.post_id) if agreement.post_id is not None else None
    return post is not None and demands_care(session, post.category_id)


def demanded(session: Session, about: About) -> Requirements:
    """What is asked of who comes: for its own category, and for the one its post has now."""
    post = session.get(Post, about.post_id) if about.post_id is not None else None
    return requirements_of(session, (about.category_id, post.category_id if post is not None else None))


def check_first_place(session: Session, demands: Requirements, one_id: int, other_id: int, place: str) -> None:
    """See that two parties that never met before meet in a public place, where that is asked. Raises Refused."""
    if not demands.public_place or place in PUBLIC_PLACES or have_met(session, one_id, other_id):
        return
    raise Refused(
        N_("The first time you meet for this, it is in a public place."),
        advice=N_("Choose “somewhere else” and write where: a park, a library, a Civic Center."),
        field="place",
    )


def have_met(session: Session, one_id: int, other_id: int) -> bool:
    """Whether two parties have completed an exchange."""
    both = (one_id, other_id)
    met = exists().where(
        col(Agreement.giver_id).in_(both), col(Agreement.receiver_id).in_(both), col(Agreement.state) == "settled"
    )
    return bool(session.scalar(select(met)))


@dataclass(frozen=True)
class Second:
    """Who is there besides who comes, if anybody is named: an adult of the giving or of a receiving party."""

    person_id: int | None
    receivers: tuple[int, ...] = ()


def check_adult(
    session: Session,
    community_id: int,
    giver_id: int,
    adult_id: int | None,
    *,
    second: Second,
    demands: Requirements,
    at: datetime,
    hold: bool = True,
) -> None:
    """See that who comes acts for the giving party and has shown what is asked, and who else is there if asked for.

    `at`: when they come. Raises Invalid at `adult` for a stranger, NotVerified where the gate is closed (domain,
    Children 1-2: the check is made on the person named, again on every change; `hold` False only looks), Limited where
    makers keep them from it, NoCard where a card is asked for; NoSecondAdult, or Invalid and NotVerified at `second`.
    """
    person = session.get(Person, adult_id) if adult_id is not None else None
    if person is None or adult_id is None or not acts_for(session, adult_id, giver_id):
        raise Invalid(N_("Choose who comes among the adults of the household."), field="adult")
    if not _belongs(session, community_id, adult_id):
        raise Invalid(N_("Choose who comes among the adults of the household."), field="adult")
    must_hold_card(session, community_id, giver_id, adult_id, at)
    must_meet(session, community_id, adult_id, demands, at, field="adult", hold=hold)
    if demands.of_person:
        must_not_be_limited(session, community_id, adult_id, "care")
    if demands.second_adult:
        must_have_second(session, community_id, adult_id, second.person_id, demands, at, hold=hold)
        _check_second(session, community_id, giver_id, second)


def can_come(
    session: Session,
    community_id: int,
    giver_id: int,
    adult_id: int | None,
    *,
    second: Second,
    about: About,
    at: datetime,
) -> bool:
    """Whether who was to come still may, and who is there besides: all that `check_adult` asks, on what stands."""
    demands = demanded(session, about)
    try:
        check_adult(session, community_id, giver_id, adult_id, second=second, demands=demands, at=at)
    except (Invalid, NotVerified, Limited):
        return False
    return True


def chosen_second(
    session: Session, demands: Requirements, second_id: int | None, before: int | None, party_ids: Collection[int]
) -> int | None:
    """The second adult to write down: who was chosen among the people of some parties, else who stood there before.

    None where nobody is asked for. Raises Invalid at `second` for a stranger.
    """
    if not demands.second_adult or second_id is None:
        return before if demands.second_adult else None
    if not any(acts_for(session, second_id, party_id) for party_id in party_ids):
        raise Invalid(N_("Choose the second adult among those of the two families."), field="second")
    return second_id


def _check_second(session: Session, community_id: int, giver_id: int, second: Second) -> None:
    person_id = second.person_id or 0
    theirs = any(acts_for(session, person_id, party_id) for party_id in (giver_id, *second.receivers))
    if not theirs or not _belongs(session, community_id, person_id):
        raise Invalid(N_("Choose the second adult among those of the two families."), field="second")
    must_not_be_limited(session, community_id, person_id, "care")


def _belongs(session: Session, community_id: int, person_id: int) -> bool:
    """Whether somebody is a member now, neither paused nor excluded."""
    found = session.scalar(
        select(col(Membership.id)).where(
            col(Membership.community_id) == community_id,
            col(Membership.person_id) == person_id,
            col(Membership.state) == "approved",
            ~is_stopped(community_id, person_id),
        )
    )
    return found is not None
