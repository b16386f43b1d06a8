"""The words of grown communities: patterns of words.toml, and variations on what the demo's own people wrote."""

import csv
import io
import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TypeVar

from demo.files import FIRST
from foundation.importing.encodings import decode

LONGEST_TITLE = 120
Some = TypeVar("Some")
_KINDS = {"offro": "offer", "cerco": "need"}
_SENTENCES = re.compile(r"(?<=[.!?])\s+")
_TAILS = ("", "", "", ", {day}", ", {often}", ", {part}", " ({zone})", ", vicino {near}")


@dataclass(frozen=True)
class Written:
    """A post of the demo: its title, and the sentences of its description."""

    title: str
    sentences: Sequence[str]


@dataclass(frozen=True)
class Words:
    """Everything there is to choose from, by category (its slug), by the branch it stands on, and by kind."""

    slots: Mapping[str, Sequence[str]]
    titles: Mapping[str, Mapping[str, Sequence[str]]]
    sentences: Mapping[str, Mapping[str, Sequence[str]]]
    common: Mapping[str, Sequence[str]]
    demo_posts: Mapping[tuple[str, str], Sequence[Written]]
    demo_exchanges: Mapping[str, Sequence[str]]
    thanks: Sequence[str]
    when: Sequence[str]


def read_words(slug_of: Mapping[str, str]) -> Words:
    """The words for a community; `slug_of` has the slug of each category by its Italian name."""
    said = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
    posts: dict[tuple[str, str], list[Written]] = defaultdict(list)
    when = set()
    for row in _rows(FIRST / "posts.csv"):
        slug = slug_of.get(row["Categoria"], "")
        posts[slug, _KINDS[row["Tipo"]]].append(Written(row["Titolo"], _SENTENCES.split(row["Descrizione"])))
        when.add(row["Quando"])
    exchanges: dict[str, dict[str, None]] = defaultdict(dict)
    thanks: dict[str, None] = {}
    for row in _rows(FIRST / "exchanges.csv"):
        exchanges[slug_of.get(row["Categoria"], "")][row["Che cosa"]] = None
        if row["Grazie"]:
            thanks[row["Grazie"]] = None
    return Words(
        slots=said["slots"],
        titles=said["leaf"],
        sentences=said["say"],
        common=said["common"],
        demo_posts=posts,
        demo_exchanges={slug: list(found) for slug, found in exchanges.items()},
        thanks=list(thanks),
        when=[*said["common"]["when"], *sorted(when - {""})],
    )


@dataclass
class Pen:
    """Writes posts. What fills a place stays the same inside one post, so that it does not contradict itself."""

    words: Words
    chance: Random
    _filled: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, slot: str) -> str:
        """What fills a place of the pattern being written."""
        found = self._filled.get(slot)
        if found is None:
            found = self._filled[slot] = self._one(self.words.slots[slot])
        return found

    def post(self, slug: str, branch: str, kind: str, zone: str) -> tuple[str, str]:
        """A title and a description."""
        self._filled = {"zone": zone}
        chance = self.chance.random
        demo = self.words.demo_posts.get((slug, kind))
        own = self.words.sentences[branch][kind]
        if demo and chance() < 0.35:
            written = self._one(demo)
            title = written.title + self._tail(written.title)
            said = list(written.sentences[: 1 + int(chance() * 3)])
        else:
            title = self._one(self.words.titles[slug][kind])
            said = [self._one(own)]
        if chance() < 0.7:
            said.append(self._one(own))
        if chance() < 0.75:
            said.append(self._one(self.words.common[kind]))
        sentences = [self._begun(sentence) for sentence in dict.fromkeys(said)]
        return self._begun(title)[:LONGEST_TITLE], " ".join(sentences)

    def when(self) -> str:
        """When, in words; of the post written last."""
        return self._begun(self._one(self.words.when))

    def _tail(self, title: str) -> str:
        return "" if title.endswith(("?", ".", "!")) else self._one(_TAILS)

    def _begun(self, pattern: str) -> str:
        filled = pattern.format_map(self)
        return filled[:1].upper() + filled[1:]

    def _one(self, choices: Sequence[Some]) -> Some:
        return choices[int(self.chance.random() * len(choices))]


def _rows(path: Path) -> list[dict[str, str]]:
    text, _ = decode(path.read_bytes())
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
