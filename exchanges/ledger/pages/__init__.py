"""The pages of the hours: one's own time, gifts, and what makers do."""

from exchanges.ledger.pages import giving, making, seals, sheets, statement
from exchanges.ledger.pages.blueprint import ledger

__all__ = ["giving", "ledger", "making", "seals", "sheets", "statement"]
