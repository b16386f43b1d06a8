"""A meeting of several for the calendar of a phone: who leads it, when, and nothing else."""

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from community.moderation.policies import own_ids
from exchanges.agreements.pages.calendar import open_there
from exchanges.groups.pages.blueprint import groups
from exchanges.groups.policies import SEE
from exchanges.groups.queries.feed import for_feed
from exchanges.groups.queries.single import view_of
from exchanges.groups.tables import GroupExchange, GroupPlace
from foundation.access import Actor
from foundation.calendar import CANCELLED, CONFIRMED, TENTATIVE, Entry
from foundation.database import Session
from foundation.errors import Missing
from foundation.web import Answer, actor, reading, requires, time_zone
from foundation.web.calendars import calendar_answer, lasting_id


@groups.get("/groups/<int:group_id>/calendar.ics")
@requires(SEE)
def calendar(group_id: int) -> Answer:
    view = view_of(reading(), actor(), group_id)
    if view.group.starts_at is None or not (view.i_host or view.mine):
        raise Missing()
    name = "" if view.i_host else view.name_of(view.group.host_id)
    return calendar_answer([entry_of(view.group, view.mine, name)], f"reciproca-group-{group_id}")


def feed_entries(session: Session, actor: Actor, since: datetime) -> list[Entry]:
    """One's groups, for the calendar one subscribes to (hook `feed_entries`)."""
    own = own_ids(actor)
    return [
        entry_of(group, place, "" if group.host_id in own else name)
        for group, place, name in for_feed(session, actor, since)
    ]


def entry_of(group: GroupExchange, place: GroupPlace | None, host_name: str) -> Entry:
    """A meeting of several, seen by who has `place` in it, or by who leads it: then `host_name` is empty."""
    if group.id is None or group.starts_at is None:
        raise Missing()
    return Entry(
        uid=lasting_id("group", group.id),
        version=group.version + (place.version if place else 0),
        title=_("Reciproca: all together, with %(name)s", name=host_name)
        if host_name
        else _("Reciproca: all together"),
        starts_at=group.starts_at,
        minutes=group.minutes,
        zone=time_zone(),
        status=_status(group, place),
        words=open_there(),
        url=url_for("groups.show", group_id=group.id, _external=True),
    )


def _status(group: GroupExchange, place: GroupPlace | None) -> str:
    """For who has a place that place counts too: who left it has nothing in the calendar any more."""
    if group.state not in ("planned", "held", "settled"):
        return CANCELLED
    if place is None or place.state not in ("asked", "left", "off", "out", "absent"):
        return CONFIRMED
    return TENTATIVE if place.state == "asked" else CANCELLED
