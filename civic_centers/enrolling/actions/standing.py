"""Standing in line at a date that is full: what nearly everybody does when five hundred want twenty places.

They give nobody a place and take none, so they need not stand one behind the other while it is written down; and all
there is to look at is looked at in the statement that writes. The order of the line is the order of the numbers that
the database gives.
"""

from functools import cache
from typing import Any

import sqlalchemy
from sqlalchemy import BindParameter, ColumnElement, Insert, Integer, bindparam, exists, false, insert, literal, or_
from sqlmodel import col

from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.enrolling.rules import BANDS
from civic_centers.enrolling.tables import Enrolment, EnrolRequest
from community.parties.policies import acting
from community.parties.tables import Party, PartyMember
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Chain, Session, UtcDateTime, table_of

KIND = "enrolment"
_NAMES = ("community", "party", "asked_by", "person", "date")
_COMMUNITY, _PARTY, _ASKED_BY, _PERSON, _DATE = (bindparam(one, type_=Integer) for one in _NAMES)
_MOMENT: BindParameter[Any] = bindparam("moment", type_=UtcDateTime())


def stand_in_line(session: Session, actor: Actor, session_id: int, person_id: int) -> int | None:
    """The request of an adult of the household acted for, who can only wait at a date.

    None, and nothing written, unless that is all there is to decide: they may come there, it is planned and to come,
    its activity open to single dates, and no place is left. Whoever gives a place there waits until the last of those
    who stand beside each other is written down. Raises IntegrityError for who stands there already.
    """
    told = {
        "community": actor.community_id,
        "party": actor.party_id,
        "asked_by": actor.person_id,
        "person": person_id,
        "date": session_id,
        "moment": clock.now(),
        **audit.said_by(actor, people=1),
    }
    return _line().write(session, told)


@cache
def _line() -> Chain:
    return Chain(_asking(), _listing, audit.following("waits", KIND))


def _asking() -> Insert:
    """The row of the date is looked at and held in the statement that writes."""
    one, activity = ActivitySession, Activity
    values = {
        "community_id": col(one.community_id),
        "activity_id": col(one.activity_id),
        "session_id": col(one.id),
        "party_id": _PARTY,
        "asked_by_id": _ASKED_BY,
        "state": literal("waiting"),
        "made_at": _MOMENT,
        "version": literal(1),
    }
    youngest, oldest = BANDS["adult"]
    acts = exists().where(
        col(PartyMember.party_id) == _PARTY,
        col(PartyMember.person_id) == _PERSON,
        *acting(_MOMENT),
        col(Party.id) == col(PartyMember.party_id),
        col(Party.community_id) == _COMMUNITY,
        col(Party.closed_at).is_(None),
    )
    full = (
        sqlalchemy.select(*values.values())
        .select_from(sqlalchemy.join(one, activity, col(activity.id) == col(one.activity_id)))
        .where(
            col(one.id) == _DATE,
            col(one.community_id) == _COMMUNITY,
            col(one.state) == "planned",
            col(one.starts_at) > _MOMENT,
            col(one.taken) >= col(one.places),
            col(activity.state) == "open",
            col(activity.published_at).is_not(None),
            col(activity.enrol_for) == "session",
            or_(col(activity.min_age).is_(None), col(activity.min_age) <= oldest),
            or_(col(activity.max_age).is_(None), col(activity.max_age) >= youngest),
            acts,
        )
        .with_for_update(read=True, of=one)
    )
    return insert(EnrolRequest).from_select(list(values), full).returning(col(EnrolRequest.id))


def _listing(request_id: ColumnElement[int]) -> Insert:
    """And on the list of the date."""
    values = {
        "community_id": _COMMUNITY,
        "request_id": request_id,
        "session_id": _DATE,
        "party_id": _PARTY,
        "person_id": _PERSON,
        "is_child": false(),
        "state": literal("waiting"),
        "late": false(),
        "came_way": literal(""),
        "version": literal(1),
    }
    return insert(table_of(Enrolment)).from_select(
        list(values), sqlalchemy.select(*values.values()), include_defaults=False
    )
