"""One date for the calendar of a phone, and for search engines: what stands on its page."""

from typing import Any

from flask import url_for

from civic_centers.activities.queries.single import session_of
from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.calendar.pages.blueprint import calendar
from civic_centers.calendar.pages.entries import public_entry
from civic_centers.calendar.queries import dated
from civic_centers.centers.tables import Center
from community.parties.tables import Party
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.web import Answer, actor, public, reading, time_zone
from foundation.web.calendars import calendar_answer

SCHEMA = "https://schema.org/"


@calendar.get("/activities/<int:activity_id>/sessions/<int:session_id>/calendar.ics")
@public
def one_date(activity_id: int, session_id: int) -> Answer:
    one, activity = session_of(reading(), actor(), activity_id, session_id)
    center = reading().get_one(Center, one.center_id)
    entry = public_entry(dated(one, activity, center), time_zone(), _page_of(one))
    return calendar_answer([entry], f"reciproca-{session_id}")


def session_section(session: Session, _actor: Actor, activity: Activity, one: ActivitySession) -> dict[str, Any] | None:
    """“Add to calendar”, and the same date as machines read it; nothing for a draft."""
    if not activity.is_public:
        return None
    return {
        "template": "civic_centers/calendar/_add.html",
        "can_add": one.state == "planned" and one.ends_at > clock.now(),
        "url": url_for("calendar.one_date", activity_id=activity.id, session_id=one.id),
        "event": event_of(session, activity, one),
    }


def event_of(session: Session, activity: Activity, one: ActivitySession) -> dict[str, Any]:
    """The date in the words of schema.org: a public thing in a public place, nobody who comes to it."""
    center = session.get_one(Center, one.center_id)
    host = session.get(Party, activity.party_id) if activity.party_id is not None else None
    cancelled = one.state == "cancelled"
    zone = time_zone()
    event: dict[str, Any] = {
        "@context": SCHEMA.rstrip("/"),
        "@type": "Event",
        "name": activity.title,
        "startDate": clock.local(one.starts_at, zone).isoformat(),
        "endDate": clock.local(one.ends_at, zone).isoformat(),
        "eventStatus": f"{SCHEMA}Event{'Cancelled' if cancelled else 'Scheduled'}",
        "eventAttendanceMode": f"{SCHEMA}OfflineEventAttendanceMode",
        "url": _page_of(one),
        "isAccessibleForFree": activity.price_cents == 0,
        "location": {"@type": "Place", "name": center.name, "address": center.address or center.name},
        "organizer": {
            "@type": "Organization",
            "name": host.name if host is not None and host.closed_at is None else center.name,
            "url": url_for("centers.show", center_slug=center.slug, _external=True),
        },
        "offers": {
            "@type": "Offer",
            "price": f"{activity.price_cents / 100:.2f}",
            "priceCurrency": "EUR",
            "url": _page_of(one),
            "availability": f"{SCHEMA}{'SoldOut' if one.places is not None and one.taken >= one.places else 'InStock'}",
        },
    }
    if activity.words:
        event["description"] = activity.words
    if one.places is not None:
        event["maximumAttendeeCapacity"] = one.places
    if activity.min_age is not None or activity.max_age is not None:
        least, most = activity.min_age, activity.max_age
        event["typicalAgeRange"] = f"{0 if least is None else least}-{'' if most is None else most}"
    return event


def _page_of(one: ActivitySession) -> str:
    return url_for("activities.show_session", activity_id=one.activity_id, session_id=one.id, _external=True)
