"""A kind of personal data: what it is, why and how long it is kept, and the rows of one person."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlmodel import SQLModel, col

from foundation.database import Session, table_of
from foundation.errors import N_

BASES = {
    "agreement": N_("needed for what you asked for when you joined (GDPR art. 6.1.b)"),
    "law": N_("a law demands it (GDPR art. 6.1.c)"),
    "interest": N_("needed to keep the community safe and its hours right (GDPR art. 6.1.f)"),
    "consent": N_("you chose it, and can take it back (GDPR art. 6.1.a)"),
    "vital": N_("it protects somebody's life or health (GDPR art. 6.1.d)"),
    "public": N_("a public task, given by a law (GDPR art. 6.1.e)"),
}
"""On which ground something is kept. A community may say another for a kind, and add words of its own."""

BOUND = {
    "belonging": N_("It goes when somebody leaves, with their name: without it nobody can take part."),
    "wish": N_("Whoever it is about decides: it goes as soon as they take it back."),
    "ledger": N_("It belongs to the hours, and those must add up for good: only the name goes, with who leaves."),
    "law": N_("A law says how long."),
    "records": N_("Later it must still be clear who decided what, and why: only the name goes, with who leaves."),
    "house": N_("It goes by itself after days that are the same in every community."),
}
"""Why a community cannot say how long something is kept."""

Row = Mapping[str, object]


@dataclass(frozen=True)
class Whose:
    """The person in one community, and the households they act for there: their data is their people's too."""

    person_id: int
    community_id: int
    household_ids: tuple[int, ...] = ()
    party_ids: tuple[int, ...] = ()
    """Every party they act for, organisations among them."""


@dataclass(frozen=True)
class PersonalData:
    """What a feature keeps about people.

    `words`, `purpose` and `keeping` are sentences of the catalogue. `rows` gives what is kept about one person as they
    may take it along: never the address, telephone or hardship of somebody else. `pictures` gives the ids of stored
    files. `bound` says why no community chooses how long it is kept, beyond what a `Retention` of this kind lets go.
    `tables` are those it answers for: a test holds that every table with people in it has somebody who does.
    `on_paper` is False for what not even a maker may learn who prints it for somebody without e-mail. `unwritten` names
    the kinds of lines in the record that stay out of the file, which others may see, as the thing itself does.
    """

    kind: str
    words: str
    purpose: str
    basis: str
    keeping: str
    rows: Callable[[Session, Whose], Iterable[Row]]
    tables: Sequence[type[SQLModel]] = ()
    pictures: Callable[[Session, Whose], Iterable[int]] | None = field(default=None)
    bound: str = "belonging"
    on_paper: bool = True
    unwritten: Sequence[str] = ()

    def __post_init__(self) -> None:
        if self.basis not in BASES:
            raise ValueError(f"{self.kind}: unknown basis {self.basis!r}")
        if self.bound not in BOUND:
            raise ValueError(f"{self.kind}: unknown bound {self.bound!r}")


def rows_of(
    session: Session, table: type[SQLModel], *conditions: ColumnElement[bool], without: Sequence[str] = ()
) -> Iterator[dict[str, Any]]:
    """The rows of a table under its own column names, oldest first; `without` leaves columns out."""
    columns = [column for column in table_of(table).columns if column.name not in without]
    statement = select(*columns).where(*conditions).order_by(*table_of(table).primary_key)
    for row in session.execute(statement).mappings():
        yield {column.name: row[column] for column in columns}


def rows_naming(
    session: Session, whose: Whose, table: type[SQLModel], person: Any, *, without: Sequence[str] = ()
) -> Iterator[dict[str, Any]]:
    """The rows of a community's table in which this column names the person: what most features keep of somebody."""
    here = table_of(table).c.community_id == whose.community_id
    return rows_of(session, table, here, col(person) == whose.person_id, without=without)
