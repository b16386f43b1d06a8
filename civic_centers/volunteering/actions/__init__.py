"""What changes slots and shifts. None of it commits."""

from civic_centers.volunteering.actions.answering import accept_offer, decline_call, give_up
from civic_centers.volunteering.actions.caring import (
    let_go_of_care,
    let_go_of_stopped,
    let_go_of_stopped_carer,
    who_may_not_care,
)
from civic_centers.volunteering.actions.ending import (
    cancel_of_sessions,
    cancel_slot,
    end_at_center,
    forget_volunteer,
    leave_shifts,
    move_with_sessions,
    restore_of_sessions,
    stop_series,
    tell_elsewhere,
)
from civic_centers.volunteering.actions.freeing import pass_over
from civic_centers.volunteering.actions.making import change_slot, make_for_sessions, make_slots
from civic_centers.volunteering.actions.passing_on import ask_others, fill_places
from civic_centers.volunteering.actions.registering import ask_for_sheet, begin, end, insure, keep_sheet
from civic_centers.volunteering.actions.reminding import (
    announce_missing,
    ask_more,
    lay_out_series,
    remind,
    warn_uninsured,
)
from civic_centers.volunteering.actions.serving import check_in, check_out, confirm, note_missed, take_missed_back
from civic_centers.volunteering.actions.signing import Ready, Taken, look_first, sign_up, wait
from civic_centers.volunteering.actions.templating import keep_template, lay_out_template, retire_template
from civic_centers.volunteering.actions.watching import unwatch, watch

__all__ = [
    "Ready",
    "Taken",
    "accept_offer",
    "announce_missing",
    "ask_for_sheet",
    "ask_more",
    "ask_others",
    "begin",
    "cancel_of_sessions",
    "cancel_slot",
    "change_slot",
    "check_in",
    "check_out",
    "confirm",
    "decline_call",
    "end",
    "end_at_center",
    "fill_places",
    "forget_volunteer",
    "give_up",
    "insure",
    "keep_sheet",
    "keep_template",
    "lay_out_series",
    "lay_out_template",
    "leave_shifts",
    "let_go_of_care",
    "let_go_of_stopped",
    "let_go_of_stopped_carer",
    "look_first",
    "make_for_sessions",
    "make_slots",
    "move_with_sessions",
    "note_missed",
    "pass_over",
    "remind",
    "restore_of_sessions",
    "retire_template",
    "sign_up",
    "stop_series",
    "take_missed_back",
    "tell_elsewhere",
    "unwatch",
    "wait",
    "warn_uninsured",
    "watch",
    "who_may_not_care",
]
