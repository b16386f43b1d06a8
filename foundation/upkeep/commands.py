"""Commands about the installation as a whole."""

import click

from foundation.access.permissions import ROLES, all_permissions
from foundation.claims.actions import dead_rows, revive
from foundation.claims.tables import Claimable
from foundation.jobs.tables import QueuedJob
from foundation.outbox import OutboxMessage
from foundation.web import state

HEAD = """# Who may do what

Made by `flask permissions > docs/permissions.md` from what the features declare; a test holds it against the code.
The scope says how far it reaches: `member` anyone who belongs to the community, `zone` the zones of a maker or of who
sits at a desk (operator), `community` all of it. Every route names the permission it asks for, and the query behind it
looks at the thing itself: an allowed person still meets 404 for what is not theirs to see.
"""


@click.command("permissions")
def permissions() -> None:
    """Print the table of docs/permissions.md."""
    click.echo(permissions_page(), nl=False)


def permissions_page() -> str:
    """The page, in Markdown."""
    lines = [HEAD, "| permission | " + " | ".join(ROLES) + " | what it lets them do |", "|---" * (len(ROLES) + 2) + "|"]
    for permission in all_permissions():
        marks = " | ".join("yes" if role in permission.roles else "" for role in ROLES)
        lines.append(f"| `{permission.name}` | {marks} | {permission.words} |")
    return "\n".join(lines) + "\n"


ROOMS: dict[str, tuple[type[Claimable], str]] = {"letter": (OutboxMessage, "channel"), "job": (QueuedJob, "kind")}


@click.group("stuck")
def stuck_commands() -> None:
    """Letters that did not arrive and work left undone: see them, have them tried again."""


@stuck_commands.command("list")
def show() -> None:
    """List them; exit with 1 when there are any."""
    count = 0
    with state.database().reading() as session:
        for name, (table, queue) in ROOMS.items():
            for row in dead_rows(session, table):
                count += 1
                click.echo(f"{name} {row.id}  {getattr(row, queue)}  {row.dead_at:%Y-%m-%d %H:%M}  {row.last_error}")
    if count:
        raise SystemExit(1)
    click.echo("Nothing got stuck.")


@stuck_commands.command("retry")
@click.argument("room", type=click.Choice(sorted(ROOMS)))
@click.argument("numbers", type=int, nargs=-1)
@click.option("--all", "every", is_flag=True, help="All of them.")
def retry(room: str, numbers: tuple[int, ...], *, every: bool) -> None:
    """Have letters or jobs tried again from the start, by their numbers or all of them."""
    if not numbers and not every:
        raise click.UsageError("Give the numbers that `flask stuck list` shows, or --all.")
    table, _queue = ROOMS[room]
    with state.database().writing() as session:
        chosen = [row.id for row in dead_rows(session, table)] if every else list(numbers)
        done = sum(revive(session, table, row_id) for row_id in chosen if row_id is not None)
    click.echo(f"{done} to be tried again.")
