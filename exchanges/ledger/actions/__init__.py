"""What can be done in the ledger. None of it commits, and nothing is ever changed: a mistake is reversed."""
