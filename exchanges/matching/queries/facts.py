"""What there is to know about at most two hundred parties or posts, in one question: each line names its kind."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import union_all

from community.availability.rules import Slot
from community.safeguarding.rules import FOR_CARE, Check, Requirements, together, what_lacks
from exchanges.matching.queries.lines import Line
from foundation.database import Session


@dataclass
class Party:
    """What was found about one party."""

    week: list[Slot] = field(default_factory=list)
    speaks: set[str] = field(default_factory=set)
    wish: str = ""
    asked_lately: int = 0
    given: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    """How many exchanges it gave, by category."""
    helped: int = 0
    """Exchanges between it and the one who asks."""
    skills: set[tuple[str, int]] = field(default_factory=set)
    posted: set[tuple[str, int]] = field(default_factory=set)
    """Kinds and categories of its open posts."""
    people: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Post:
    """What a card on the board does not say."""

    category_id: int
    nearness: int
    languages: tuple[str, ...]


@dataclass
class Known:
    """Parties and posts by id, the dates to come of posts, and the category tree."""

    parties: dict[int, Party] = field(default_factory=lambda: defaultdict(Party))
    posts: dict[int, Post] = field(default_factory=dict)
    dates: dict[int, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    above: dict[int, int] = field(default_factory=dict)
    caring: set[int] = field(default_factory=set)
    asked: dict[int, Requirements] = field(default_factory=dict)
    checks: dict[int, list[Check]] = field(default_factory=lambda: defaultdict(list))

    def somebody_may_come(self, party_id: int, category_id: int, today: date) -> bool:
        """Whether some adult of a party has shown on the day `today` what a category asks (domain, Children 1)."""
        demands = self.demands(category_id)
        return not demands.of_person or any(
            not what_lacks(demands, self.checks[person_id], today) for person_id in self.parties[party_id].people
        )

    def demands(self, category_id: int) -> Requirements:
        """What a category asks of who comes, and the branch above it."""
        both = (category_id, self.above.get(category_id, 0))
        care = [FOR_CARE] if any(one in self.caring for one in both) else []
        return together([*care, *(self.asked[one] for one in both if one in self.asked)])

    def related(self, category_id: int, categories: Collection[int]) -> bool:
        """Whether one of the categories is this one, its branch, or a leaf below it."""
        branch = self.above.get(category_id)
        return any(one in (category_id, branch) or self.above.get(one) == category_id for one in categories)

    def times_given(self, party_id: int, category_id: int) -> int:
        """How many exchanges a party gave in a category, or in the leaves below it."""
        given = self.parties[party_id].given
        return sum(count for one, count in given.items() if category_id in (one, self.above.get(one)))

    def has(self, party_id: int, kind: str, category_id: int) -> tuple[bool, bool]:
        """Whether a party said on its page, and on the board, that it gives (`offer`) or needs such a thing."""
        party = self.parties[party_id]
        said = [category for of_kind, category in party.skills if of_kind == kind]
        posted = [category for of_kind, category in party.posted if of_kind == kind]
        return self.related(category_id, said), self.related(category_id, posted)


def read(session: Session, asked: Iterable[Line]) -> Known:
    """The answers to several questions of queries/lines.py, asked as one."""
    found = Known()
    for kind, about, one, two, words, moment in session.execute(union_all(*asked)):
        if kind in _OF_NO_PARTY:
            _take(found, kind, about, one, two, words, moment)
        else:
            _take_party(found.parties[about], kind, one, two, words)
    for party in found.parties.values():
        party.week.sort()
    return found


_OF_NO_PARTY = frozenset({"category", "post", "date", "check", "demand"})


def _take(found: Known, kind: str, about: int, one: int, two: int, words: str, moment: Any) -> None:
    match kind:
        case "category":
            found.above[about] = one
            if words != "none":
                found.caring.add(about)
        case "post":
            found.posts[about] = Post(one, two, tuple(json.loads(words or "[]") or ()))
        case "date":
            found.dates[about].append(moment)
        case "check":
            of_kind, seen_on, what = words.split("|", 2)
            found.checks[about].append(Check(of_kind, date.fromisoformat(seen_on[:10]), what=what, years=one))
        case "demand":
            trainings = frozenset({words[2:]} if words[2:] else ())
            found.asked[about] = Requirements(words[0] == "i", one, trainings, two, words[1] == "c")


def _take_party(party: Party, kind: str, one: int, two: int, words: str) -> None:
    match kind:
        case "slot":
            weekday, _, part = words.partition(":")
            party.week.append(Slot(int(weekday), one, two, part))
        case "person":
            party.people.add(one)
            party.speaks.update(json.loads(words or "[]") or [])
        case "wish":
            party.wish = words
        case "skill" | "posted":
            (party.skills if kind == "skill" else party.posted).add((words, one))
        case _:
            _count(party, kind, one, two)


def _count(party: Party, kind: str, one: int, two: int) -> None:
    match kind:
        case "asked":
            party.asked_lately = one
        case "given":
            party.given[one] = two
        case "together":
            party.helped += one
