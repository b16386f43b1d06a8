"""What can be done in a care circle. None of it commits."""

from civic_centers.circles.actions.asking import able_for, ask_next, ask_round, fall_out
from civic_centers.circles.actions.attending import note_came, note_left, note_not_come, say_comes
from civic_centers.circles.actions.caring import (
    adult_ends,
    circles_with,
    let_go_of_care,
    let_go_of_carer,
    look_at_consent,
    part,
    remind,
    remind_to_tell,
    who_may_not_care,
)
from civic_centers.circles.actions.counting import propose_counting, vote
from civic_centers.circles.actions.families import answer_asked, ask_in, ask_no_more, decline, invite, join, leave
from civic_centers.circles.actions.forgetting import (
    dependant_removed,
    forget,
    household_joined,
    names_gone,
    somebody_leaves,
)
from civic_centers.circles.actions.hours import confirm, correct, may_confirm, post_again, tell_minutes
from civic_centers.circles.actions.laying import lay_out, roll, set_rhythm
from civic_centers.circles.actions.making import (
    edit_circle,
    end_circle,
    hide_words,
    propose_circle,
    show_words_again,
    start_circle,
)
from civic_centers.circles.actions.pausing import end_pause, pause, pause_family
from civic_centers.circles.actions.people import (
    answer_adult,
    as_seen,
    bring_child,
    erase_when_over,
    may_read_notes,
    put_adult_down,
    take_adult_off,
    take_child_out,
    write_notes,
)
from civic_centers.circles.actions.rota import Rota, confirm_rota, plan
from civic_centers.circles.actions.swapping import answer_swap, propose_swap
from civic_centers.circles.actions.taking import come_not_too, come_too, give_up, look_for_substitute, say_no, take
from civic_centers.circles.actions.writing import write_words

__all__ = [
    "Rota",
    "able_for",
    "adult_ends",
    "answer_adult",
    "answer_asked",
    "answer_swap",
    "as_seen",
    "ask_in",
    "ask_next",
    "ask_no_more",
    "ask_round",
    "bring_child",
    "circles_with",
    "come_not_too",
    "come_too",
    "confirm",
    "confirm_rota",
    "correct",
    "decline",
    "dependant_removed",
    "edit_circle",
    "end_circle",
    "end_pause",
    "erase_when_over",
    "fall_out",
    "forget",
    "give_up",
    "hide_words",
    "household_joined",
    "invite",
    "join",
    "lay_out",
    "leave",
    "let_go_of_care",
    "let_go_of_carer",
    "look_at_consent",
    "look_for_substitute",
    "may_confirm",
    "may_read_notes",
    "names_gone",
    "note_came",
    "note_left",
    "note_not_come",
    "part",
    "pause",
    "pause_family",
    "plan",
    "post_again",
    "propose_circle",
    "propose_counting",
    "propose_swap",
    "put_adult_down",
    "remind",
    "remind_to_tell",
    "roll",
    "say_comes",
    "say_no",
    "set_rhythm",
    "show_words_again",
    "somebody_leaves",
    "start_circle",
    "take",
    "take_adult_off",
    "take_child_out",
    "tell_minutes",
    "vote",
    "who_may_not_care",
    "write_notes",
    "write_words",
]
