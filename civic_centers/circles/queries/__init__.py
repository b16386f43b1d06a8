"""Reading circles: for their families, for keepers, and for jobs."""
