"""What changes cycles and orders."""
