"""Dates of activities as entries of other calendars, with the same id in every feed and file."""

from flask import url_for
from flask_babel import gettext as _

from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.calendar.queries import Dated
from civic_centers.centers.tables import Center
from foundation.calendar import CANCELLED, CONFIRMED, Entry
from foundation.web.calendars import lasting_id
from foundation.web.formats import listed
from foundation.web.state import time_zone

KIND = "session"
LONGEST_ABOUT = 500


def public_entry(one: Dated, zone: str, url: str) -> Entry:
    """A date as everybody may read it: what, where and when."""
    told = [_("Called off: %(reason)s", reason=one.reason)] if one.cancelled and one.reason else []
    thanks = [_("With the help of %(names)s", names=listed(one.helped_by.splitlines()))] if one.helped_by else []
    return Entry(
        uid=lasting_id(KIND, one.session_id),
        version=one.version,
        title=one.title,
        starts_at=one.starts_at,
        minutes=int((one.ends_at - one.starts_at).total_seconds() // 60),
        zone=zone,
        status=CANCELLED if one.cancelled else CONFIRMED,
        words="\n\n".join([*told, *filter(None, (one.words, one.about[:LONGEST_ABOUT])), *thanks]),
        url=url,
        place=f"{one.center_name}, {one.address}" if one.address else one.center_name,
        is_public=True,
        changed_at=one.changed_at,
    )


def own_entry(
    one: ActivitySession, activity: Activity, center: Center, *, status: str = "", kind: str = KIND, number: int = 0,
    version: int = 0, title: str = "",
) -> Entry:  # fmt: skip
    """A date in somebody's own calendar, for features in which people come to it (hook `feed_entries`).

    Their calendar lies with others: it says what and when, and neither where nor for whom. `kind` and `number` name
    what they hold there where one date may stand in it several times (a slot beside a place); `version` is that of
    what they hold, and `status` says what became of it.
    """
    cancelled = one.state == "cancelled"  # what took place before the activity was called off stays
    return Entry(
        uid=lasting_id(kind, number or one.id or 0),
        version=one.version + activity.version + center.version - 2 + version,
        title=title or activity.title,
        starts_at=one.starts_at,
        minutes=int((one.ends_at - one.starts_at).total_seconds() // 60),
        zone=time_zone(),
        status=CANCELLED if cancelled else status or CONFIRMED,
        words=_("Where, and all the rest, is written in Reciproca."),
        url=url_for("activities.show_session", activity_id=one.activity_id, session_id=one.id, _external=True),
        changed_at=max(one.changed_at, activity.changed_at),
    )
