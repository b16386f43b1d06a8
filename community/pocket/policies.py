"""Who may take along what is theirs."""

from foundation.access import Permission

TAKE_ALONG = Permission(
    "member:pocket:read", ("member",), "Open the own agenda, agreements and contacts without a connection"
)
