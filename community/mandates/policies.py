"""Who opens households without e-mail, keeps what they agreed to, and acts for them."""

from sqlmodel import col, select

from community.members.tables import Membership, Person
from community.parties.tables import Party
from foundation.access import Actor, Permission
from foundation.database import Session
from foundation.errors import Missing

KEEP = Permission(
    "zone:mandate:keep",
    ("maker", "administrator"),
    "Open households without e-mail in the zone, keep what they agreed to, and act for them",
)


def must_keep(actor: Actor, party: Party | None) -> Party:
    """The household, where the actor looks after its zone. Raises Missing for any other, and for one's own."""
    if (
        party is None
        or party.kind != "household"
        or party.community_id != actor.community_id
        or party.closed_at is not None
        or party.id in actor.party_ids
        or not actor.may(KEEP, party.zone_id)
    ):
        raise Missing()
    return party


def must_keep_person(session: Session, actor: Actor, person_id: int) -> None:
    """Raises Missing unless it is a person without e-mail of the actor's zones, also one who has left."""
    person = session.get(Person, person_id)
    here = (col(Membership.community_id) == actor.community_id, col(Membership.person_id) == person_id)
    zone_id = session.scalar(select(col(Membership.zone_id)).where(*here))
    if person is None or person.email is not None or zone_id is None or not actor.may(KEEP, zone_id):
        raise Missing()
