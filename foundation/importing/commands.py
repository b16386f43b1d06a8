"""`flask import`: files taken in from the command line. Features add their verbs to the group, and share the door."""

import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext
from flask_babel import force_locale, gettext, ngettext

from foundation.database import Session
from foundation.errors import DomainError
from foundation.importing.actions import Import, Intake, Report, take_in
from foundation.importing.reading import Fault, Progress, Row, Sheet, read_table
from foundation.importing.runs import remember_import
from foundation.web import state
from foundation.web.formats import explain


@click.group("import")
def import_commands() -> None:
    """Take in a CSV file as spreadsheets write it: all of it or nothing, and once however often it comes."""


def import_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The argument and options that every import has."""
    for option in (
        click.option("--language", type=click.Choice(["it", "en"]), help="Language of the report."),
        click.option("--dry-run", is_flag=True, help="Say line by line what would happen, and keep nothing."),
        click.option("--community", "slug", default="", help="Which community; needed when there are several."),
        click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path)),
    ):
        command = option(command)
    return with_appcontext(command)


def run_import(
    file: Path,
    prepare: Callable[[Session, str], Import],
    *,
    slug: str,
    dry_run: bool,
    language: str | None,
) -> None:
    """Read the file, take its lines in, and report. Ends with exit code 1 when something is at fault.

    `prepare` makes the import for the community with this slug.
    """
    with force_locale(language or report_language()):
        try:
            with state.database().reading() as session:
                asked = prepare(session, slug)
        except DomainError as error:
            raise click.ClickException(explain(error)) from error
        with Bar(gettext("Reading")) as progress:
            content = file.read_bytes()
            sheet = read_table(content, asked.columns, progress=progress)
        intake = asked.intake(sheet.rows)

        def remember(session: Session, new: int) -> None:
            remember_import(session, asked, file.name, content, len(sheet.rows), new, intake.made)

        report, news = _take(sheet, intake, remember, dry_run=dry_run)
        if dry_run:
            _tell_lines(sheet, report, news)
        _tell(report, dry_run=dry_run)
    if report.fault_count:
        raise SystemExit(1)


def _take(
    sheet: Sheet, intake: Intake, remember: Callable[[Session, int], None], *, dry_run: bool
) -> tuple[Report, dict[int, bool]]:
    news: dict[int, bool] = {}

    def noting(session: Session, row: Row) -> bool:
        news[row.line] = intake.take_row(session, row)
        return news[row.line]

    with Bar(gettext("Taking in")) as progress:
        report = take_in(
            state.database(),
            sheet,
            noting,
            finish=intake.finish,
            remember=remember,
            dry_run=dry_run,
            progress=progress,
        )
    return report, news


def report_language() -> str:
    """Italian or English, as the machine speaks; else the installation's first language."""
    spoken = (os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or "")[:2]
    languages: tuple[str, ...] = state.settings().language_codes
    return spoken if spoken in languages else languages[0]


class Bar(AbstractContextManager[Progress]):
    """A progress bar on the terminal, which learns its length on the way."""

    def __init__(self, label: str) -> None:
        self._bar: Any = click.progressbar(length=1, label=f"{label:<16}", file=sys.stderr)

    def __enter__(self) -> Progress:
        self._bar.__enter__()
        return self._move

    def __exit__(self, *exception: object) -> None:
        self._bar.__exit__(None, None, None)

    def _move(self, done: int, total: int) -> None:
        self._bar.length = max(total, 1)
        self._bar.update(done - self._bar.pos)


def _tell_lines(sheet: Sheet, report: Report, news: dict[int, bool]) -> None:
    faulty = {fault.line for fault in report.faults}
    for row in sheet.rows:
        if row.line not in faulty and row.line in news:
            words = gettext("to be taken in") if news[row.line] else gettext("there already, left as it is")
            click.echo(gettext("line %(line)s: %(words)s", line=row.line, words=words))


def _tell(report: Report, *, dry_run: bool) -> None:
    for fault in report.faults:
        click.echo(_fault_words(fault), err=True)
    unsaid = report.fault_count - len(report.faults)
    if unsaid > 0:
        click.echo(gettext("... and %(count)s more.", count=unsaid), err=True)
    if report.unknown_headings:
        names = ", ".join(report.unknown_headings)
        click.echo(gettext("Columns left aside, since nobody knows them: %(names)s.", names=names))
    counts = gettext("%(new)s new, %(unchanged)s there already.", new=report.new, unchanged=report.unchanged)
    if report.fault_count:
        click.echo(
            ngettext(
                "Nothing was taken in: %(num)s line is not right. Mend it and try again.",
                "Nothing was taken in: %(num)s things are not right. Mend them and try again.",
                report.fault_count,
            ),
            err=True,
        )
    elif dry_run:
        click.echo(gettext("A rehearsal, nothing was kept: %(counts)s", counts=counts))
    else:
        click.echo(gettext("Done: %(counts)s", counts=counts))


def _fault_words(fault: Fault) -> str:
    words = explain(_as_error(fault))
    if fault.column:
        return gettext("line %(line)s, %(column)s: %(words)s", line=fault.line, column=fault.column, words=words)
    return gettext("line %(line)s: %(words)s", line=fault.line, words=words)


def _as_error(fault: Fault) -> DomainError:
    error = DomainError(fault.message)
    error.params = dict(fault.params)
    return error
