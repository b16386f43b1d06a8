"""What is done in housing help, one verb a function. None of it commits."""

from care.housing.actions.answering import answer, expire, take_back
from care.housing.actions.ending import ask_how, close_case, help_case, note_followed, withdraw
from care.housing.actions.leaving import (
    end_for_stopped,
    forget,
    move_to_party,
    move_to_zone,
    part_blocked,
    person_ended,
    somebody_leaves,
)
from care.housing.actions.matching import ask_second, call_off, propose
from care.housing.actions.meeting import ask_for_a_hand
from care.housing.actions.money import note_given, note_returned, promise
from care.housing.actions.noting import add_paper, note, say_to_desk, tick_paper
from care.housing.actions.sheets import say_yes, write_sheet
from care.housing.actions.telling import tell_of_new_reader
from care.housing.actions.writing import agree_to_move, begin, discard, save_step, send

__all__ = [
    "add_paper",
    "agree_to_move",
    "answer",
    "ask_for_a_hand",
    "ask_how",
    "ask_second",
    "begin",
    "call_off",
    "close_case",
    "discard",
    "end_for_stopped",
    "expire",
    "forget",
    "help_case",
    "move_to_party",
    "move_to_zone",
    "note",
    "note_followed",
    "note_given",
    "note_returned",
    "part_blocked",
    "person_ended",
    "promise",
    "propose",
    "save_step",
    "say_to_desk",
    "say_yes",
    "send",
    "somebody_leaves",
    "take_back",
    "tell_of_new_reader",
    "tick_paper",
    "withdraw",
    "write_sheet",
]
