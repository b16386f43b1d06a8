"""Taking the lines of a table in: all or nothing, and each line once however often the file comes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert
from sqlmodel import col, select

from foundation import clock
from foundation.database import Database, Session
from foundation.errors import DomainError
from foundation.importing.columns import Column
from foundation.importing.reading import Fault, Progress, Row, Sheet, part_of
from foundation.importing.tables import ImportedRow

_TELL_EVERY = 100

TakeRow = Callable[[Session, Row], bool]
"""Takes one line in; True when something new came of it, False when it changed nothing."""

Finish = Callable[[Session, Progress | None], None]
"""Writes down what all the lines amount to, in pieces, and tells how far it is after each."""

_UNTIL_FINISH = 0.2
"""Where lines are only put aside one by one and written at the end, that is how much of the work is done by then."""


@dataclass(frozen=True)
class Report:
    """What became of a file. `kept` is False after a rehearsal, and when a single line was at fault."""

    lines: int
    new: int
    unchanged: int
    faults: tuple[Fault, ...]
    fault_count: int
    unknown_headings: tuple[str, ...]
    kept: bool


@dataclass(frozen=True)
class Import:
    """One kind of file: its columns, and what takes its lines in once they are read.

    `kind` and `community_id` are those of the ImportRun that remembers it; without them it is not remembered.
    """

    columns: Sequence[Column]
    intake: Callable[[Sequence[Row]], "Intake"]
    kind: str = ""
    community_id: int = 0
    band: str = ""
    """The column that takes the words of a line with one cell alone, which is a heading for the lines below it."""


@dataclass(frozen=True)
class Intake:
    """What takes the lines of one file in; `finish` comes once after the last, when all of them are right.

    `look` tells of a line what `take_row` would, as far as that can be known without writing. What was made is noted
    in `made`: a kind and an id for each thing.

    `beside` says, after the last line, how many things change that stand on none; `preview` what is shown of a file
    that was looked at, where that is more than its first lines.
    """

    take_row: TakeRow
    finish: Finish | None = None
    look: TakeRow | None = None
    made: list[tuple[str, int]] = field(default_factory=list)
    beside: Callable[[Session], int] | None = None
    preview: Callable[[Session], list[dict[str, Any]]] | None = None


class _Undo(Exception):
    """Leaves the transaction without keeping it."""


def take_in(
    database: Database,
    sheet: Sheet,
    take_row: TakeRow,
    *,
    finish: Finish | None = None,
    remember: Callable[[Session, int], None] | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Take every line in, in one transaction. With a fault, or `dry_run`, nothing is kept.

    `finish` is called once after the last line, when all are right: for what is quicker written all together.
    `remember` comes last of all, with how many lines were new, when everything is kept.

    Domain errors that `take_row` raises become faults of their line and the others are tried all the same, so
    that one rehearsal tells everything. Any other error is a fault of ours and reaches the caller.
    """
    new = 0
    try:
        with database.writing() as session:
            new = take_rows(session, sheet, take_row, finish=finish, progress=progress)
            if dry_run or sheet.fault_count:
                raise _Undo
            if remember is not None:
                remember(session, new)
    except _Undo:
        pass
    return Report(
        lines=len(sheet.rows),
        new=new,
        unchanged=len(sheet.rows) - new,
        faults=tuple(sorted(sheet.faults, key=lambda fault: fault.line)),
        fault_count=sheet.fault_count,
        unknown_headings=tuple(sheet.unknown_headings),
        kept=not dry_run and not sheet.fault_count,
    )


def take_rows(
    session: Session,
    sheet: Sheet,
    take_row: TakeRow,
    *,
    finish: Finish | None = None,
    progress: Progress | None = None,
) -> int:
    """Take every line in, inside a transaction of the caller's, and say how many were new.

    The caller keeps nothing when the sheet has faults afterwards.
    """
    new = 0
    tell = part_of(progress, 0, 1 if finish is None else _UNTIL_FINISH)
    for count, row in enumerate(sheet.rows, start=1):
        try:
            new += take_row(session, row)
        except DomainError as error:
            sheet.add_fault(Fault.of(error, row.line))
        if tell is not None and (count % _TELL_EVERY == 0 or count == len(sheet.rows)):
            tell(count, len(sheet.rows))
    if finish is not None and not sheet.fault_count:
        finish(session, part_of(progress, _UNTIL_FINISH, 1))
    return new


def taken_before(session: Session, community_id: int, kind: str) -> dict[str, int]:
    """The fingerprint of every line of this kind taken in before, and the id of what it became."""
    statement = select(ImportedRow.fingerprint, ImportedRow.object_id).where(
        col(ImportedRow.community_id) == community_id, col(ImportedRow.kind) == kind
    )
    return dict(session.exec(statement).all())


def remember_taken(session: Session, community_id: int, kind: str, taken: Iterable[tuple[str, int]]) -> None:
    """Note fingerprints (or external keys) of lines taken in, each with the id of what it became."""
    now = clock.now()
    rows = [
        {
            "community_id": community_id,
            "kind": kind,
            "fingerprint": fingerprint,
            "object_id": object_id,
            "at": now,
        }
        for fingerprint, object_id in taken
    ]
    if rows:
        session.execute(insert(ImportedRow), rows)
