"""How much of anything there may be."""

MOST_TOGETHER = 2_000_000_000
"""Of one product, for the whole group, in thousandths of its unit."""
MOST_CENTS = 100_000_000
"""What one order may come to, in euro cents: a million euro."""
