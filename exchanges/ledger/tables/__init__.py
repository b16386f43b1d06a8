"""The ledger's tables, and what the databases themselves refuse.

Each file holds tables and, below them, their triggers for SQLite and for PostgreSQL. Together they make sure,
whoever writes: nothing is changed or removed, but words that are erased with who has left; a transfer is complete
and sums to zero; an account's balance, sequence and reserved minutes are exactly what its entries and open
reservations say; a transfer is reversed once, by its mirror. Limits are not here: they are dated settings, held by
the actions under lock and checked by `flask ledger verify`.
"""

from exchanges.ledger.tables.accounts import Account, AccountLimit
from exchanges.ledger.tables.record_seals import RecordSeal
from exchanges.ledger.tables.reservations import Reservation
from exchanges.ledger.tables.seals import Seal
from exchanges.ledger.tables.transfers import Entry, ErasedWords, Transfer

__all__ = ["Account", "AccountLimit", "Entry", "ErasedWords", "RecordSeal", "Reservation", "Seal", "Transfer"]
