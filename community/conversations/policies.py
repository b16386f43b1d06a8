"""Who reads conversations, and who may write to another person directly."""

from foundation.access import Permission

SEE = Permission(
    "member:conversation:see",
    ("member", "maker", "administrator"),
    "See one's own conversations, and those one mediates",
)
WRITE = Permission("member:conversation:write", ("member",), "Write to another member directly")
PERMISSIONS = (SEE, WRITE)
