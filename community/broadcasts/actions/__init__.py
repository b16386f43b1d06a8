"""Writing to many, a second maker's yes, sending, and everything that undoes it."""

from community.broadcasts.actions.approving import approve, send_back, send_off
from community.broadcasts.actions.moderating import count_opening, hide, set_rules, show_again
from community.broadcasts.actions.sending import begin, cancel, stop, tell_some
from community.broadcasts.actions.writing import change, copy, discard, end_with, forget, start

__all__ = [
    "approve",
    "begin",
    "cancel",
    "change",
    "copy",
    "count_opening",
    "discard",
    "end_with",
    "forget",
    "hide",
    "send_back",
    "send_off",
    "set_rules",
    "show_again",
    "start",
    "stop",
    "tell_some",
]
