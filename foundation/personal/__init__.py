"""What is kept about people: said by each feature, read on one page, and taken along in one file."""

from foundation.personal.kinds import BASES, BOUND, PersonalData, Whose, rows_naming, rows_of

__all__ = ["BASES", "BOUND", "PersonalData", "Whose", "rows_naming", "rows_of"]
