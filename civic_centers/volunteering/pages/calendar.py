"""One's shifts in the calendar one subscribes to."""

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from civic_centers.volunteering.queries.lists import Shift, shifts_for_feed
from foundation.access import Actor
from foundation.calendar import CANCELLED, CONFIRMED, Entry
from foundation.database import Session
from foundation.web.calendars import lasting_id
from foundation.web.state import time_zone


def feed_entries(session: Session, actor: Actor, since: datetime) -> list[Entry]:
    """One entry a slot, however often it was taken and given up again (hook `feed_entries`)."""
    found: dict[int, Entry] = {}
    for shift in shifts_for_feed(session, actor, since):
        slot_id = shift.slot.id or 0
        found[slot_id] = _entry(shift, found.get(slot_id))
    return list(found.values())


def _entry(shift: Shift, before: Entry | None) -> Entry:
    row, slot = shift.row, shift.slot
    comes = row.state in ("held", "served") or (before is not None and before.status == CONFIRMED)
    return Entry(
        uid=lasting_id("slot", slot.id or 0),
        version=row.version + (before.version if before else 0),
        title=f"{slot.role}: {shift.title}" if shift.title else slot.role,
        starts_at=slot.starts_at,
        minutes=int((slot.ends_at - slot.starts_at).total_seconds() // 60),
        zone=time_zone(),
        status=CONFIRMED if comes else CANCELLED,
        words=_("Where, and all the rest, is written in Reciproca."),
        url=url_for("volunteering.show", slot_id=slot.id, _external=True),
    )
