"""Who may take part in an agreement, who may look into it, and what stops a yes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import ColumnElement, case, exists, or_
from sqlmodel import col, select

from community.cards.policies import must_hold_card
from community.categories.tables import Category
from community.members.tables import Membership, Person
from community.moderation.policies import Limited, are_apart, is_stopped, must_not_be_limited
from community.parties.policies import is_present
from community.parties.queries import acts_for
from community.parties.tables import Party
from community.safeguarding.policies import must_have_second, must_meet
from community.safeguarding.queries import requirements_of
from community.safeguarding.rules import NotVerified, Requirements
from exchanges.agreements.tables import Agreement
from exchanges.posts.policies import kept_from, open_to_recorder
from exchanges.posts.tables import Post
from foundation.access import Actor, Permission
from foundation.database import Session
from foundation.errors import N_, Invalid, Refused

TAKE_PART = Permission(
    "member:agreement:take_part",
    ("member",),
    "Agree on exchanges for the own party, record them, write to the other side",
)
SEE = Permission(
    "member:agreement:see", ("member", "maker", "administrator"), "See the agreements one takes part in or mediates"
)
RESOLVE = Permission(
    "zone:agreement:resolve", ("maker", "administrator"), "Read a disputed agreement of the zone and settle the dispute"
)
ANSWER = Permission(
    "zone:agreement:answer", ("maker", "administrator"), "Write down what somebody without e-mail answered on the phone"
)
CHEQUES = Permission("zone:agreement:cheques", ("maker", "administrator"), "Type the paper cheques of the zone")

PUBLIC_PLACES = ("somewhere", "remote")

PERMISSIONS = (SEE, TAKE_PART, RESOLVE, ANSWER, CHEQUES)


class About(Protocol):
    """What people of a community do together: it may answer a post, and has a thread beside it."""

    id: int | None
    community_id: int
    post_id: int | None
    category_id: int | None
    title: str
    version: int


class Between(About, Protocol):
    """What stands between two parties of a community: an agreement, or what agreements are a part of."""

    giver_id: int
    receiver_id: int


def sides_of(agreement: Between) -> tuple[int, ...]:
    """The parties of an agreement; more than two where several take part at once, and `sides` says who."""
    several: tuple[int, ...] = getattr(agreement, "sides", ())
    return several or (agreement.giver_id, agreement.receiver_id)


def own_side(actor: Actor, agreement: Between) -> int | None:
    """The party of the agreement for which the actor may act: the present one first; None for a stranger."""
    sides = sides_of(agreement)
    if actor.community_id != agreement.community_id:
        return None
    mine = [party_id for party_id in (actor.party_id, *actor.party_ids) if party_id in sides]
    return mine[0] if mine else None


def others_side(actor: Actor, what: Any) -> ColumnElement[int]:
    """The other of the two sides of each row of a table of agreements or series: seen from the one of `own_side`."""
    mine = [party_id for party_id in (actor.party_id, *actor.party_ids) if party_id is not None] or [0]  # of nobody
    sides = ((what.giver_id, what.receiver_id), (what.receiver_id, what.giver_id))
    whens = [(col(own) == party_id, col(other)) for party_id in dict.fromkeys(mine) for own, other in sides]
    return case(*whens, else_=col(what.giver_id))


def may_mediate(actor: Actor, agreement: Between, zone_ids: tuple[int | None, ...], permission: Permission) -> bool:
    """Whether a maker may step in: in a zone of one of the two, and with no party of their own in it."""
    if actor.community_id != agreement.community_id or own_side(actor, agreement) is not None:
        return False
    zones = actor.zones_for(permission)
    return zones is None or any(zone_id in zones for zone_id in zone_ids)


def is_excluded(session: Session, actor: Actor, agreement: About) -> bool:
    """Whether the confidential need an agreement answers is kept from this maker (domain, Children 4)."""
    return agreement.post_id is not None and bool(session.scalar(select(kept_from(actor, agreement.post_id))))


def own_side_to_read(session: Session, actor: Actor, agreement: Between) -> int | None:
    """The same as `own_side`; None also for a maker in a household's place from whom the need was kept."""
    return None if is_kept_from_recorder(session, actor, agreement) else own_side(actor, agreement)


def is_kept_from_recorder(session: Session, actor: Actor, about: About) -> bool:
    """Whether a maker stands in a household's place, and what this answers was entrusted to the other makers."""
    return actor.is_on_behalf and is_excluded(session, actor, about)


def own_among(actor: Actor, what: Any) -> ColumnElement[bool]:
    """The condition of `own_side_to_read`, for many at once: of a table of agreements or of series."""
    sides = or_(col(what.giver_id).in_(actor.party_ids), col(what.receiver_id).in_(actor.party_ids))
    return (col(what.community_id) == actor.community_id) & sides & open_to_recorder(actor, col(what.post_id))


def mediated(actor: Actor, what: Any, permission: Permission) -> ColumnElement[bool]:
    """The condition of `may_mediate` and `is_excluded`, for many at once.

    `what` is the table of agreements, or of what agreements are a part of.
    """
    sides = (col(what.giver_id), col(what.receiver_id))
    own = or_(*(side.in_(actor.party_ids) for side in sides))
    condition = (col(what.community_id) == actor.community_id) & ~own & ~kept_from(actor, col(what.post_id))
    zones = actor.zones_for(permission)
    if zones is None:
        return condition
    there = select(col(Party.id)).where(col(Party.community_id) == actor.community_id, col(Party.zone_id).in_(zones))
    return condition & or_(*(side.in_(there) for side in sides))


def other_side(agreement: Between, mine: int) -> int:
    """The party on the other side of an agreement."""
    return agreement.receiver_id if mine == agreement.giver_id else agreement.giver_id


def check_both_there(session: Session, actor: Actor, agreement: Between) -> None:
    """See that both parties are still open and no block stands between them. Raises Refused; the block is not told."""
    open_parties = session.scalars(
        select(col(Party.id)).where(
            col(Party.id).in_((agreement.giver_id, agreement.receiver_id)),
            col(Party.closed_at).is_(None),
            is_present(agreement.community_id, col(Party.id)),
        )
    ).all()
    apart = any(are_apart(session, actor, party_id) for party_id in (agreement.giver_id, agreement.receiver_id))
    if len(open_parties) < 2 or apart:
        raise Refused(
            N_("This is no longer possible: the other side is not available any more."),
            advice=N_("Look at the board: somebody else may be glad to."),
        )


def check_two_people(last_person_id: int | None, actor: Actor) -> None:
    """One person never answers their own words, even when they act for both sides. Raises Refused."""
    if last_person_id is not None and last_person_id == actor.person_id:
        raise Refused(
            N_("You would be answering yourself."),
            advice=N_("You act for both sides: let somebody else of one of them answer."),
        )


def check_not_recorders_own(actor: Actor, *party_ids: int) -> None:
    """Who writes for somebody else takes no part in it themselves. Raises Refused."""
    if set(party_ids) & set(actor.recorder_party_ids):
        raise Refused(
            N_("You would be writing for both sides: one of them is you."),
            advice=N_("Another maker writes it down for them, or they confirm it with their card and PIN."),
        )


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
