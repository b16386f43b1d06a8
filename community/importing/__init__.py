"""Taking in a register of members or organisations that was kept elsewhere."""
