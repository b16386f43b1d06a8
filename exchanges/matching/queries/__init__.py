"""Reading what fits: who could answer, what could be answered, when both can."""

from exchanges.matching.queries.answerable import Answerable, what_i_could_answer
from exchanges.matching.queries.asked import Invitation, asked_today, invitations_for, is_asked, number_asked, wish_of
from exchanges.matching.queries.needs import needs_matching
from exchanges.matching.queries.people import Suggested, is_suggested, who_could_answer
from exchanges.matching.queries.times import common_starts, common_times, wanted_of

__all__ = [
    "Answerable",
    "Invitation",
    "Suggested",
    "asked_today",
    "common_starts",
    "common_times",
    "invitations_for",
    "is_asked",
    "is_suggested",
    "needs_matching",
    "number_asked",
    "wanted_of",
    "what_i_could_answer",
    "who_could_answer",
    "wish_of",
]
