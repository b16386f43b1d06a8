"""Telling families, and who keeps a center. No notice says who it is about: a letter lies open on a kitchen table."""

from collections.abc import Collection, Mapping

from sqlmodel import col, select

from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.centers.queries import people_behind
from civic_centers.centers.tables import Center
from civic_centers.enrolling.notices import FEWER_ADULTS
from civic_centers.enrolling.queries.counting import adults_and_children
from civic_centers.enrolling.tables import Enrolment, EnrolRequest
from community.notifications.actions import notify
from community.notifications.rules import Notice
from community.parties.queries import acts_for, people_of
from foundation.access import Actor
from foundation.database import Session


def tell_family(
    session: Session,
    request: EnrolRequest,
    activity: Activity,
    one: ActivitySession,
    notice: Notice,
    *,
    key: str,
    more: Mapping[str, object] | None = None,
    but: Actor | None = None,
) -> None:
    """Tell the family of a request: see `family_of`."""
    people = family_of(session, request)
    tell(session, people, activity, one, notice, key=f"{request.id}:{one.id}:{key}", more=more, but=but)


def family_of(session: Session, request: EnrolRequest) -> set[int]:
    """Who asked, and the adults who come themselves; where who asked is gone, the adults of the household."""
    own = select(col(Enrolment.person_id)).where(
        col(Enrolment.request_id) == request.id, col(Enrolment.person_id).is_not(None)
    )
    people: set[int] = {number for number in session.scalars(own) if number is not None}
    asked_by, party_id = request.asked_by_id, request.party_id
    if party_id is not None:
        if asked_by is not None and acts_for(session, asked_by, party_id):
            people.add(asked_by)
        else:
            people |= {person.id or 0 for person in people_of(session, party_id)}
    return people


def tell_of_adults(
    session: Session, activity: Activity, one: ActivitySession, notice: Notice, *, key: str, but: Actor | None = None
) -> bool:
    """Tell those who keep the center how many adults are missing at a date; whether any are."""
    if one.state != "planned":
        return False
    there = adults_and_children(session, [one.id or 0])[one.id or 0]
    if not there.missing(activity):
        return False
    people = people_behind(session, session.get_one(Center, one.center_id))
    more = {"minors": there.children, "adults": there.adults, "missing": there.missing(activity)}
    tell(session, people, activity, one, notice, key=f"{one.id}:{key}", more=more, but=but)
    return True


def tell_of_fewer_adults(session: Session, actor: Actor, session_ids: Collection[int], *, key: str) -> bool:
    """Tell the keepers once, of the first of some dates where adults are missing now that somebody cannot come.

    Whether any are missing; where none are the keepers hear of it as they always do.
    """
    statement = select(ActivitySession).where(col(ActivitySession.id).in_(session_ids))
    ordered = statement.order_by(col(ActivitySession.starts_at), col(ActivitySession.id))
    return any(
        tell_of_adults(session, session.get_one(Activity, one.activity_id), one, FEWER_ADULTS, key=key, but=actor)
        for one in session.exec(ordered).all()
    )


def tell(
    session: Session,
    people: Collection[int],
    activity: Activity,
    one: ActivitySession,
    notice: Notice,
    *,
    key: str,
    more: Mapping[str, object] | None = None,
    but: Actor | None = None,
    link: tuple[str, Mapping[str, object]] | None = None,
) -> None:
    """Tell some people of a date, but for who did it. `link` leads elsewhere than to the page of the date."""
    endpoint, values = link or ("activities.show_session", {"activity_id": activity.id, "session_id": one.id})
    said = {
        "activity": activity.title,
        "center": session.get_one(Center, one.center_id).name,
        "starts_at": one.starts_at,
        **(more or {}),
    }
    for person_id in sorted(people):
        if but is not None and person_id in (but.person_id, but.recorder_id):
            continue
        notify(
            session,
            person_id=person_id,
            community_id=one.community_id,
            notice=notice,
            params=notice.taking(said),
            endpoint=endpoint,
            values=values,
            key=key,
            matter=f"activity_session:{one.id}",
        )
