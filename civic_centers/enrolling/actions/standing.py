"""Standing in line at a date that is full: what nearly everybody does when five hundred want twenty places.

They give nobody a place and take none, so they need not stand one behind the other while it is written down; and what
is written is all there is to ask. The order of the line is the order of the numbers that the database gives.
"""

from functools import cache
from typing import Any

import sqlalchemy
from sqlalchemy import BindParameter, Insert, Integer, bindparam, insert, literal
from sqlmodel import col

from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.enrolling.tables import EnrolRequest
from foundation import clock
from foundation.access import Actor
from foundation.database import Session, UtcDateTime, write_if


def stand_in_line(session: Session, actor: Actor, session_id: int, number: int) -> int | None:
    """The request of so many people who can only wait at a date; None, and nothing written, unless that is all there
    is to decide: it is planned and to come, its activity open to single dates, and it has no room for them all.

    Whoever gives a place there waits until the last of those who stand beside each other is written down.
    """
    told = {
        "date": session_id,
        "number": number,
        "party": actor.party_id,
        "person": actor.person_id,
        "moment": clock.now(),
    }
    found: int | None = write_if(session, _standing(), told)
    return found


@cache
def _standing() -> Insert:
    """Made once; the row of the date is looked at and held in the statement that writes."""
    number: BindParameter[int] = bindparam("number", type_=Integer)
    moment: BindParameter[Any] = bindparam("moment", type_=UtcDateTime())
    one, activity = ActivitySession, Activity
    values = {
        "community_id": col(one.community_id),
        "activity_id": col(one.activity_id),
        "session_id": col(one.id),
        "party_id": bindparam("party", type_=Integer),
        "asked_by_id": bindparam("person", type_=Integer),
        "state": literal("waiting"),
        "made_at": moment,
        "version": literal(1),
    }
    full = (
        sqlalchemy.select(*values.values())
        .select_from(sqlalchemy.join(one, activity, col(activity.id) == col(one.activity_id)))
        .where(
            col(one.id) == bindparam("date", type_=Integer),
            col(one.state) == "planned",
            col(one.starts_at) > moment,
            col(one.taken) + number > col(one.places),
            col(one.places) >= number,
            col(activity.state) == "open",
            col(activity.enrol_for) == "session",
        )
        .with_for_update(read=True, of=one)
    )
    return insert(EnrolRequest).from_select(list(values), full).returning(col(EnrolRequest.id))
