"""What was built on the things that an import made: every row of the database that points to one of them."""

from collections.abc import Collection, Iterator

from sqlalchemy import Column, Table, true
from sqlalchemy import select as sa_select
from sqlmodel import SQLModel, col, select

from foundation.database import Session, metadata
from foundation.importing.tables import ImportMade

MOST_LOOKED_FOR = 200


def pointing_to(
    session: Session,
    run_id: int,
    kind: str,
    model: type[SQLModel],
    *,
    besides: Collection[str],
    community_id: int | None = None,
) -> dict[int, set[str]]:
    """For each thing of that kind that a run made, the tables with rows that point to it; things without are left out.

    `besides` names the tables (or columns, as `table.column`) that are no sign of anything built: what the import
    wrote there itself, and what comes about without anybody's doing. Whatever table comes later counts by itself.
    With a community only rows that belong to it count: for things that were there before the import.
    """
    found: dict[int, set[str]] = {}
    for table, column in _pointers(model):
        if table.name in besides or f"{table.name}.{column.name}" in besides:
            continue
        here = table.columns.get("community_id")
        if community_id is not None and here is None:
            continue
        made = select(ImportMade.object_id).where(col(ImportMade.run_id) == run_id, col(ImportMade.kind) == kind)
        # Asked of the table, and not joined to what was made: without statistics SQLite would read a table that has no
        # index on the column once for every thing made, and nobody else would be answered for minutes.
        statement = (
            sa_select(column)
            .where(column.in_(made))
            .where(true() if community_id is None or here is None else here == community_id)
            .distinct()
            .limit(MOST_LOOKED_FOR)
        )
        for object_id in session.scalars(statement):
            found.setdefault(object_id, set()).add(table.name)
    return found


def _pointers(model: type[SQLModel]) -> Iterator[tuple[Table, "Column[int]"]]:
    """Every column that is a foreign key to the ids of a table."""
    wanted = f"{model.__tablename__}.id"
    for table in metadata.sorted_tables:
        for column in table.columns:
            if any(key.target_fullname == wanted for key in column.foreign_keys):
                yield table, column
