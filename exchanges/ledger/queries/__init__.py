"""What can be read of the ledger."""
