"""What a reader of the board asks for, as groups of terms for the index."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from community.members.rules import SPOKEN
from exchanges.posts.policies import CONFIDENTIAL
from exchanges.posts.rules import AGE_BANDS, KINDS, WEEKDAYS, marks
from foundation.access import Actor
from foundation.search import EVERYBODY, MEMBERS, Groups, Question, entrusted_to, of_party, of_zone, question
from foundation.search.queries import audiences

LONGEST_SEARCH = 200
PAYS = ("gift", "hours")
ORDERS = ("newest", "best", "soonest", "nearest")
CHOICES = ("kind", "category_id", "zone_id", "weekday", "part", "pay", "language", "age")
"""The filters whose choices are counted."""
NAMES = {
    "q": "words", "kind": "kind", "category": "category_id", "zone": "zone_id", "day": "weekday", "part": "part",
    "pay": "pay", "language": "language", "age": "age", "order": "order",
}  # fmt: skip
"""How each filter is called in addresses and in saved searches, which name them in this order."""


@dataclass(frozen=True)
class Filters:
    """What the reader wants to see; nothing set means everything. Without `order`, the usual one."""

    kind: str = ""
    category_id: int | None = None
    zone_id: int | None = None
    pay: str = ""
    words: str = ""
    weekday: int | None = None
    part: str = ""
    language: str = ""
    age: str = ""
    order: str = ""
    by_visitor: bool = False
    """Whoever asks is no member, and is not told when households can."""

    @property
    def are_set(self) -> bool:
        return self != Filters(order=self.order, by_visitor=self.by_visitor)

    @property
    def question(self) -> Question:
        """What was typed, as a question."""
        return question(self.words)

    @property
    def sorted_by(self) -> str:
        """The order asked for, or the usual one: with words the best first, otherwise the newest."""
        usual = "best" if self.question.asks else "newest"
        return self.order if self.order and (self.order != "best" or usual == "best") else usual

    def asked_by(self, actor: Actor) -> "Filters":
        """The same, as this reader may ask it."""
        return replace(self, by_visitor=not actor.is_member)

    def without(self, name: str) -> "Filters":
        """The same with one filter left open."""
        empty: Any = next(one.default for one in fields(self) if one.name == name)
        return replace(self, **{name: empty})

    def groups(self) -> Groups:
        """Of each group a post has one mark."""
        found: list[tuple[str, ...]] = []
        if self.category_id is not None or self.zone_id is not None:
            found.append((marks.place(self.category_id, self.zone_id),))
        if self.kind:
            found.append((marks.kind(self.kind),))
        if self.pay:
            found.append((marks.pay(self.pay),))
        if self.weekday or self.part:
            found.append(marks.times(self.weekday, self.part, to_visitor=self.by_visitor))
        if self.language:
            found.append((marks.spoken(self.language),))
        if self.age:
            found.append((marks.age(self.age),))
        return found


def filters_of(said: Mapping[str, str]) -> Filters:
    """Filters as an address or a saved search says them; a value that nobody offered is as if it were not there."""
    return Filters(
        words=" ".join("".join(letter for letter in said.get("q", "") if letter.isprintable()).split())[
            :LONGEST_SEARCH
        ],
        kind=_one_of(said.get("kind"), KINDS),
        category_id=_number(said.get("category")),
        zone_id=_number(said.get("zone")),
        weekday=_number(_one_of(said.get("day"), [str(day) for day in WEEKDAYS])),
        part=_one_of(said.get("part"), marks.PART_KEYS),
        pay=_one_of(said.get("pay"), PAYS),
        language=_one_of(said.get("language"), SPOKEN),
        age=_one_of(said.get("age"), AGE_BANDS),
        order=_one_of(said.get("order"), ORDERS),
    )


def said_by(filters: Filters) -> dict[str, str]:
    """The same said shortly: only what is set, and the order only where it is not the usual one."""
    said = {name: getattr(filters, of) for name, of in NAMES.items()}
    if filters.order == filters.without("order").sorted_by:
        said["order"] = ""
    return {name: str(value) for name, value in said.items() if value}


def _one_of(said: str | None, offered: Collection[str]) -> str:
    return said if said and said in offered else ""


def _number(said: str | None) -> int | None:
    return int(said) if said and re.fullmatch(r"[0-9]{1,9}", said) else None


def audience_of(actor: Actor) -> tuple[str, ...]:
    """The group of marks of all that the actor may find; as exchanges.posts.policies.seen_by says it."""
    if not actor.is_member:
        return audiences("post", actor.community_id, [EVERYBODY])
    mine = [of_party(party_id) for party_id in actor.party_ids]
    makes = actor.zones_for(CONFIDENTIAL)
    zones = {actor.zone_id} if actor.zone_id is not None else set()
    if makes is None:
        names = [marks.ZONED, marks.ENTRUSTED]
    else:
        names = [of_zone(zone) for zone in sorted(zones | set(makes))] + [entrusted_to(zone) for zone in makes]
    return audiences("post", actor.community_id, [EVERYBODY, MEMBERS, *names, *mine])
