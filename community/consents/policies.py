"""Who agrees, and who reads who did."""

from foundation.access import Permission

AGREE = Permission(
    "member:consent:write", ("member", "maker", "administrator"), "Agree to what is optional, and take it back"
)
READ = Permission("community:consent:read", ("administrator",), "Read who agreed to what is optional")
