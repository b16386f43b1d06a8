"""Taking a file in, as `flask import` does, without the command line."""

from collections.abc import Callable

from foundation.database import Database, Session
from foundation.importing import Import, Report, read_table, take_in


def take_file(
    database: Database,
    prepare: Callable[[Session, str], Import],
    content: str | bytes,
    *,
    slug: str = "cremona",
    dry_run: bool = False,
) -> Report:
    """Read the content and take it in, into the cast's community."""
    data = content.encode() if isinstance(content, str) else content
    with database.reading() as session:
        asked = prepare(session, slug)
    sheet = read_table(data, asked.columns)
    intake = asked.intake(sheet.rows)
    return take_in(database, sheet, intake.take_row, finish=intake.finish, dry_run=dry_run)


def said(report: Report) -> list[str]:
    """Every fault as an operator reads it in English."""
    return [str(fault) for fault in report.faults]
