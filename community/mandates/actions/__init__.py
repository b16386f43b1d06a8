"""Opening households without e-mail, keeping what they agreed to, and handing the account over."""

from community.mandates.actions.keeping import (
    agree,
    change_contacts,
    change_home,
    end,
    end_as_told,
    end_everywhere,
    end_where_reached,
    open_household,
    remind_ending,
)
from community.mandates.actions.leaving import leave_as_told, return_as_told
from community.mandates.actions.taking_over import (
    BY_MAIL,
    TAKE_OVER,
    ask_for_mail,
    code_behind,
    finish,
    give_code,
    take_code_back,
)

__all__ = [
    "BY_MAIL",
    "TAKE_OVER",
    "agree",
    "ask_for_mail",
    "change_contacts",
    "change_home",
    "code_behind",
    "end",
    "end_as_told",
    "end_everywhere",
    "end_where_reached",
    "finish",
    "give_code",
    "leave_as_told",
    "open_household",
    "remind_ending",
    "return_as_told",
    "take_code_back",
]
