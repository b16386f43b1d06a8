"""What a concern may say, and whom to call first."""

from foundation.errors import N_, Invalid

LONGEST_WORDS = 4000
LONGEST_REACH = 300
REACHES = ("here", "phone", "meet")


def check_words(words: str, field: str = "words") -> str:
    """The words without stray spaces. Raises Invalid at the field."""
    said = words.strip()
    if not said:
        raise Invalid(N_("A few words are enough."), field=field)
    if len(said) > LONGEST_WORDS:
        raise Invalid(N_("Use fewer words."), field=field)
    return said
