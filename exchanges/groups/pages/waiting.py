"""What waits in groups: an invitation, a confirmation, a host's word on how it went; for makers, places to look at."""

from flask_babel import gettext as _
from flask_babel import ngettext

from exchanges.groups.policies import RESOLVE
from exchanges.groups.queries.lists import waiting_as_host, waiting_for_makers, waiting_for_me
from exchanges.groups.tables import GroupExchange, GroupPlace
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import Waiting
from foundation.web.formats import day_time, hours


def waiting_for_members(session: Session, actor: Actor) -> list[Waiting]:
    """One line for each place of mine that waits for a word, and for each meeting of mine to be written down."""
    found = []
    for group, place, host in waiting_for_me(session, actor):
        values = {"group_id": group.id}
        title, detail = _words(group, place, host.name)
        found.append(Waiting(title, detail, "groups.show", values, icon="people", name=host.name))
    for group in waiting_as_host(session, actor):
        when = day_time(group.starts_at) if group.starts_at else ""
        values = {"group_id": group.id}
        found.append(Waiting(_("Who was there?"), f"{group.title} · {when}", "groups.show", values, icon="people"))
    return found


def waiting_for_the_makers(session: Session, actor: Actor) -> list[Waiting]:
    """One line for all the places of groups that need a maker."""
    count = len(waiting_for_makers(session, actor)) if actor.may(RESOLVE) else 0
    if not count:
        return []
    title = ngettext("%(num)s place in a group to look at", "%(num)s places in groups to look at", count)
    return [Waiting(title, _("Somebody disagrees, or has no e-mail"), "groups.list_waiting", {}, "shield")]


def _words(group: GroupExchange, place: GroupPlace, name: str) -> tuple[str, str]:
    if place.state == "asked":
        when = day_time(group.starts_at) if group.starts_at else ""
        return _("%(name)s asks whether you come too", name=name), f"{group.title} · {when}"
    if place.said_minutes:
        detail = _("Do you confirm %(time)s? %(title)s", time=hours(place.said_minutes), title=group.title)
        return _("%(name)s waits for your yes", name=name), detail
    return _("%(name)s waits for your yes", name=name), group.title
