"""Who may see what waits, and who calls people without e-mail."""

from foundation.access import Permission

CALL = Permission(
    "zone:call:make", ("maker", "administrator"), "Call people of the zone who have no e-mail, and tick them off"
)
WAITING = Permission("member:waiting:read", ("member", "maker", "administrator"), "See what waits for oneself")
