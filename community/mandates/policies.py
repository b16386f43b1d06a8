"""Who opens households without e-mail, keeps what they agreed to, and acts for them."""

from community.parties.tables import Party
from foundation.access import Actor, Permission
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
