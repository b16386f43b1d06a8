"""Who says which body answers for the data. Everybody reads the page, and who belongs here takes their own along."""

from foundation.access import Permission

SAY_WHO = Permission(
    "community:privacy:write", ("administrator",), "Say which body answers for the community's personal data"
)
