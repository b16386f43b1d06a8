"""`flask search rebuild`: put everything that can be found into the index anew."""

import click
from flask.cli import AppGroup

from foundation.search.rebuilding import rebuild
from foundation.web.state import database

search_commands = AppGroup("search", help="The index of what can be found.")


@search_commands.command("rebuild")
def rebuild_index() -> None:
    """Put everything into the index anew: after rows were written by hand, or when a new version asks for it."""
    counts: dict[str, int] = {}
    for kind, done in rebuild(database()):
        counts[kind] = done
        click.echo(f"\r{kind}: {done}", nl=False)
    click.echo("".join(f"\n{kind}: {done}" for kind, done in counts.items()))
