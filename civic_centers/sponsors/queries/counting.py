"""What an organisation gave in a year: for the statement it may print."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import extract
from sqlmodel import col, select

from civic_centers.sponsors.tables import Pledge, PledgeDelivery
from community.parties.tables import Party
from foundation.database import Session
from foundation.feature import registry


@dataclass(frozen=True)
class Given:
    """One line of a statement."""

    day: date
    pledge: Pledge
    cents: int


@dataclass(frozen=True)
class Statement:
    """What an organisation gave in a year. `further` is what other features add, ready to read."""

    year: int
    lines: tuple[Given, ...]
    sums: Mapping[str, int]
    """Euro cents by kind."""
    further: tuple[Mapping[str, object], ...] = field(default=())

    @property
    def cents(self) -> int:
        return sum(self.sums.values())


def statement_of(session: Session, party_id: int, year: int) -> Statement:
    """What was given in a year, by kind and date; lines that were taken back, and those that do so, add up to it."""
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    statement = (
        select(PledgeDelivery, Pledge)
        .join(Pledge, col(Pledge.id) == col(PledgeDelivery.pledge_id))
        .where(col(Pledge.party_id) == party_id)
        .order_by(col(PledgeDelivery.day), col(PledgeDelivery.id))
    )
    rows = [(line, pledge) for line, pledge in session.execute(statement)]
    back = {line.corrects_id for line, _pledge in rows if line.corrects_id is not None}
    lines = tuple(
        Given(line.day, pledge, line.cents)
        for line, pledge in rows
        if line.corrects_id is None and line.id not in back and first <= line.day < after
    )
    sums: Counter[str] = Counter()
    for one in lines:
        sums[one.pledge.kind] += one.cents
    further = tuple(found for hook in registry.hooks("sponsor_statement") for found in hook(session, party_id, year))
    return Statement(year, lines, dict(sums), further)


def years_of(session: Session, party_id: int, today: date) -> list[int]:
    """The years in which something was given, and those since the organisation is here; the newest first.

    What other features add to a statement (`sponsor_statement`) may stand in a year without any pledge.
    """
    statement = (
        select(extract("year", col(PledgeDelivery.day)))
        .join(Pledge, col(Pledge.id) == col(PledgeDelivery.pledge_id))
        .where(col(Pledge.party_id) == party_id)
        .distinct()
    )
    here_since = session.get_one(Party, party_id).opened_at.year
    return sorted(
        {int(year) for year in session.scalars(statement)} | {today.year, *range(here_since, today.year)}, reverse=True
    )
