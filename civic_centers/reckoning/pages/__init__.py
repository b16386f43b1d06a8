"""The pages of money: one's own purse, the till, and the solidarity quota."""

from civic_centers.reckoning.pages import closing, giving, granting, opening, own, settling, till
from civic_centers.reckoning.pages.blueprint import reckoning

__all__ = ["closing", "giving", "granting", "opening", "own", "reckoning", "settling", "till"]
