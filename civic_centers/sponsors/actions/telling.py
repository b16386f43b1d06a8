"""Telling who acts for an organisation, and the makers of the zone."""

from civic_centers.sponsors.tables import Pledge
from community.members.queries import makers_of
from community.notifications.actions import notify
from community.notifications.queries import to_be_told
from community.notifications.rules import Notice
from community.parties.queries import people_of
from foundation.access import Actor
from foundation.database import Session


def tell_organisation(
    session: Session, actor: Actor | None, pledge: Pledge, notice: Notice, key: str = "", **params: object
) -> None:
    """Tell the people of the organisation, but for who does it; once for each `key`."""
    doer = (actor.person_id, actor.recorder_id) if actor is not None else ()
    for person in to_be_told(session, people_of(session, pledge.party_id)):
        if person.id not in doer:
            _tell(session, person.id or 0, pledge, notice, key, params)


def tell_makers(session: Session, actor: Actor | None, pledge: Pledge, notice: Notice) -> None:
    """Tell the makers of the zone, but for those who act for the organisation themselves, who do not decide."""
    theirs = {person.id for person in people_of(session, pledge.party_id)}
    doer = {actor.person_id, actor.recorder_id} if actor is not None else set()
    for maker in makers_of(session, pledge.community_id, pledge.zone_id):
        if maker.id not in theirs | doer:
            _tell(session, maker.id or 0, pledge, notice, "", {})


def _tell(
    session: Session, person_id: int, pledge: Pledge, notice: Notice, key: str, params: dict[str, object]
) -> None:
    notify(
        session,
        person_id=person_id,
        community_id=pledge.community_id,
        notice=notice,
        params=params,
        endpoint="sponsors.pledge",
        values={"pledge_id": pledge.id},
        key=f"{pledge.id}:{key or pledge.version}",
        matter=f"pledge:{pledge.id}",
    )
