"""`flask database`: the schema, brought up to date and written down."""

import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import click
from sqlalchemy.exc import SQLAlchemyError

from foundation.database import schema
from foundation.database.database import Database
from foundation.web import state


@click.group("database")
def database_commands() -> None:
    """Bring the schema to the newest migration, look where it is, write the next one."""


@database_commands.command("migrate")
def migrate() -> None:
    """Bring the database to the newest migration; nothing happens when it is there."""
    database = state.database()
    if database.is_current():
        click.echo("The database is up to date.")
        return
    had_words = bool(database.revision())
    database.migrate()
    click.echo(f"The database is now at {', '.join(database.revision())}.")
    if had_words:
        # A migration may have sealed or dropped what rows said in plain words: the file is not to hold it any more.
        _rewrite(database)


@database_commands.command("rewrite")
def rewrite() -> None:
    """Write every table anew, so that nothing is left in the files of what was sealed, changed or deleted."""
    if not _rewrite(state.database()):
        raise SystemExit(1)


def _rewrite(database: Database) -> bool:
    """Whether it could be done; if not it is said, since a server may start all the same."""
    try:
        database.rewrite()
    except (SQLAlchemyError, sqlite3.Error) as error:
        click.echo(
            f"Old words may still be in the files: make room, and run `flask database rewrite`. It said: {error}",
            err=True,
        )
        return False
    click.echo("The tables were written anew: nothing of what rows said before is left in them.")
    return True


@database_commands.command("status")
def status() -> None:
    """Say at which migration the database is; exit with 1 when it is not the newest."""
    database = state.database()
    click.echo(f"{database.dialect}: at {', '.join(database.revision()) or 'nothing yet'}")
    click.echo(f"newest: {', '.join(schema.heads()) or 'none'}")
    if not database.is_current():
        raise SystemExit(1)


@database_commands.command("revision")
@click.option("-m", "--message", required=True, help="What the migration does, in a few words.")
def revision(message: str) -> None:
    """Write the migration that leads from the newest one to the tables of the code. Read it before you commit it."""
    from foundation.database.upgrading import write_revision  # noqa: PLC0415 - Alembic, which nobody who serves needs

    with tempfile.TemporaryDirectory() as folder:
        draft = Database(f"sqlite:///{Path(folder) / 'draft.db'}")
        path = write_revision(draft, message)
        draft.dispose()
    for tidy in (["check", "--fix", "--select", "I"], ["format"]):
        subprocess.run([sys.executable, "-m", "ruff", *tidy, "--quiet", path], check=True)  # noqa: S603 - our own file
    click.echo(f"Written: {path}")
