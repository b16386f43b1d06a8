"""How a journey is walked: on which screen, with or without script, in which language."""

import gettext
import os
from dataclasses import dataclass
from functools import cache

import pytest

from app import ROOT

SIZES = {"phone": {"width": 360, "height": 740}, "desktop": {"width": 1280, "height": 900}}

# Each pair of (size, script, language) occurs at least once in four; `make test-all` walks all eight.
PAIRWISE = [("phone", True, "it"), ("desktop", True, "en"), ("phone", False, "en"), ("desktop", False, "it")]
EVERY = [(size, script, language) for size in SIZES for script in (True, False) for language in ("it", "en")]
WALKED = EVERY if os.environ.get("RECIPROCA_TEST_ALL") else PAIRWISE


@dataclass(frozen=True)
class Way:
    """One of the ways."""

    size: str
    script: bool
    language: str

    def __str__(self) -> str:
        return "-".join([self.size, "script" if self.script else "plain", self.language])

    def words(self, english: str, **params: object) -> str:
        """A sentence of the interface in the journey's language. Raises LookupError where it was never translated."""
        found = english if self.language == "en" else _catalogue(self.language).gettext(english)
        return found % params if params else found

    def plural(self, one: str, many: str, number: int, **params: object) -> str:
        """The same for a sentence that counts."""
        if self.language == "en":
            found = one if number == 1 else many
        else:
            found = _catalogue(self.language).ngettext(one, many, number)
        return found % {"num": number, **params}


def walked_only(*ways: tuple[str, bool, str]) -> pytest.MarkDecorator:
    """For journeys that mean something in these ways only."""
    return pytest.mark.parametrize("way", ways, indirect=True, ids=[str(Way(*way)) for way in ways])


class _Untranslated(gettext.NullTranslations):
    """Where the catalogue has no word of its own."""

    def gettext(self, message: str) -> str:
        raise LookupError(f"not in the catalogue: {message!r}")

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        raise LookupError(f"not in the catalogue: {msgid1!r}")


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    catalogue = gettext.translation("messages", ROOT / "translations", [language])
    catalogue.add_fallback(_Untranslated())
    return catalogue
