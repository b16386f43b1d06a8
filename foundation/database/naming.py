"""What holds for every table: names for constraints, ids never given twice, no checks but the database's."""

from sqlalchemy import MetaData, Table, event
from sqlmodel import SQLModel

# Every constraint and index has a name, so that migrations can speak of it on both databases.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

metadata = SQLModel.metadata
metadata.naming_convention = NAMES

# A class with a table is never checked by pydantic, whose checkers would take a tenth of the start to make.
SQLModel.model_config["defer_build"] = True


def table_of(model: type[SQLModel]) -> Table:
    """The table behind a class with `table=True`."""
    found: Table = model.__table__  # type: ignore[attr-defined]  # SQLModel does not declare it
    return found


@event.listens_for(Table, "after_parent_attach")
def _never_give_an_id_twice(table: Table, tables: MetaData) -> None:
    """Without AUTOINCREMENT SQLite gives the id of a removed last row to the next one.

    Signed cookies, reports and the audit know rows by their ids: they would mean somebody else.
    """
    chosen = set(table.kwargs)  # asking for a key would find SQLAlchemy's own default
    if not chosen & {"sqlite_with_rowid", "sqlite_autoincrement"}:
        table.kwargs["sqlite_autoincrement"] = True
