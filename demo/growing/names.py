"""The names of grown people, and what they say of themselves: those of the demo, mixed anew."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from community.importing.rules import LANGUAGES
from demo.files import FIRST
from foundation.importing import fold
from foundation.importing.encodings import decode


@dataclass(frozen=True)
class Names:
    """Given and family names that go together, with the languages of those who bear them."""

    groups: Sequence[tuple[Sequence[str], Sequence[str], Sequence[tuple[str, ...]]]]
    weights: Sequence[int]
    about: Sequence[str]


def names_of_the_demo() -> Names:
    """The names of the demo's people, by the language they speak first."""
    known = {fold(word): code for code, words in LANGUAGES.items() for word in words}
    text, _ = decode((FIRST / "members.csv").read_bytes())
    groups: dict[str, tuple[dict[str, None], dict[str, None], dict[tuple[str, ...], None]]] = {}
    weights: dict[str, int] = {}
    about: dict[str, None] = {}
    for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=";"):
        spoken = tuple(known[fold(word)] for word in row["Lingue"].split("/") if fold(word) in known)
        group = spoken[0] if spoken else "it"
        given, families, languages = groups.setdefault(group, ({}, {}, {}))
        given[row["Nome"]] = None
        families[row["Cognome"]] = None
        languages[spoken or ("it",)] = None
        weights[group] = weights.get(group, 0) + 1
        if row["Chi siamo"]:
            about[row["Chi siamo"]] = None
    found = [(list(given), list(families), list(languages)) for given, families, languages in groups.values()]
    return Names(found, list(weights.values()), list(about))
