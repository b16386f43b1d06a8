"""Who acts, for whom, and what they may: passed to every query and action."""

from foundation.access.actor import Actor, Grant
from foundation.access.permissions import Permission, permissions_of, register_permissions

__all__ = ["Actor", "Grant", "Permission", "permissions_of", "register_permissions"]
