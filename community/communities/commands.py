"""Opening a community on a real installation: `flask community create`."""

import click
from flask.cli import AppGroup

from community.communities.actions import Page, open_community
from foundation.errors import DomainError
from foundation.web.state import database

community_commands = AppGroup("community", help="Open a community.")


@community_commands.command("create")
@click.argument("slug")
@click.option("--name", required=True, help="As people call it.")
@click.option("--zone", "zones", multiple=True, required=True, help="A zone; repeat it for each.")
@click.option("--territory", default="", help="The places it covers, in words.")
@click.option("--welcome-it", default="", help="One sentence for visitors, in Italian.")
@click.option("--welcome-en", default="", help="The same in English.")
@click.option("--contact-name", default="", help="Who answers the telephone.")
@click.option("--contact-phone", default="")
@click.option("--contact-email", default="")
@click.option("--time-zone", default="Europe/Rome", show_default=True)
def create(slug: str, name: str, zones: tuple[str, ...], time_zone: str, **words: str) -> None:
    """Open a community with its zones, the default rules, the starting categories and a common fund.

    SLUG is its part of the address: /c/SLUG/. Then make its first administrator: flask person create-administrator.
    """
    welcome = {code: words[f"welcome_{code}"] for code in ("it", "en") if words[f"welcome_{code}"]}
    page = Page(
        name=name,
        territory=words["territory"] or ", ".join(zones),
        welcome=welcome,
        contact_name=words["contact_name"],
        contact_phone=words["contact_phone"],
        contact_email=words["contact_email"],
    )
    try:
        with database().writing() as session:
            community = open_community(session, slug=slug, page=page, zones=zones, time_zone=time_zone)
    except DomainError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{community.name} is open at /c/{community.slug}/")
