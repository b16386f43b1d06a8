"""Who reads what was changed."""

from foundation.access import Permission

HISTORY = Permission(
    "community:history:read", ("administrator",), "Read who changed the community's page, zones, rules and categories"
)
