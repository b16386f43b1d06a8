"""Pure decisions about cycles, quantities and sums."""
