"""Where one can move, how far one's move is, and what can go along."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, select

from community.communities.queries import in_force
from community.communities.tables import Community, CommunityRules
from community.dependants.queries import standings_of
from community.dependants.rules import Standing
from community.households.tables import Dependant
from community.members.queries import membership_of
from community.members.tables import Membership, Person
from community.moving.tables import CommunityMove
from community.parties.queries import parties_of, people_of
from community.parties.tables import Party
from foundation.access import Actor
from foundation.database import Session, number_of, rows_of
from foundation.errors import Missing

ALIVE = ("open", "gone")
"""A move whose wishes still hold: also of who has said goodbye before the others said yes."""
NOT_TO_BE_CARRIED = (Standing.REFUSED, Standing.OBJECTED)
"""Where somebody says no, it is settled with them first: a move is no way around them."""


@dataclass(frozen=True)
class Destination:
    """Another community that people can ask to join, and where the person stands there (empty: nowhere)."""

    community: Community
    state: str


@dataclass(frozen=True)
class Way:
    """A move with the community it leads to, and the membership asked for there."""

    move: CommunityMove
    community: Community
    membership: Membership

    @property
    def is_let_in(self) -> bool:
        return self.membership.state == "approved"


@dataclass(frozen=True)
class Luggage:
    """What somebody could take along: their household here, the other adults, those looked after."""

    household: Party | None
    adults: Sequence[Person]
    dependants: Sequence[Dependant]
    kept_back: int
    """How many of those looked after stay out of it, because somebody says no to their being looked after."""


@dataclass(frozen=True)
class Origin:
    """Of an applicant: the community they come from and since when they belong to it, if the makers there may know."""

    community: Community | None = None
    since: datetime | None = None
    together: Sequence[str] = ()
    """With whom they come into one household."""


def destinations(session: Session, community_id: int, person_id: int) -> list[Destination]:
    """The other communities of the installation in which one can ask to join, by name."""
    place = and_(col(Membership.community_id) == col(Community.id), col(Membership.person_id) == person_id)
    statement = (
        select(Community, col(Membership.state))
        .select_from(Community)
        .join(CommunityRules, in_force(col(Community.id)))
        .outerjoin(Membership, place)
        .where(
            col(Community.id) != community_id,
            col(Community.closed_at).is_(None),
            col(CommunityRules.approval) == "maker",
        )
        .order_by(col(Community.name), col(Community.id))
    )
    found = [Destination(community, state or "") for community, state in session.execute(statement)]
    return [one if one.state in ("applied", "approved") else Destination(one.community, "") for one in found]


def destination_called(session: Session, community_id: int, person_id: int, slug: str) -> Community:
    """One of these to which the person does not belong yet. Raises Missing."""
    for one in destinations(session, community_id, person_id):
        if one.community.slug == slug and not one.state:
            return one.community
    raise Missing()


def way_of(session: Session, community_id: int, person_id: int) -> Way | None:
    """The newest move of a person out of a community that is open, or was declined; None without any."""
    statement = (
        select(CommunityMove, Community, Membership)
        .join(Community, col(Community.id) == col(CommunityMove.to_community_id))
        .join(Membership, col(Membership.id) == col(CommunityMove.membership_id))
        .where(col(CommunityMove.from_community_id) == community_id, col(CommunityMove.person_id) == person_id)
        .order_by(col(CommunityMove.id).desc())
        .limit(1)
    )
    found = session.execute(statement).one_or_none()
    if found is None or found[0].state not in ("open", "declined"):
        return None
    return Way(*found)


def open_move(session: Session, community_id: int, person_id: int, *, lock: bool = False) -> CommunityMove | None:
    """The move of a person out of a community that is under way."""
    statement = select(CommunityMove).where(
        col(CommunityMove.from_community_id) == community_id,
        col(CommunityMove.person_id) == person_id,
        col(CommunityMove.state) == "open",
    )
    if lock:
        statement = statement.with_for_update(key_share=True).execution_options(populate_existing=True)
    return session.exec(statement).one_or_none()


def asked_since(session: Session, community_id: int, person_id: int, moment: datetime) -> int:
    """How often a person has asked to move out of a community since a moment."""
    statement = select(col(CommunityMove.id)).where(
        col(CommunityMove.from_community_id) == community_id,
        col(CommunityMove.person_id) == person_id,
        col(CommunityMove.asked_at) > moment,
    )
    return session.scalar(select(number_of(statement))) or 0


def move_behind(session: Session, membership_id: int | None, *, lock: bool = False) -> CommunityMove | None:
    """The move because of which a membership was asked for, while its wishes hold."""
    statement = (
        select(CommunityMove)
        .where(col(CommunityMove.membership_id) == membership_id, col(CommunityMove.state).in_(ALIVE))
        .order_by(col(CommunityMove.id).desc())
        .limit(1)
    )
    if lock:
        statement = statement.with_for_update(key_share=True).execution_options(populate_existing=True)
    return session.exec(statement).one_or_none()


def household_of(session: Session, community_id: int, person_id: int) -> Party | None:
    """The household somebody acts for, also while they are asked to pause."""
    found = parties_of(session, community_id, person_id)
    return next((party for party in found if party.kind == "household"), None)


def luggage_of(session: Session, community_id: int, person_id: int) -> Luggage:
    """What a person could take along."""
    household = household_of(session, community_id, person_id)
    if household is None:
        return Luggage(None, (), (), 0)
    adults = [person for person in people_of(session, household.id or 0) if person.id != person_id]
    looked_after = select(Dependant).where(col(Dependant.party_id) == household.id, col(Dependant.removed_at).is_(None))
    everybody = list(session.exec(looked_after.order_by(col(Dependant.id))))
    free = may_be_carried(session, everybody)
    return Luggage(household, adults, free, len(everybody) - len(free))


def may_be_carried(session: Session, dependants: Sequence[Dependant]) -> list[Dependant]:
    """Those to whose being looked after nobody says no."""
    standings = standings_of(session, dependants) if dependants else {}
    return [one for one in dependants if standings[one.id or 0] not in NOT_TO_BE_CARRIED]


def asked_along(session: Session, community_id: int, person_id: int) -> list[tuple[CommunityMove, Person, Community]]:
    """The moves of other adults of one's household who wish that one comes along, and where they lead."""
    ours = [party.id for party in parties_of(session, community_id, person_id) if party.kind == "household"]
    if not ours:
        return []
    statement = (
        select(CommunityMove, Person, Community)
        .join(Person, col(Person.id) == col(CommunityMove.person_id))
        .join(Community, col(Community.id) == col(CommunityMove.to_community_id))
        .where(
            col(CommunityMove.from_party_id).in_(ours),
            col(CommunityMove.state).in_(ALIVE),
            col(CommunityMove.person_id) != person_id,
        )
        .order_by(col(CommunityMove.id).desc())
    )
    return [(move, who, where) for move, who, where in session.execute(statement) if person_id in move.companions]


def together_with(session: Session, move: CommunityMove) -> list[CommunityMove]:
    """The other moves that lead into one household with this one, the first that was asked for first."""
    first = move.with_move_id or move.id
    statement = select(CommunityMove).where(
        or_(col(CommunityMove.id) == first, col(CommunityMove.with_move_id) == first),
        col(CommunityMove.id) != move.id,
        col(CommunityMove.state).in_(ALIVE),
    )
    return list(session.exec(statement.order_by(col(CommunityMove.id))))


def origin_of(session: Session, membership: Membership) -> Origin:
    """Where an applicant comes from, if the makers may know, and with whom; the caller may read the application."""
    move = move_behind(session, membership.id)
    if move is None:
        return Origin()
    others = {one.person_id for one in together_with(session, move)}
    names = [person.name for person in rows_of(session, Person, others)]
    if not move.says_where:
        return Origin(together=names)
    before = membership_of(session, move.from_community_id, move.person_id)
    since = before.decided_at if before is not None else None
    return Origin(session.get_one(Community, move.from_community_id), since, names)


def number_let_in(actor: Actor) -> ColumnElement[int] | None:
    """1 where the makers elsewhere said yes and the person has not said goodbye here, as an expression."""
    if actor.person_id is None:
        return None
    statement = (
        select(col(CommunityMove.id))
        .join(Membership, col(Membership.id) == col(CommunityMove.membership_id))
        .where(
            col(CommunityMove.from_community_id) == actor.community_id,
            col(CommunityMove.person_id) == actor.person_id,
            col(CommunityMove.state) == "open",
            col(Membership.state) == "approved",
        )
    )
    return number_of(statement)
