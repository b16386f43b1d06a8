"""Reading tables that people made in a spreadsheet, and taking them in: all or nothing, and once."""

from foundation.importing.actions import (
    Import,
    Intake,
    Report,
    TakeRow,
    remember_taken,
    take_in,
    take_rows,
    taken_before,
)
from foundation.importing.cells import Parser, boolean, choice, day, email, euro, fold, integer, phone, several, text
from foundation.importing.columns import Column
from foundation.importing.lengths import minutes
from foundation.importing.reading import Fault, Progress, Row, Sheet, in_pieces, part_of, read_table

__all__ = [
    "Column",
    "Fault",
    "Import",
    "Intake",
    "Parser",
    "Progress",
    "Report",
    "Row",
    "Sheet",
    "TakeRow",
    "boolean",
    "choice",
    "day",
    "email",
    "euro",
    "fold",
    "in_pieces",
    "integer",
    "minutes",
    "part_of",
    "phone",
    "read_table",
    "remember_taken",
    "several",
    "take_in",
    "take_rows",
    "taken_before",
    "text",
]
