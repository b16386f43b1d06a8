"""`flask demo`: load the demo communities, and say who may sign in."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, ExitStack

import click

from demo.files import Broken
from demo.growing import SLUG, grow, sign_ins_of
from demo.loading import PASSWORD, is_empty, load, sign_ins
from foundation.crypto.passwords import hash_password
from foundation.importing import Progress
from foundation.importing.commands import Bar, report_language
from foundation.web import state

STEPS = {
    "it": {
        "members.csv": "Famiglie",
        "organisations.csv": "Enti",
        "balances.csv": "Saldi",
        "posts.csv": "Annunci",
        "exchanges.csv": "Un anno insieme",
        "today": "Oggi",
        "households": "Famiglie",
        "posts": "Annunci",
        "exchanges": "Scambi",
        "search": "Ricerca",
    },
    "en": {
        "members.csv": "Families",
        "organisations.csv": "Organisations",
        "balances.csv": "Balances",
        "posts.csv": "Posts",
        "exchanges.csv": "A year together",
        "today": "Today",
        "households": "Households",
        "posts": "Posts",
        "exchanges": "Exchanges",
        "search": "Search",
    },
}


class _Steps(AbstractContextManager[Callable[[str], Progress]]):
    """One progress bar for each step, the one before ended first."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words
        self._bar = ExitStack()

    def __enter__(self) -> Callable[[str], Progress]:
        return self._begin

    def __exit__(self, *exception: object) -> None:
        self._bar.close()

    def _begin(self, step: str) -> Progress:
        self._bar.close()
        return self._bar.enter_context(Bar(self._words.get(step, step)))


@click.group("demo")
def demo_commands() -> None:
    """Two communities to look around in: FareLegami, in and around Cremona, and a small one beside it."""


@demo_commands.command("load")
@click.option("--if-empty", is_flag=True, help="Do nothing when there is a community already.")
def load_demo(if_empty: bool) -> None:
    """Load the demo from its files, and tell a year of exchanges. All of it or nothing; well under a minute."""
    if state.settings().is_production:
        raise click.ClickException("The demo has passwords that everybody knows: it is not for production.")
    database = state.database()
    with database.reading() as session:
        empty = is_empty(session)
    if not empty:
        if if_empty:
            return
        raise click.ClickException("There is a community already: the demo wants an empty database.")
    with _Steps(STEPS[report_language()]) as told:
        try:
            load(database, told)
        except Broken as error:
            raise click.ClickException(str(error)) from error


@demo_commands.command("grow")
@click.option("--households", type=click.IntRange(0, 1_000_000), default=2_000, show_default=True, help="How many.")
@click.option("--posts", type=click.IntRange(0, 10_000_000), default=10_000, show_default=True, help="How many.")
@click.option("--exchanges", type=click.IntRange(0, 10_000_000), default=50_000, show_default=True, help="How many.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed makes the same community.")
@click.option("--community", "slug", default=SLUG, show_default=True, help="Which to grow; opened when there is none.")
def grow_demo(households: int, posts: int, exchanges: int, seed: int, slug: str) -> None:
    """Grow a large community, to see how things go at size. Its ledger verifies: `flask ledger verify`."""
    if state.settings().is_production:
        raise click.ClickException("The demo has passwords that everybody knows: it is not for production.")
    with _Steps(STEPS[report_language()]) as told:
        try:
            grown = grow(
                state.database(),
                households=households,
                posts=posts,
                exchanges=exchanges,
                seed=seed,
                slug=slug,
                password_hash=hash_password(PASSWORD),
                told=told,
            )
        except ValueError as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"\n/c/{grown.slug}")
    with state.database().reading() as session:
        for email in sign_ins_of(session, grown):
            click.echo(f"  {email}  {PASSWORD}")


@demo_commands.command("sign-ins")
def show_sign_ins() -> None:
    """Print the people of the demo as whom one can sign in; nothing when it is not loaded."""
    with state.database().reading() as session:
        people = sign_ins(session)
    if not people:
        return
    language = report_language()
    rows = [(person.words.get(language, ""), person.name, person.email, PASSWORD) for person in people]
    heads = {"it": ("Chi", "Nome", "E-mail", "Password"), "en": ("Who", "Name", "E-mail", "Password")}[language]
    widths = [max(len(row[place]) for row in (heads, *rows)) for place in range(4)]
    click.echo()
    for row in (heads, tuple("-" * width for width in widths), *rows):
        click.echo("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    click.echo()
