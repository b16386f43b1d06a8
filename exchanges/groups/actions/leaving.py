"""When somebody leaves the community: what they host is called off, and their places are free again."""

from sqlmodel import col, select

from community.leaving.rules import Going
from exchanges.agreements.notices import LEFT_US
from exchanges.agreements.rules.events import WENT_AWAY
from exchanges.groups.actions.ending import end_places
from exchanges.groups.actions.joining import give_up
from exchanges.groups.actions.steps import hold
from exchanges.groups.actions.telling import tell_host, tell_place
from exchanges.groups.queries.ending import ending_with
from exchanges.groups.rules import LEAVING, Side
from exchanges.groups.tables import GroupExchange, GroupPlace
from foundation.database import Session


def end_with(session: Session, going: Going) -> None:
    """End the groups and give up the places of somebody who leaves; those who came with them are told.

    What was written down already waits for its yes, its silence, or a maker.
    """
    for group_id in ending_with(session, going):
        held = hold(session, group_id)
        if held is None or held.group.state != "planned":
            continue
        if _hosted(held.group, going):
            held.move("lapse", Side.CLOCK, WENT_AWAY)
            for place in end_places(held):
                tell_place(held, place, LEFT_US)
            continue
        for place in held.places:
            if place.state in LEAVING and _theirs(place, going):
                give_up(held, place, "part", Side.CLOCK)
                held.note("part", "", place=place)
                tell_host(held, LEFT_US, f"left-{place.id}-{place.version}", quietly=True)


def is_awaited(session: Session, party_id: int) -> bool:
    """Whether hours of a party may still move by a group."""
    hosted = select(col(GroupExchange.id)).where(
        col(GroupExchange.host_id) == party_id, col(GroupExchange.state).in_(("planned", "held"))
    )
    taken = (
        select(col(GroupPlace.id))
        .join(GroupExchange, col(GroupExchange.id) == col(GroupPlace.group_id))
        .where(
            col(GroupPlace.party_id) == party_id,
            col(GroupPlace.state).in_(("coming", "told", "disputed", "confirmed")),
            col(GroupExchange.state).in_(("planned", "held")),
        )
    )
    return session.scalar(hosted.limit(1)) is not None or session.scalar(taken.limit(1)) is not None


def _hosted(group: GroupExchange, going: Going) -> bool:
    return group.host_id in going.closing or (group.host_id in going.staying and group.adult_id == going.person_id)


def _theirs(place: GroupPlace, going: Going) -> bool:
    return place.party_id in going.closing or (place.party_id in going.staying and place.person_id == going.person_id)
