"""Who sees the people of a community, and who gives roles."""

from foundation.access import Actor, Permission
from foundation.errors import Missing

PEOPLE = Permission(
    "member:people:read", ("member", "maker", "administrator"), "See the members, their profiles and what they give"
)
ROLES = Permission("community:role:grant", ("administrator",), "Give and end roles")
CONTACTS = Permission(
    "zone:contacts:read", ("maker", "administrator"), "See the telephone and e-mail of people in the zone"
)


def must_grant_roles(actor: Actor) -> None:
    """Raises Missing unless the actor gives roles in this community."""
    if not actor.may(ROLES):
        raise Missing()
