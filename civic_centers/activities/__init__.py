"""Activities of civic centers: what happens there, on one date, on several, or again and again."""
