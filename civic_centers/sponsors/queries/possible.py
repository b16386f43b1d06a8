"""What was made possible: of dates and of what others count numbers only, and none so small that it tells who."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, exists, or_
from sqlmodel import col, func, select

from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.enrolling.tables import Enrolment
from civic_centers.labs.tables import LabMeeting
from civic_centers.sponsors.policies import shown
from civic_centers.sponsors.rules import STANDING, rounded
from civic_centers.sponsors.tables import Pledge, PledgeDelivery
from community.communities.queries import community_of
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
class Cause:
    """A cause of the fund for which an organisation gave something, with the words of its pledges and their days.

    What the fund did for it is not known: no movement of the fund names a cause.
    """

    name: str
    words: tuple[str, ...]
    first: date
    last: date
    sums: Mapping[str, int]
    """Euro cents by kind, 0 where nobody estimated it."""
    quota_cents: int
    """What of it went into the solidarity quota of shared orders."""


@dataclass(frozen=True)
class Giver:
    """What other features (`sponsor_possible`) are told of who asks what its gifts made possible."""

    community_id: int
    party_id: int
    quota: tuple[tuple[date, date], ...]
    """From which day money of theirs stood in the solidarity quota, and the last day of the pledge it was of."""
    year: int | None
    """Of a statement: what is told belongs to this year."""
    everybody: bool
    """Whether everybody reads it, and not the organisation alone."""


@dataclass(frozen=True)
class MadePossible:
    """All of it. `further` is what other features tell, each with a `template` of list items."""

    counted: Possible
    causes: Sequence[Cause]
    further: Sequence[Mapping[str, object]]


Gift = tuple[Pledge, list[PledgeDelivery]]
"""A pledge for a cause of the fund, with the lines that stand."""


def all_made_possible(
    session: Session, party_id: int, *, year: int | None = None, everybody: bool = False
) -> MadePossible:
    """What an organisation made possible, in a year or at all.

    For everybody only what it is named for: what it gave without wishing to be named counts for nothing there.
    """
    party, gifts = session.get_one(Party, party_id), _gifts(session, party_id, everybody=everybody)
    in_quota = _in_quota(gifts, _zone_of(session, party_id))
    giver = Giver(party.community_id, party_id, in_quota, year, everybody)
    further = [found for hook in registry.hooks("sponsor_possible") for found in hook(session, giver)]
    counted = made_possible(session, party_id, year=year, everybody=everybody)
    return MadePossible(counted, _causes(gifts, year), further)


def made_possible(session: Session, party_id: int, *, year: int | None = None, everybody: bool = False) -> Possible:
    """The dates that took place while a pledge for the activity, its center or its lab held; none called off."""
    held, one, met = ActivitySession, Pledge, LabMeeting
    day = func.date(col(held.starts_at))
    of_lab = exists().where(col(met.lab_id) == col(one.lab_id), col(met.activity_id) == col(held.activity_id))
    helped = or_(col(one.activity_id) == col(held.activity_id), col(one.center_id) == col(held.center_id), of_lab)
    within = and_(day >= func.date(col(one.from_on)), day <= func.date(col(one.until_on)))
    asked: list[Any] = list(shown()) if everybody else []
    if year is not None:
        zone = _zone_of(session, party_id)
        first, after = (clock.start_of_day(date(begins, 1, 1), zone) for begins in (year, year + 1))
        asked += [col(held.starts_at) >= first, col(held.starts_at) < after]
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
            *asked,
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


def _zone_of(session: Session, party_id: int) -> str:
    return community_of(session, session.get_one(Party, party_id).community_id).time_zone


def _gifts(session: Session, party_id: int, *, everybody: bool) -> list[Gift]:
    """What was pledged to causes of the fund and given at least in part, in order."""
    lines = (
        select(PledgeDelivery, Pledge)
        .join(Pledge, col(Pledge.id) == col(PledgeDelivery.pledge_id))
        .where(col(Pledge.party_id) == party_id, col(Pledge.target) == "fund", *(shown() if everybody else ()))
        .order_by(col(Pledge.id), col(PledgeDelivery.id))
    )
    found: dict[int, Gift] = {}
    back = set()
    for line, pledge in session.execute(lines):
        found.setdefault(pledge.id or 0, (pledge, []))[1].append(line)
        back.add(line.corrects_id)
    standing = (
        (pledge, [line for line in those if line.corrects_id is None and line.id not in back])
        for pledge, those in found.values()
    )
    return [(pledge, those) for pledge, those in standing if those]


def _causes(gifts: Sequence[Gift], year: int | None) -> list[Cause]:
    """Pledges for the same cause together, however it is spelled; of a year what was given in it."""
    together: dict[str, list[Gift]] = {}
    for pledge, lines in gifts:
        of_year = [line for line in lines if year is None or line.day.year == year]
        if of_year:
            together.setdefault(" ".join(pledge.cause.casefold().split()), []).append((pledge, of_year))
    found = []
    for those in together.values():
        sums: Counter[str] = Counter()
        for pledge, lines in those:
            sums[pledge.kind] += sum(line.cents for line in lines)
        into_quota = sum(line.cents for _pledge, lines in those for line in lines if line.quota_way)
        pledges = [pledge for pledge, _lines in those]
        found.append(
            Cause(
                pledges[-1].cause,
                tuple(dict.fromkeys(one.words for one in pledges)),
                min(one.from_on for one in pledges),
                max(one.until_on for one in pledges),
                dict(sums),
                into_quota,
            )
        )
    return found


def _in_quota(gifts: Sequence[Gift], zone: str) -> tuple[tuple[date, date], ...]:
    """While money given for the quota stood there and its pledge held: ended early, it holds no longer."""
    spans = []
    for pledge, lines in gifts:
        last = pledge.until_on
        if pledge.state == "ended" and pledge.ended_at is not None:
            last = min(last, clock.local(pledge.ended_at, zone).date())
        noted = [clock.local(line.recorded_at, zone).date() for line in lines if line.quota_way]
        spans += [(day, max(day, last)) for day in noted]
    return tuple(spans)
