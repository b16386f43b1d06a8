"""Leaving messages for the people of a group, in the transaction of what they tell."""

from sqlmodel import col, select

from community.members.queries import makers_of
from community.members.tables import Person
from community.notifications.actions import notify
from community.notifications.rules import Notice
from community.parties.queries import people_of_all
from community.parties.tables import Party
from exchanges.agreements.actions.telling import confidential_post, tell_party
from exchanges.agreements.notices import TO_SETTLE
from exchanges.groups.actions.steps import Held
from exchanges.groups.tables import GroupPlace
from foundation.database import Session


def tell_host(held: Held, notice: Notice, key: str, *, who: str = "", quietly: bool = False, **more: object) -> None:
    """Tell the adults of the host. `key` tells apart messages of the same kind about this group."""
    tell_party(held.session, held.group, held.group.host_id, notice, who=who, key=key, quietly=quietly, **more)


def tell_place(
    held: Held, place: GroupPlace, notice: Notice, *, who: str = "", quietly: bool = False, **more: object
) -> None:
    """Tell the adults of an attending party."""
    key = f"{place.id}-{place.version}-{held.group.version}"
    tell_party(held.session, held.group, place.party_id, notice, who=who, key=key, quietly=quietly, **more)


def tell_makers(held: Held, place: GroupPlace) -> None:
    """Tell the makers of the zones of a place that disagrees and of its host, but for those who take part."""
    session, group = held.session, held.group
    inside = {group.host_id, *(one.party_id for one in held.places)}
    left_out = {person.id for people in people_of_all(session, inside).values() for person in people}
    post = confidential_post(session, group)
    if post is not None:
        left_out.add(post.excluded_maker_id)
    zones = session.scalars(select(col(Party.zone_id)).where(col(Party.id).in_((group.host_id, place.party_id)))).all()
    makers = {maker.id: maker for zone_id in zones for maker in makers_of(session, group.community_id, zone_id)}
    for maker_id in sorted(number for number in makers if number is not None and number not in left_out):
        _leave(held, makers[maker_id], f"{place.id}-{place.version}")


def name_of_person(session: Session, person_id: int | None) -> str:
    """The given name of a person, for a sentence."""
    person = session.get(Person, person_id) if person_id else None
    return person.given_name if person else ""


def _leave(held: Held, maker: Person, key: str) -> None:
    notify(
        held.session,
        person_id=maker.id or 0,
        community_id=held.group.community_id,
        notice=TO_SETTLE,
        params={},
        endpoint="groups.show",
        values={"group_id": held.id},
        key=f"group-{held.id}:{key}",
    )
