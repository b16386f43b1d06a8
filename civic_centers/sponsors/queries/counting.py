"""What was given in a year, and what it made possible: numbers only, and none so small that it tells who."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import and_, exists, extract, or_
from sqlmodel import col, func, select

from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.enrolling.tables import Enrolment
from civic_centers.labs.tables import LabMeeting
from civic_centers.sponsors.rules import STANDING, rounded
from civic_centers.sponsors.tables import Pledge, PledgeDelivery
from community.parties.tables import Party
from foundation import clock
from foundation.database import Session
from foundation.feature import registry


@dataclass(frozen=True)
class Possible:
    """What took place with the help of an organisation. `people` is rounded down to fives, None below five."""

    activities: int
    dates: int
    people: int | None


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


def made_possible(session: Session, party_id: int) -> Possible:
    """The dates that took place while a pledge for the activity, its center or its lab held; none called off."""
    held, one, met = ActivitySession, Pledge, LabMeeting
    day = func.date(col(held.starts_at))
    of_lab = exists().where(col(met.lab_id) == col(one.lab_id), col(met.activity_id) == col(held.activity_id))
    helped = or_(col(one.activity_id) == col(held.activity_id), col(one.center_id) == col(held.center_id), of_lab)
    within = and_(day >= func.date(col(one.from_on)), day <= func.date(col(one.until_on)))
    ids = (
        select(col(held.id))
        .join(one, and_(helped, within))
        .join(Activity, col(Activity.id) == col(held.activity_id))
        .where(
            col(one.party_id) == party_id,
            col(one.state).in_((*STANDING, "ended")),
            col(held.state) == "planned",
            col(held.ends_at) <= clock.now(),
            col(Activity.published_at).is_not(None),
        )
        .distinct()
    )
    counted = select(func.count(), func.count(func.distinct(col(held.activity_id)))).where(col(held.id).in_(ids))
    dates, activities = session.execute(counted).one()
    came = col(Enrolment.came_at).is_not(None) & col(Enrolment.session_id).in_(ids)
    adults, others = session.execute(
        select(
            func.count(func.distinct(col(Enrolment.person_id))), func.count(func.distinct(col(Enrolment.dependant_id)))
        ).where(came)
    ).one()
    return Possible(activities, dates, rounded(adults + others))


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
