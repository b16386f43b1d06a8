"""`flask ledger verify`."""

import sys
from itertools import islice

import click
from flask.cli import AppGroup

from community.communities.queries import community_by_slug
from exchanges.ledger.queries.verification import Figures, faults, figures, hold_still
from foundation.web.state import database

MOST_NAMED = 1000

ledger_commands = AppGroup("ledger", help="Verify the time credits.")


@ledger_commands.command("verify")
@click.option("--community", "slug", default=None, help="Only this community: its part of the address.")
def verify(slug: str | None) -> None:
    """Compute everything again from the entries.

    Sums, balances, sequences, limits in force at the time, reversals, reservations: exits 0 with the figures, or 1
    with a line for each fault.
    """
    community_id = None
    with database().reading() as session:
        hold_still(session)
        if slug is not None:
            community = community_by_slug(session, slug)
            if community is None:
                raise click.BadParameter(f"there is no community {slug!r}", param_hint="--community")
            community_id = community.id
        looked_at = figures(session, community_id)
        found = list(islice(faults(session, community_id), MOST_NAMED + 1))
    for fault in found[:MOST_NAMED]:
        click.echo(f"fault ({fault.check}): {fault}", err=True)
    if len(found) > MOST_NAMED:
        click.echo(f"... and more: only the first {MOST_NAMED} are named", err=True)
    click.echo(_words(looked_at))
    click.echo("The whole sums to zero and every figure agrees." if not found else f"{len(found)} faults.")
    sys.exit(1 if found else 0)


def _words(looked_at: Figures) -> str:
    hours, minutes = divmod(looked_at.minutes, 60)
    return (
        f"{looked_at.communities} communities, {looked_at.accounts} accounts, {looked_at.transfers} transfers, "
        f"{looked_at.entries} entries, {looked_at.reservations} reservations; {hours} h {minutes:02d} moved."
    )
