"""What may be asked and answered about somebody."""

from dataclasses import dataclass
from datetime import timedelta

from foundation.errors import N_, Invalid

LONGEST_NAME = 120
LONGEST_ANSWER = 2000
LONGEST_REASON = 500
LINK_LASTS = timedelta(days=21)
OPEN = ("asked", "answered", "accepted")
"""While a request stands like this, the same household or organisation is not asked again about the same person."""


@dataclass(frozen=True)
class Answers:
    """What somebody answered: their name, and the three questions."""

    name: str
    since_when: str
    would_entrust: str
    to_know: str = ""


def check_answers(answers: Answers) -> Answers:
    """The answers without stray spaces. Raises Invalid at the field."""
    tidy = Answers(*(words.strip() for words in vars(answers).values()))
    for field in ("name", "since_when", "would_entrust"):
        if not getattr(tidy, field):
            raise Invalid(N_("A few words are enough, but we need them."), field=field)
    if len(tidy.name) > LONGEST_NAME or max(map(len, vars(tidy).values())) > LONGEST_ANSWER:
        raise Invalid(N_("Use fewer words."), field="name" if len(tidy.name) > LONGEST_NAME else "since_when")
    return tidy
