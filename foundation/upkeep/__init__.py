"""What an installation does for itself, day by day."""
