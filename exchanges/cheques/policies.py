"""Who prints time cheques and who redeems them."""

from foundation.access import Permission

PRINT = Permission(
    "member:cheque:print", ("member",), "Print time cheques of the own party, declare them void, redeem those of others"
)
