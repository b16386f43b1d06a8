"""Writing in conversations of every kind, and what else one does with them."""

from community.conversations.actions.direct import begin, forget_direct, forget_wish, leave, standing, write_directly
from community.conversations.actions.doing import change_words, read_up_to, say, set_muted, show_reading, take_back
from community.conversations.actions.reminding import remind_of_words

__all__ = [
    "begin",
    "change_words",
    "forget_direct",
    "forget_wish",
    "leave",
    "read_up_to",
    "remind_of_words",
    "say",
    "set_muted",
    "show_reading",
    "standing",
    "take_back",
    "write_directly",
]
