"""A meeting of several for the calendar of a phone: who leads it, when, and nothing else."""

from flask import url_for
from flask_babel import gettext as _

from exchanges.agreements.pages.calendar import open_there
from exchanges.groups.pages.blueprint import groups
from exchanges.groups.policies import SEE
from exchanges.groups.queries.single import GroupView, view_of
from foundation.calendar import CANCELLED, CONFIRMED, TENTATIVE, Entry
from foundation.errors import Missing
from foundation.web import Answer, actor, reading, requires, time_zone
from foundation.web.calendars import calendar_answer, lasting_id


@groups.get("/groups/<int:group_id>/calendar.ics")
@requires(SEE)
def calendar(group_id: int) -> Answer:
    view = view_of(reading(), actor(), group_id)
    starts_at = view.group.starts_at
    if starts_at is None or not (view.i_host or view.mine):
        raise Missing()
    name = view.name_of(view.group.host_id)
    entry = Entry(
        uid=lasting_id("group", group_id),
        version=view.group.version + (view.mine.version if view.mine else 0),
        title=_("Reciproca: all together") if view.i_host else _("Reciproca: all together, with %(name)s", name=name),
        starts_at=starts_at,
        minutes=view.group.minutes,
        zone=time_zone(),
        status=_status(view),
        words=open_there(),
        url=url_for("groups.show", group_id=group_id, _external=True),
    )
    return calendar_answer([entry], f"reciproca-group-{group_id}")


def _status(view: GroupView) -> str:
    """For who has a place that place counts too: who left it has nothing in the calendar any more."""
    if view.group.state not in ("planned", "held", "settled"):
        return CANCELLED
    if view.mine is None or view.mine.state not in ("asked", "left", "off", "out", "absent"):
        return CONFIRMED
    return TENTATIVE if view.mine.state == "asked" else CANCELLED
