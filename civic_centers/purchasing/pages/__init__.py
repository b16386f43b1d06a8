"""The pages of shared orders."""

from civic_centers.purchasing.pages import (
    adding,
    changing,
    charging,
    closing,
    costs,
    delaying,
    making,
    ordering,
    papers,
    repeating,
    showing,
    turning,
)
from civic_centers.purchasing.pages.blueprint import purchasing

__all__ = [
    "adding",
    "changing",
    "charging",
    "closing",
    "costs",
    "delaying",
    "making",
    "ordering",
    "papers",
    "purchasing",
    "repeating",
    "showing",
    "turning",
]
