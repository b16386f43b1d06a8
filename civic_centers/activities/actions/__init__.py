"""What changes activities and their sessions."""

from civic_centers.activities.actions.cancelling import cancel_activity, cancel_session, restore_session
from civic_centers.activities.actions.ending import end_at_center, end_of_closed, room_lost, warn_of_few
from civic_centers.activities.actions.laying import (
    OUT,
    WITHOUT,
    Laid,
    add_dates,
    add_rhythm,
    end_rhythm,
    roll_rhythm,
)
from civic_centers.activities.actions.making import change_activity, end_activity, make_activity, publish_activity
from civic_centers.activities.actions.moving import Moved, change_dates, change_session
from civic_centers.activities.actions.places import give_back_places, take_places
from civic_centers.activities.actions.shrinking import TooManyThere, what_shrinks
from civic_centers.activities.queries.planning import Change

__all__ = [
    "OUT",
    "WITHOUT",
    "Change",
    "Laid",
    "Moved",
    "TooManyThere",
    "add_dates",
    "add_rhythm",
    "cancel_activity",
    "cancel_session",
    "change_activity",
    "change_dates",
    "change_session",
    "end_activity",
    "end_at_center",
    "end_of_closed",
    "end_rhythm",
    "give_back_places",
    "make_activity",
    "publish_activity",
    "restore_session",
    "roll_rhythm",
    "room_lost",
    "take_places",
    "warn_of_few",
    "what_shrinks",
]
