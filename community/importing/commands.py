"""`flask import members` and `flask import organisations`."""

from pathlib import Path

import click

from community.importing.actions import members_import, organisations_import
from foundation.importing.commands import import_options, run_import


@click.command("members")
@import_options
def import_members(file: Path, slug: str, dry_run: bool, language: str | None) -> None:
    """Take in members, their households, whom they look after and what they can give: one line an adult."""
    run_import(file, members_import, slug=slug, dry_run=dry_run, language=language)


@click.command("organisations")
@import_options
def import_organisations(file: Path, slug: str, dry_run: bool, language: str | None) -> None:
    """Take in businesses, associations, schools, parishes and public bodies: members first."""
    run_import(file, organisations_import, slug=slug, dry_run=dry_run, language=language)
