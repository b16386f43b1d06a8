"""What is done with centers: opened, described, kept, photographed, closed for good."""

from civic_centers.centers.actions.closing import Ending, close_center, what_stands_open
from civic_centers.centers.actions.keeping import add_keeper, agree_to_be_named, end_keeper, end_keepers_of
from civic_centers.centers.actions.photos import PHOTO_KIND, add_photo, describe_photos, remove_photo
from civic_centers.centers.actions.running import (
    About,
    add_special_day,
    change_center,
    open_center,
    put_in_index,
    remove_special_day,
    set_hours,
)

__all__ = [
    "PHOTO_KIND",
    "About",
    "Ending",
    "add_keeper",
    "add_photo",
    "add_special_day",
    "agree_to_be_named",
    "change_center",
    "close_center",
    "describe_photos",
    "end_keeper",
    "end_keepers_of",
    "open_center",
    "put_in_index",
    "remove_photo",
    "remove_special_day",
    "set_hours",
    "what_stands_open",
]
