"""How many come, how many wait, and whether there are adults enough. Few questions, however many dates."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, func
from sqlmodel import col, select

from civic_centers.activities.tables import Activity
from civic_centers.enrolling.rules import TAKING, adults_missing
from civic_centers.enrolling.tables import Enrolment
from foundation.database import Session
from foundation.feature import registry


@dataclass(frozen=True)
class Counts:
    """At one date: who has a place, who was offered one, who waits."""

    held: int = 0
    offered: int = 0
    waiting: int = 0


@dataclass(frozen=True)
class There:
    """At one date: children, and adults who look after them."""

    children: int = 0
    adults: int = 0

    def missing(self, activity: Activity) -> int:
        """How many adults more are needed, by what is set for the activity."""
        if activity.ratio_rule == "off":
            return 0
        return adults_missing(self.children, self.adults, activity.children_per_adult)


def enrolled_in(session: Session, session_ids: Collection[int]) -> dict[int, Counts]:
    """How many come and wait at some dates. Public: no more than numbers."""
    state = col(Enrolment.state)

    def number(*states: str) -> ColumnElement[int]:
        return func.sum(case((state.in_(states), 1), else_=0))

    statement = (
        select(col(Enrolment.session_id), number("held", "away"), number("offered"), number("waiting"))
        .where(col(Enrolment.session_id).in_(session_ids), state.in_((*TAKING, "waiting")))
        .group_by(col(Enrolment.session_id))
    )
    found = {row[0]: Counts(int(row[1]), int(row[2]), int(row[3])) for row in session.execute(statement)}
    return {one: found.get(one, Counts()) for one in session_ids}


def adults_and_children(session: Session, session_ids: Collection[int]) -> dict[int, There]:
    """Who is expected at some dates. Features that bring adults say so under the hook `adults_on_duty`.

    It is given a session and numbers of dates, and gives the numbers of the adults by date; nobody counts twice.
    """
    here = and_(col(Enrolment.session_id).in_(session_ids), col(Enrolment.state).in_(("held", "offered")))
    of_children = (
        select(col(Enrolment.session_id), func.count())
        .where(here, col(Enrolment.is_child))
        .group_by(col(Enrolment.session_id))
    )
    children = {row[0]: row[1] for row in session.execute(of_children)}
    adults: dict[int, set[int]] = defaultdict(set)
    of_adults = select(col(Enrolment.session_id), col(Enrolment.person_id)).where(
        here, ~col(Enrolment.is_child), col(Enrolment.person_id).is_not(None)
    )
    for session_id, person_id in session.execute(of_adults):
        adults[session_id].add(person_id)
    for hook in registry.hooks("adults_on_duty"):
        for session_id, people in hook(session, session_ids).items():
            adults[session_id] |= people
    return {one: There(children.get(one, 0), len(adults[one])) for one in session_ids}
