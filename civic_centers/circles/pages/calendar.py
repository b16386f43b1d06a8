"""One's turns in the calendar one subscribes to: when, and of which circle; neither where nor for whom."""

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from civic_centers.circles.queries.listing import turns_for_feed
from foundation.access import Actor
from foundation.calendar import CANCELLED, CONFIRMED, Entry
from foundation.database import Session
from foundation.web.calendars import lasting_id
from foundation.web.state import time_zone


def feed_entries(session: Session, actor: Actor, since: datetime) -> list[Entry]:
    """One entry a turn; one that others have now, or that was called off, is cancelled (hook `feed_entries`)."""
    return [
        Entry(
            uid=lasting_id("circle-turn", turn.id or 0),
            version=turn.version,
            title=_("Turn: %(circle)s", circle=circle.name),
            starts_at=turn.starts_at,
            minutes=int((turn.ends_at - turn.starts_at).total_seconds() // 60),
            zone=time_zone(),
            status=CONFIRMED
            if turn.state != "off" and actor.person_id in (turn.person_id, turn.second_id)
            else CANCELLED,
            words=_("Where, and all the rest, is written in Reciproca."),
            url=url_for("circles.turn", turn_id=turn.id, _external=True),
        )
        for turn, circle in turns_for_feed(session, actor, since)
    ]
