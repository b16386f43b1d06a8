"""`flask keys`: making one, seeing which are in use, closing everything with the newest."""

import click

from foundation.crypto import keyring
from foundation.crypto.rotating import count_by_key, rotate
from foundation.web import state


@click.group("keys")
def keys() -> None:
    """The keys that seal confidential texts: they stand in RECIPROCA_KEYS and nowhere else."""


@keys.command("make")
def make() -> None:
    """Print a new key, for RECIPROCA_KEYS."""
    click.echo(keyring.new_key())


@keys.command("list")
def show() -> None:
    """Say how many texts each key has closed; exit with 1 when some stand under a key that is not in the settings."""
    with state.database().reading() as session:
        counted = count_by_key(session)
    known = [key.name for key in keyring.in_use().keys]
    for number, name in enumerate(known):
        click.echo(f"{name}  {counted.pop(name, 0)} texts{', the newest: it closes' if number == 0 else ''}")
    for name, count in sorted(counted.items()):
        click.echo(f"{name}  {count} texts, and this key is missing from RECIPROCA_KEYS")
    if counted:
        raise SystemExit(1)


@keys.command("rotate")
def rotate_now() -> None:
    """Close everything with the newest key. It may be interrupted; exit with 1 when some text opens with no key."""
    done = rotate(state.database(), lambda closed: click.echo(f"{closed} texts ...", err=True))
    click.echo(f"{done.closed} texts were closed anew with the newest key.")
    for place in done.unreadable:
        click.echo(f"No key opens {place}.")
    if done.unreadable:
        raise SystemExit(1)
