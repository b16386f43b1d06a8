"""The room in which the dates of an activity take place, as it is chosen in their forms."""

from flask_babel import gettext as _

from civic_centers.activities.forms import (
    DatesForm,
    SessionForm,
)
from civic_centers.activities.tables import Activity
from civic_centers.rooms.queries import rooms_of
from civic_centers.rooms.tables import Room
from foundation.web import reading
from foundation.web.fields import choices


def room_of(room_id: int | None) -> Room | None:
    """The room that was chosen; None for no room."""
    return reading().get(Room, room_id) if room_id is not None else None


def with_rooms(form: DatesForm | SessionForm, activity: Activity) -> None:
    """Let the form offer the rooms of the activity's center, and none."""
    found = rooms_of(reading(), activity.center_id)
    form.room_id.choices = choices(
        [("", _("No room: outside, or elsewhere")), *((str(one.id), one.name) for one in found)]
    )
