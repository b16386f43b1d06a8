"""Permissions, named `scope:resource:action`. Features declare theirs; this module only collects them.

The scope says how far a grant reaches: `member` (anyone who belongs to the community), `zone` (a maker or a desk
operator, in the zones of the grant), `community` (the whole community) or `installation`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

ROLES = ("member", "maker", "operator", "administrator")
SCOPES = ("member", "zone", "community", "installation")


@dataclass(frozen=True)
class Permission:
    """One thing that roles may do. `words` says it in a sentence, for the generated table in the docs."""

    name: str
    roles: tuple[str, ...]
    words: str

    def __post_init__(self) -> None:
        scope, _, rest = self.name.partition(":")
        if scope not in SCOPES or rest.count(":") != 1:
            raise ValueError(f"{self.name!r} is not scope:resource:action with a known scope")
        unknown = set(self.roles) - set(ROLES)
        if unknown:
            raise ValueError(f"{self.name}: unknown roles {sorted(unknown)}")

    @property
    def scope(self) -> str:
        return self.name.partition(":")[0]


_collected: dict[str, Permission] = {}


def register_permissions(permissions: Iterable[Permission]) -> None:
    """Collect a feature's permissions. The same name twice with other content is a mistake and stops start-up."""
    for permission in permissions:
        if _collected.setdefault(permission.name, permission) != permission:
            raise ValueError(f"two features declare {permission.name} differently")


def permissions_of(role: str) -> frozenset[str]:
    """The names of all that `role` may do."""
    return frozenset(name for name, permission in _collected.items() if role in permission.roles)


def all_permissions() -> tuple[Permission, ...]:
    """Every declared permission, by name."""
    return tuple(_collected[name] for name in sorted(_collected))
