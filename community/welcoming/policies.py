"""Who welcomes newcomers, and who takes first steps."""

from community.members.tables import Membership
from foundation.access import Actor, Permission
from foundation.errors import Missing

WELCOME = Permission(
    "zone:newcomer:welcome", ("maker", "administrator"), "See who is new in the zone, and tick how they were welcomed"
)
STEP = Permission("member:first_steps:keep", ("member",), "Put the list of one's own first steps away")


def must_welcome(actor: Actor, membership: Membership | None) -> Membership:
    """The membership of a newcomer, for who may welcome them. Raises Missing for anybody else, and for one's own."""
    if (
        membership is None
        or membership.community_id != actor.community_id
        or membership.state != "approved"
        or not actor.may(WELCOME, membership.zone_id)
        or membership.person_id == actor.person_id
    ):
        raise Missing()
    return membership
