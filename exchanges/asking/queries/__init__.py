"""Posts that are asked about: which may be, what was asked, and where somebody waits."""

from exchanges.asking.queries.silence import Silent, own_last_words, silent_questions
from exchanges.asking.queries.single import (
    LIVING,
    Question,
    asking_on_page,
    number_asked,
    own_threads,
    post_to_ask_about,
    question_of,
    questions_about,
    standing_of,
    talks_of,
)

__all__ = [
    "LIVING",
    "Question",
    "Silent",
    "asking_on_page",
    "number_asked",
    "own_last_words",
    "own_threads",
    "post_to_ask_about",
    "question_of",
    "questions_about",
    "silent_questions",
    "standing_of",
    "talks_of",
]
