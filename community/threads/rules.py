"""What may be written in a thread."""

from foundation.errors import N_, Invalid

LONGEST_MESSAGE = 4000
PAGE = 30


def check_words(words: str) -> str:
    """The words of a message, trimmed. Raises Invalid at `words`."""
    trimmed = words.strip()
    if not trimmed:
        raise Invalid(N_("Write something first."), field="words")
    if len(trimmed) > LONGEST_MESSAGE:
        raise Invalid(N_("This is too long: %(most)s characters at most."), field="words", most=LONGEST_MESSAGE)
    return trimmed
