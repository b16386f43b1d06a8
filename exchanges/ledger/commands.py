"""`flask ledger verify` and `flask ledger seal`."""

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy.exc import DBAPIError

from community.communities.queries import community_by_slug
from exchanges.ledger.jobs import seal_new, seal_record
from exchanges.ledger.queries.seal_checks import KeptSeal
from exchanges.ledger.queries.seals import OF_RECORD
from exchanges.ledger.queries.verification import UNREADABLE, Figures, all_faults, figures, hold_still
from foundation.database import Session, TookTooLong
from foundation.web.state import database

MOST_NAMED = 1000
_HASH = re.compile(r"[0-9a-f]{64}")
_NO_HASH = "is neither a file nor the 64 digits (0-9, a-f) of a seal"

ledger_commands = AppGroup("ledger", help="Seal and verify the time credits.")
_one_community = click.option("--community", "slug", default=None, help="Only this community: its part of the address.")


@ledger_commands.command("seal")
@_one_community
def seal(slug: str | None) -> None:
    """Close with a seal every transfer, and every line of the record of deeds, that none closes yet.

    Give the hash to people outside, on paper or by e-mail: whoever keeps it can tell later whether what stands before
    it was changed.
    """
    count = 0
    try:
        with _readable():
            with database().reading() as session:
                community_id = _community_id(session, slug)
            for made in seal_new(database(), community_id):
                count += 1
                click.echo(
                    f"community {made.community_id}, seal {made.number}: {made.transfers} transfers, {made.hash}"
                )
            for closed in seal_record(database()):
                count += 1
                click.echo(f"record of deeds, seal {closed.number}: {closed.lines} lines, {closed.hash}")
    except TookTooLong:
        click.echo("Somebody is in the middle of a long piece of writing. Try again in a minute.", err=True)
        sys.exit(1)
    if not count:
        click.echo("There is nothing new to seal.")


@ledger_commands.command("verify")
@_one_community
@click.option(
    "--against",
    "kept",
    multiple=True,
    metavar="HASH|FILE",
    help="A seal that somebody kept, or a file of them as downloaded from the page of the seals. May be repeated.",
)
def verify(slug: str | None, kept: tuple[str, ...]) -> None:
    """Compute everything again from the entries, and every seal from the history that it closed.

    Sums, balances, sequences, limits in force at the time, reversals, reservations, seals: exits 0 with the figures,
    or 1 with a line for each fault.
    """
    seals = [each for value in kept for each in _kept_seals(value)]
    others = {each.community for each in seals} - {"", slug}
    if slug is not None and others:
        raise click.BadParameter(
            f"these are seals of {', '.join(sorted(others))}, not of {slug}", param_hint="--against"
        )
    with _readable(), database().reading() as session:
        if not database().is_current():
            click.echo("The database is not at the newest migration: give `flask database migrate` first.", err=True)
        hold_still(session)
        community_id = _community_id(session, slug)
        found = list(islice(all_faults(session, community_id, seals), MOST_NAMED + 1))
        looked_at = _figures(session, community_id)
    for fault in found[:MOST_NAMED]:
        click.echo(_printable(f"fault ({fault.check}): {fault}"), err=True)
    if len(found) > MOST_NAMED:
        click.echo(f"... and more: only the first {MOST_NAMED} are named", err=True)
    click.echo(looked_at)
    if found:
        click.echo("1 fault." if len(found) == 1 else f"{len(found)} faults.")
        sys.exit(1)
    if seals:
        click.echo(f"The {len(seals)} kept seals stand in the chain." if len(seals) > 1 else "The kept seal stands.")
    click.echo("The whole sums to zero and every figure agrees.")


@contextmanager
def _readable() -> Iterator[None]:
    """Say in one line why the database cannot be read at all, and exit with 1."""
    try:
        yield
    except DBAPIError as error:
        click.echo(_printable(f"The database cannot be read: {' '.join(str(error.orig).split())}"), err=True)
        sys.exit(1)


def _printable(line: str) -> str:
    """What somebody wrote into the database is not to move the cursor of who reads of it, nor to stop the line."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in line)


def _community_id(session: Session, slug: str | None) -> int | None:
    if slug is None:
        return None
    community = community_by_slug(session, slug)
    if community is None:
        raise click.BadParameter(f"there is no community {slug!r}", param_hint="--community")
    return community.id


def _kept_seals(value: str) -> list[KeptSeal]:
    """The seals that an argument of --against means: one hash, or a file in either form of the page of the seals."""
    typed = re.sub(r"[\s:-]", "", value).lower()
    if _HASH.fullmatch(typed):
        return [KeptSeal(typed)]
    path = Path(value)
    if not path.is_file():
        raise click.BadParameter(f"{value!r} {_NO_HASH}", param_hint="--against")
    words = path.read_text("utf-8", errors="replace")
    found = list(_from_json(words) if words.lstrip("\ufeff \r\n\t").startswith(("{", "[")) else _from_text(words))
    if not found:
        raise click.BadParameter(f"there is no seal in {value!r}", param_hint="--against")
    return found


def _from_json(words: str) -> Iterator[KeptSeal]:
    try:
        read = json.loads(words.lstrip("\ufeff"))
    except ValueError as error:
        raise click.BadParameter(f"the file cannot be read: {error}", param_hint="--against") from error
    slug = read.get("community", "") if isinstance(read, dict) else ""
    seals = read.get("seals", [read]) if isinstance(read, dict) else read
    of_record = read.get("record", []) if isinstance(read, dict) else []
    for each, deeds in [*((each, False) for each in seals), *((each, True) for each in of_record)]:
        hashed = str(each.get("hash", "")).lower() if isinstance(each, dict) else ""
        if _HASH.fullmatch(hashed):
            number = each.get("number")
            yield KeptSeal(hashed, number if isinstance(number, int) else None, "" if deeds else str(slug), deeds)


def _from_text(words: str) -> Iterator[KeptSeal]:
    """A line for each seal: its number first, its hash somewhere after it."""
    slug, deeds = "", False
    for line in words.splitlines():
        heading = re.match(r"#\s*community\s+(\S+)", line)
        slug = heading.group(1) if heading else slug
        deeds = not heading and (deeds or line.startswith(OF_RECORD))
        hashed = _HASH.search(line.lower())
        if hashed:
            number = re.match(r"\s*(\d{1,9})\b(?=.)", line[: hashed.start()])
            yield KeptSeal(hashed.group(), int(number.group(1)) if number else None, "" if deeds else slug, deeds)


def _figures(session: Session, community_id: int | None) -> str:
    try:
        return _words(figures(session, community_id))
    except UNREADABLE:
        return "How much there is cannot be counted."


def _words(looked_at: Figures) -> str:
    hours, minutes = divmod(looked_at.minutes, 60)
    return (
        f"{looked_at.communities} communities, {looked_at.accounts} accounts, {looked_at.transfers} transfers, "
        f"{looked_at.entries} entries, {looked_at.reservations} reservations; {hours} h {minutes:02d} moved. "
        f"{looked_at.seals} seals; {looked_at.unsealed} transfers not sealed yet. "
        f"{looked_at.record_seals} seals of the record of deeds; {looked_at.unsealed_lines} lines not sealed yet."
    )
