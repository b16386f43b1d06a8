"""A household moves to another zone of its community."""

from community.parties.actions import edit_party
from community.parties.queries import own_party
from community.parties.tables import Party
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing


def move_household(session: Session, actor: Actor, party_id: int, zone_id: int, *, address: str) -> Party:
    """Move with everything: the makers of the new zone look after it from now on, and its posts stand there.

    Raises Missing, Invalid at `zone_id` or `address`.
    """
    party = own_party(session, actor, party_id)
    if party.kind != "household":
        raise Missing()
    if zone_id == party.zone_id:
        raise Invalid(N_("You live there already. Choose the zone you move to."), field="zone_id")
    return edit_party(session, actor, party_id, name=party.name, about=party.about, address=address, zone_id=zone_id)
