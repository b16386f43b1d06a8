"""A file that was sent, and its columns: what stands where, and what is wrong with a line."""

from collections.abc import Sequence
from typing import Any

from flask import Request
from sqlmodel import col, select

from community.importing.pages.blueprint import imports
from community.members.tables import Person
from foundation.errors import N_, Invalid, Missing
from foundation.importing import Column
from foundation.importing.kinds import ImportKind
from foundation.importing.peeking import FileColumn, peek
from foundation.importing.runs import (
    MOST_BYTES,
    file_of,
)
from foundation.importing.tables import ImportRun
from foundation.web import actor, reading
from foundation.web.formats import sentence

SHOWN_FAULTS = 50


BROKEN = N_(
    "Line %(line)s cannot be read: its quotation marks do not match. Cells are parted by semicolons, commas or tabs."
)


def fault_words(fault: dict[str, Any]) -> str:
    """What is wrong with a line, in the reader's language, with the column where it has one."""
    words = sentence(fault["message"], fault["params"])
    return f"{fault['column']}: {words}" if fault.get("column") else words


@imports.app_template_filter("fault_words")
def _fault_words(fault: dict[str, Any]) -> str:
    return fault_words(fault)


def file_in(asked: Request) -> tuple[str, bytes]:
    """The name and the bytes of the file that was sent. Raises Invalid at `file`."""
    sent = asked.files.get("file")
    if sent is None or not sent.filename:
        raise Invalid(N_("Choose a file."), field="file")
    content = sent.stream.read(MOST_BYTES + 1)
    if not content:
        raise Invalid(N_("This file is empty."), field="file")
    return sent.filename, content


def columns_of(kind: ImportKind) -> Sequence[Column]:
    """What a file of this kind may say, for who reads."""
    return kind.prepare(reading(), actor()).columns


def peeked(run: ImportRun, columns: Sequence[Column]) -> list[FileColumn]:
    """The columns of a file that is held aside. Raises Missing once it is gone."""
    content = file_of(reading(), run.id or 0)
    if content is None:
        raise Missing()
    return peek(content, columns, max_bytes=MOST_BYTES)


def names_of(runs: Sequence[ImportRun]) -> dict[int, str]:
    """Who began these imports, and who undid them, by number."""
    ids = {number for run in runs for number in (run.by_id, run.undone_by_id) if number is not None}
    people = reading().exec(select(Person).where(col(Person.id).in_(ids)))
    return {person.id or 0: person.name for person in people}
