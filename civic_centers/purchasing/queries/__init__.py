"""Reads of cycles and orders."""
