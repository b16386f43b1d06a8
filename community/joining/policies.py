"""Who decides on applications, and who invites."""

from community.members.tables import Membership
from foundation.access import Actor, Permission
from foundation.errors import Missing

DECIDE = Permission(
    "zone:application:decide", ("maker", "administrator"), "Approve or decline who asks to join, in the zone"
)
INVITE = Permission(
    "zone:invitation:create", ("maker", "administrator"), "Give out invitations that approve at once, in the zone"
)


def must_decide(actor: Actor, membership: Membership | None) -> Membership:
    """The application, for who may decide on it. Raises Missing for anybody else, and for one's own."""
    if (
        membership is None
        or membership.community_id != actor.community_id
        or not actor.may(DECIDE, membership.zone_id)
        or membership.person_id in (actor.person_id, actor.recorder_id)
    ):
        raise Missing()
    return membership
