"""Order cycles of a group that buys together (GAS), the orders of families, and what each order comes to."""
