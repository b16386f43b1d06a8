"""What can be done with series, one verb a function. None of it commits."""

from exchanges.series.actions.answer import accept, close_proposals, decline, withdraw
from exchanges.series.actions.ending import end, end_with, lapse, part, stop_all_of
from exchanges.series.actions.laying import look_at_who_comes, roll
from exchanges.series.actions.phone import answer_by_phone
from exchanges.series.actions.propose import ask, counter, propose, suggest
from exchanges.series.actions.skip import replace_adult, skip
from exchanges.series.actions.together import OneChanged, Said, confirm_together, deliver_together
from exchanges.series.actions.writing import write_words

__all__ = [
    "OneChanged",
    "Said",
    "accept",
    "answer_by_phone",
    "ask",
    "close_proposals",
    "confirm_together",
    "counter",
    "decline",
    "deliver_together",
    "end",
    "end_with",
    "lapse",
    "look_at_who_comes",
    "part",
    "propose",
    "replace_adult",
    "roll",
    "skip",
    "stop_all_of",
    "suggest",
    "withdraw",
    "write_words",
]
