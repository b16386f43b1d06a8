"""Taking in posts and balances that were kept elsewhere."""
