"""What we give each other: posts, agreements, and the ledger of hours."""
