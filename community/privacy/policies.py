"""Who reads the page, who takes their data along, who says which body answers for it."""

from foundation.access import Permission

TAKE_ALONG = Permission(
    "member:privacy:export", ("member", "maker", "administrator"), "Take along a file with everything about oneself"
)
SAY_WHO = Permission(
    "community:privacy:write", ("administrator",), "Say which body answers for the community's personal data"
)
