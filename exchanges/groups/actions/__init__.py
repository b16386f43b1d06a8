"""What can be done with groups, one verb a function. None of it commits."""

from exchanges.groups.actions.answering import answer_by_phone, confirm, dispute, resolve
from exchanges.groups.actions.deliver import deliver
from exchanges.groups.actions.ending import (
    cancel,
    end_care_where_comes,
    end_for_stopped,
    end_without_adult,
    lapse,
    miss,
    part,
    withdraw,
)
from exchanges.groups.actions.joining import join, leave
from exchanges.groups.actions.leaving import end_with, is_awaited
from exchanges.groups.actions.meetings import ask_how_it_was, nudge, tell_of_tomorrow
from exchanges.groups.actions.opening import Made, Present, change, open_group, record
from exchanges.groups.actions.silence import remind, settle_by_silence
from exchanges.groups.actions.writing import write_words

__all__ = [
    "Made",
    "Present",
    "answer_by_phone",
    "ask_how_it_was",
    "cancel",
    "change",
    "confirm",
    "deliver",
    "dispute",
    "end_care_where_comes",
    "end_for_stopped",
    "end_with",
    "end_without_adult",
    "is_awaited",
    "join",
    "lapse",
    "leave",
    "miss",
    "nudge",
    "open_group",
    "part",
    "record",
    "remind",
    "resolve",
    "settle_by_silence",
    "tell_of_tomorrow",
    "withdraw",
    "write_words",
]
