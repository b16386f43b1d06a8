"""What may be written in a thread, how long it may be put right, and what tells how somebody is reached. Pure."""

import re
from datetime import datetime, timedelta

from foundation.errors import N_, Invalid

LONGEST_MESSAGE = 4000
LONGEST_SEEN = 200
PAGE = 30
MOST_PHOTOS = 3
EDITING = timedelta(minutes=10)
"""So long words may be put right; after that people have read and answered them."""
LOOKED_THROUGH = 2000
"""So many messages one search looks at before it asks whether to look further back."""

_REACHED = re.compile(
    r"[\w.+-]+@[\w-]+\.[a-z]{2,}"  # an e-mail address
    r"|(?<!\w)(?:\+|00)\d(?:[\s./-]{0,2}\d){7,}"  # a number with the code of a country
    r"|(?<!\w)3\d{2}(?:[\s./-]?\d){6,7}(?!\w)"  # a mobile number
    r"|(?<!\w)0\d{1,3}[\s./-]?\d(?:[\s./-]?\d){4,7}(?!\w)",  # a telephone at home
    re.IGNORECASE,
)
_STREET = re.compile(
    r"\b(?:via|viale|v\.le|vicolo|piazza|piazzale|p\.za|corso|c\.so|largo|strada|contrada|borgo|lungo\w+)"
    r"\s+(?!(?:alle|dalle|tra|fra|per|con|il|in|da)\b)(?:\w[\w'’.]*\s*,?\s+){1,4}?(?:n\.?\s*)?\d{1,4}(?!\d|\s*(?:min|or[ae]|h\b|euro|%))"
    r"|\b\d{1,4}\s+(?:\w[\w'’]*\s+){1,3}(?:street|road|avenue|lane|square)\b",
    re.IGNORECASE,
)


def check_words(words: str, photos: int = 0) -> str:
    """The words of a message, trimmed; photographs may stand without any. Raises Invalid at `words` or `photos`."""
    trimmed = words.replace("\x00", "").strip()
    if not trimmed and not photos:
        raise Invalid(N_("Write something first."), field="words")
    if len(trimmed) > LONGEST_MESSAGE:
        raise Invalid(N_("This is too long: %(most)s characters at most."), field="words", most=LONGEST_MESSAGE)
    if photos > MOST_PHOTOS:
        raise Invalid(N_("%(most)s photographs at most."), field="photos", most=MOST_PHOTOS)
    return trimmed


def is_recent(sent_at: datetime, now: datetime) -> bool:
    """Whether words sent then may still be put right."""
    return now - sent_at <= EDITING


def tells_how_to_reach(words: str) -> bool:
    """Whether a text seems to hold a telephone number, an e-mail address or a street with its number."""
    return bool(_REACHED.search(words) or _STREET.search(words))
