"""Plumbing that knows nothing of time banks. Every other package may import it; it imports none of them."""
