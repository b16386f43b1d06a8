"""What can be asked of groups."""
