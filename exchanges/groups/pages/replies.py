"""What waits for a party's word in groups: coming too, and confirming one's own part."""

from functools import partial

from flask import url_for
from flask_babel import gettext as _

from community.mandates.rules import Reply
from exchanges.groups import actions
from exchanges.groups.queries.lists import waiting_for_me
from foundation.access import Actor
from foundation.database import Session
from foundation.web.formats import day_time, hours


def replies(session: Session, actor: Actor) -> list[Reply]:
    """A yes to each invitation, and to what was written down."""
    found = []
    for group, place, host in waiting_for_me(session, actor):
        number, url = group.id or 0, url_for("groups.show", group_id=group.id)
        if place.state == "asked":
            key = f"group-{number}-{group.version}-join"
            when = day_time(group.starts_at) if group.starts_at else ""
            do = partial(_join, number, group.version)
            title = _("Join %(name)s", name=host.name)
            found.append(Reply(key, title, f"{group.title} · {when}", _("Yes, I come"), do, url))
        else:
            key = f"group-{number}-{place.version}-confirm"
            line = f"{hours(place.said_minutes)} · {group.title}" if place.said_minutes else group.title
            title = _("Confirm what you received from %(name)s", name=host.name)
            do = partial(_confirm, number, place.version)
            found.append(Reply(key, title, line, _("Yes, that is right"), do, url))
    return found


def _join(number: int, version: int, session: Session, actor: Actor) -> None:
    actions.join(session, actor, number, version)


def _confirm(number: int, version: int, session: Session, actor: Actor) -> None:
    actions.confirm(session, actor, number, version)
