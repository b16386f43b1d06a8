"""What is done on the wall: written, joined, turned into something, answered, merged, closed."""

from civic_centers.wall.actions.ending import (
    answer_need,
    close_need,
    hide_need,
    merge_needs,
    note_became,
    show_need_again,
    turn_into,
)
from civic_centers.wall.actions.leaving import end_those, forget_needs, move_to_party
from civic_centers.wall.actions.writing import (
    copy_sheet,
    join_need,
    leave_need,
    publish_need,
    withdraw_need,
    write_need,
)

__all__ = [
    "answer_need",
    "close_need",
    "copy_sheet",
    "end_those",
    "forget_needs",
    "hide_need",
    "join_need",
    "leave_need",
    "merge_needs",
    "move_to_party",
    "note_became",
    "publish_need",
    "show_need_again",
    "turn_into",
    "withdraw_need",
    "write_need",
]
