"""The pages of shared orders."""

from civic_centers.purchasing.pages import (
    changing,
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
    "changing",
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
