"""`flask import posts` and `flask import balances`."""

from pathlib import Path

import click

from exchanges.importing.actions import balances_import, posts_import
from foundation.importing.commands import import_options, run_import


@click.command("posts")
@import_options
def import_posts(file: Path, slug: str, dry_run: bool, language: str | None) -> None:
    """Take in offers and needs, and put them on the board: members first."""
    run_import(file, posts_import, slug=slug, dry_run=dry_run, language=language)


@click.command("balances")
@import_options
def import_balances(file: Path, slug: str, dry_run: bool, language: str | None) -> None:
    """Take in what households and organisations bring along, against the issue account: members first."""
    run_import(file, balances_import, slug=slug, dry_run=dry_run, language=language)
