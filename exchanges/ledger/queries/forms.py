"""The form of what is kept on SQLite, where a column takes whatever it is given.

A number kept as a word, or a moment written another way, may hash and add up as before, and yet sort and compare
otherwise. PostgreSQL keeps nothing of the wrong type.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import Boolean, Column, Integer, LargeBinary, Table, text

from community.communities.tables import CommunityRules
from exchanges.ledger.queries.checks import Fault, scoped
from exchanges.ledger.tables import Account, AccountLimit, Entry, Reservation, Seal, Transfer
from exchanges.ledger.tables.record_seals import RecordSeal
from foundation.audit.tables import AuditEntry
from foundation.database import Session, UtcDateTime, table_of

_DAY, _TIME = (
    "[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]",
    "[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]",
)
_TABLES = (Transfer, Entry, Account, AccountLimit, Reservation, Seal, CommunityRules)
_OF_THE_RECORD = (AuditEntry, RecordSeal)
"""Of the whole installation: looked at when no community is asked for, as its seals are."""
MOST_ROWS = 20
"""So many of a table are named."""
_OF_COMMUNITY = {
    "entry": "JOIN transfer c ON c.id = x.transfer_id",
    "account_limit": "JOIN account c ON c.id = x.account_id",
    "reservation": "JOIN account c ON c.id = x.account_id",
}
"""How a row without a community of its own comes to one."""


def form_faults(session: Session, community_id: int | None) -> Iterator[Fault]:
    """Every value that is not written as this program writes it."""
    if session.get_bind().dialect.name != "sqlite":
        return
    for each in (*_TABLES, *(_OF_THE_RECORD if community_id is None else ())):
        table = table_of(each)
        rows = session.execute(text(scoped(_question(table, alone=community_id is not None), community_id)))
        for turn, (row, column, value) in enumerate(rows):
            if turn == MOST_ROWS:
                yield Fault("forms", "In table %(table)s there are more such rows.", {"table": table.name})
                break
            yield Fault(
                "forms",
                "In table %(table)s, row %(row)s: %(column)s holds %(value)s, which is not the form it is kept in.",
                {"row": row, "table": table.name, "column": column, "value": value},
            )


@cache
def _question(table: Table, *, alone: bool) -> str:
    """The rows that are not in form, each with its key, the first column that is not, and what stands there."""
    own = "c" if "community_id" in table.columns else "x"
    joined = _OF_COMMUNITY[table.name] if alone and own == "x" else ""
    key = " || ', ' || ".join(f"{own}.{column.name}" for column in table.primary_key)
    wrong = {f"{own}.{column.name}": _wrong(f"{own}.{column.name}", column) for column in table.columns}
    names = " ".join(f"WHEN {condition} THEN '{name[2:]}'" for name, condition in wrong.items())
    values = " ".join(f"WHEN {condition} THEN substr(quote({name}), 1, 60)" for name, condition in wrong.items())
    return (
        f"SELECT {key}, CASE {names} END, CASE {values} END FROM {table.name} {own} {joined} "
        f"WHERE ({' OR '.join(wrong.values())}) AND {{in_community}} LIMIT {MOST_ROWS + 1}"
    )


def _wrong(name: str, column: Column[Any]) -> str:
    kind = column.type
    if isinstance(kind, UtcDateTime):
        # GLOB ends at U+0000, and what stands behind it is not seen by most that read a moment.
        said = f"typeof({name}) <> 'text' OR {name} NOT GLOB '{_DAY} {_TIME}' OR length(CAST({name} AS BLOB)) <> 26"
    elif isinstance(kind, Boolean):
        said = f"typeof({name}) <> 'integer' OR {name} NOT IN (0, 1)"
    elif isinstance(kind, Integer):
        said = f"typeof({name}) <> 'integer'"
    else:
        said = f"typeof({name}) <> '{'blob' if isinstance(kind, LargeBinary) else 'text'}'"
    return f"({name} IS NOT NULL AND ({said}))" if column.nullable else f"({said})"
