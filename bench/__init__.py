"""Measures, each beside the limit it is compared with: `make bench`."""
