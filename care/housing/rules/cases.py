"""What a need or an offer may say, which pages ask for it, and when something can still be done with it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from foundation.errors import N_, Invalid, Refused, Stale

SIDES = ("need", "offer")
KINDS = ("stay", "deposit", "moving", "repairs", "documents", "mediation")
LIVE = ("open", "matching")
REACHES = ("here", "call", "meet")
BANDS = ("0-5", "6-13", "14-17", "18-64", "65+")
OUTCOMES = ("home", "stay", "money", "moved", "repaired", "papers", "mediated", "other")
MOST_PEOPLE = 20
MOST_CENTS = 1_000_000
"""10 000 €: beyond it is no matter for neighbours."""
LONGEST = 2000
LONGEST_LINE = 300
MOST_OPEN = 10
"""So many needs and offers of one person wait at most: more is for a talk at the desk."""
MOST_PAPERS = 40
STAYS_OPEN = ("moving", "repairs", "documents", "mediation")
"""An offer of these kinds is not used up by helping once."""

LANGUAGES = {
    "it": "Italiano", "en": "English", "fr": "Français", "es": "Español", "ro": "Română", "sq": "Shqip",
    "ar": "العربية", "uk": "Українська", "zh": "中文", "pa": "ਪੰਜਾਬੀ", "bn": "বাংলা", "ur": "اردو", "hi": "हिन्दी",
}  # fmt: skip

STEPS = {
    "stay": ("what", "when", "who", "terms", "reach", "readers"),
    "deposit": ("what", "amount", "when", "terms", "reach", "readers"),
    "moving": ("what", "when", "reach", "readers"),
    "repairs": ("what", "when", "reach", "readers"),
    "documents": ("what", "when", "reach", "readers"),
    "mediation": ("what", "reach", "readers"),
}
"""What is asked for each kind, one page a thing."""


def steps_of(kind: str, side: str) -> tuple[str, ...]:
    """The pages of a case: upon which conditions euro are given is asked only of who gives them."""
    return tuple(step for step in STEPS[kind] if (kind, side, step) != ("deposit", "need", "terms"))


@dataclass(frozen=True)
class Told:
    """What somebody says of their need or offer: all of it is kept closed."""

    words: str = ""
    place: str = ""
    """Roughly where, in their own words."""
    conditions: str = ""
    reach_words: str = ""
    """Which number, between which hours, where it is safe."""
    bands: dict[str, int] = field(default_factory=dict)
    """For whom: how many of each age band, and no names."""


class NotNow(Stale):
    """The case is not where the person believed it to be."""


def not_now() -> NotNow:
    """The error for what the present state does not allow, or for a form opened before a change."""
    return NotNow(
        N_("Something changed here in the meantime."),
        advice=N_("This is how things stand now: look at it again, and decide."),
    )


def not_these_two() -> Refused:
    """Always the same words, whatever the reason: a block, a no, a house shared. The desk learns nothing from them."""
    return Refused(N_("These two are not for each other. Look for another."))


def must_be_live(state: str) -> None:
    """Raises NotNow for what is a draft, or over."""
    if state not in LIVE:
        raise not_now()


def check_words(words: str, field_name: str = "words", *, longest: int = LONGEST, may_be_empty: bool = False) -> str:
    """The words without stray spaces. Raises Invalid at the field."""
    said = words.strip()
    if not said and not may_be_empty:
        raise Invalid(N_("A few words are enough."), field=field_name)
    if len(said) > longest:
        raise Invalid(N_("Use fewer words."), field=field_name)
    return said


def check_days(from_on: date | None, to_on: date | None) -> None:
    """Raises Invalid where the end comes before the beginning."""
    if from_on is not None and to_on is not None and to_on < from_on:
        raise Invalid(N_("The last day comes before the first."), field="to_on")


def check_cents(cents: int | None, field_name: str = "amount") -> int:
    """Whole euro cents, more than nothing and up to 10 000 €. Raises Invalid at the field."""
    if cents is None or not 1 <= cents <= MOST_CENTS:
        raise Invalid(N_("Write an amount up to 10,000 €."), field=field_name)
    return cents


def check_bands(bands: dict[str, int]) -> int | None:
    """How many people that is; None for nobody said. Raises Invalid beyond twenty."""
    if any(band not in BANDS or not 0 <= number <= MOST_PEOPLE for band, number in bands.items()):
        raise Invalid(N_("Choose one of the values offered."), field="bands")
    number = sum(bands.values())
    if number > MOST_PEOPLE:
        raise Invalid(N_("Write how many you are, up to twenty."), field="bands")
    return number or None


def says_who(words: str, names: Iterable[str], reached: Iterable[str]) -> bool:
    """Whether words tell one of some names, or an e-mail or telephone, however they are punctuated or spaced."""
    said = _plain(words)
    if any(name.strip() and f" {_plain(name)} " in f" {said} " for name in names):
        return True
    close = words.casefold()
    digits = re.sub(r"\D", "", words)
    return any(
        one.casefold() in close if "@" in one else len(number := re.sub(r"\D", "", one)[-7:]) >= 6 and number in digits
        for one in reached
    )


def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.casefold()))


def is_whole(kind: str, told: Told, amount_cents: int | None) -> str:
    """The step that still lacks something without which it cannot be sent; empty when it can."""
    if not told.words:
        return "what"
    return "amount" if kind == "deposit" and amount_cents is None else ""
