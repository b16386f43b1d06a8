"""Who keeps the category tree."""

from foundation.access import Actor, Permission
from foundation.errors import Missing

KEEP = Permission("zone:category:write", ("maker", "administrator"), "Keep the tree of categories")


def must_keep(actor: Actor) -> None:
    """Raises Missing unless the actor keeps categories."""
    if not actor.may(KEEP):
        raise Missing()
