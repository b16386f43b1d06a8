"""Time credits: accounts, transfers, reservations. Nothing is ever changed, and the whole sums to zero."""
