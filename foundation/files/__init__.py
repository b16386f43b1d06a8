"""Pictures people gave us."""
