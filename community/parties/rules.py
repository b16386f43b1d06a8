"""What a party may be called, and what it may say about itself."""

from foundation.errors import N_, Invalid

LONGEST_NAME = 120
LONGEST_ABOUT = 2000
LONGEST_ADDRESS = 300
MOST_SKILLS = 40


def checked_party_name(name: str, field: str = "name") -> str:
    """The name without stray spaces. Raises Invalid when it is empty or too long."""
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > LONGEST_NAME:
        raise Invalid(N_("Write a name of up to %(longest)s letters."), field=field, longest=LONGEST_NAME)
    return tidy


def checked_words(words: str, longest: int, field: str) -> str:
    """Free words, trimmed. Raises Invalid when they are too long."""
    tidy = words.strip()
    if len(tidy) > longest:
        raise Invalid(N_("This is too long: %(longest)s letters at most."), field=field, longest=longest)
    return tidy
