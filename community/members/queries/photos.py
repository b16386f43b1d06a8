"""Photographs of people and parties: who sees them."""

from sqlmodel import col, select

from community.members.policies import PEOPLE
from community.members.tables import Membership, Person
from community.parties.tables import Party
from foundation.access import Actor
from foundation.database import Session


def sees_person_photo(session: Session, actor: Actor, file_id: int) -> bool:
    """Members see the photographs of members of their community."""
    if not actor.may(PEOPLE):
        return False
    owner = session.scalar(
        select(col(Person.id))
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(
            col(Person.photo_file_id) == file_id,
            col(Membership.community_id) == actor.community_id,
            col(Membership.state) == "approved",
        )
    )
    return owner is not None


def sees_party_photo(session: Session, actor: Actor, file_id: int) -> bool:
    """Members see the photographs of the parties of their community."""
    if not actor.may(PEOPLE):
        return False
    found = session.scalar(
        select(col(Party.id)).where(col(Party.photo_file_id) == file_id, col(Party.community_id) == actor.community_id)
    )
    return found is not None
