"""What is agreed and has not begun, though who was to come may no longer. Locks nothing: each job looks again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_
from sqlmodel import col, select

from community.safeguarding.queries import checks_of, day_in, requirements_by_category
from community.safeguarding.rules import FOR_CARE, Check, Requirements, together, what_lacks
from exchanges.agreements.tables import Agreement
from exchanges.posts.tables import Post
from foundation import clock
from foundation.database import Session


@dataclass(frozen=True)
class Named:
    """Somebody who is to come: for what, in which categories, and when."""

    about_id: int
    version: int
    adult_id: int
    category_ids: tuple[int | None, ...]
    at: datetime
    second_id: int | None = None


def cannot_come(session: Session, community_id: int, person_id: int | None) -> list[tuple[int, int]]:
    """Agreements of no series whose adult may not come any more, with their versions."""
    return lacking(session, community_id, _agreed(session, community_id, person_id, of_series=False))


def series_to_look_at(session: Session, community_id: int, person_id: int | None) -> list[int]:
    """The series of meetings whose adult may not come any more."""
    found = _agreed(session, community_id, person_id, of_series=True)
    ids = [about_id for about_id, _ in lacking(session, community_id, found)]
    series = select(col(Agreement.series_id)).where(col(Agreement.id).in_(ids)).distinct()
    return sorted(one for one in session.scalars(series) if one is not None)


def lacking(session: Session, community_id: int, named: Iterable[Named]) -> list[tuple[int, int]]:
    """Those, by id and version, whose adult lacks something that is asked for the moment they come."""
    categories = requirements_by_category(session, community_id, with_retired=True)
    asked = {category.id: demands for category, demands in categories if demands.of_anybody}
    concerned = [one for one in named if any(category_id in asked for category_id in one.category_ids)]
    people = {one.adult_id for one in concerned} | {one.second_id for one in concerned if one.second_id is not None}
    checks = checks_of(session, community_id, people)
    found = []
    for one in concerned:
        demands = together(asked[category_id] for category_id in one.category_ids if category_id in asked)
        today = day_in(session, community_id, one.at)
        if what_lacks(demands, checks[one.adult_id], today) or _lacks_second(demands, one, checks, today):
            found.append((one.about_id, one.version))
    return found


def _lacks_second(demands: Requirements, one: Named, checks: Mapping[int, list[Check]], today: date) -> bool:
    """Whether a second adult is asked for, and none is named who was met."""
    if not demands.second_adult:
        return False
    if one.second_id is None or one.second_id == one.adult_id:
        return True
    return bool(what_lacks(FOR_CARE, checks[one.second_id], today))


def _agreed(session: Session, community_id: int, person_id: int | None, *, of_series: bool) -> list[Named]:
    now = clock.now()
    statement = (
        select(Agreement, col(Post.category_id))
        .outerjoin(Post, col(Post.id) == col(Agreement.post_id))
        .where(
            col(Agreement.community_id) == community_id,
            col(Agreement.state) == "accepted",
            col(Agreement.adult_id).is_not(None),
            or_(col(Agreement.starts_at).is_(None), col(Agreement.starts_at) > now),
            col(Agreement.series_id).is_not(None) if of_series else col(Agreement.series_id).is_(None),
        )
        .order_by(col(Agreement.id))
    )
    if person_id is not None:
        statement = statement.where(or_(col(Agreement.adult_id) == person_id, col(Agreement.second_id) == person_id))
    return [
        Named(
            one.id or 0,
            one.version,
            one.adult_id or 0,
            (one.category_id, of_post),
            one.starts_at or now,
            one.second_id,
        )
        for one, of_post in session.execute(statement)
    ]
