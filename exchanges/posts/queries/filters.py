"""What a reader of the board asks for, as groups of terms for the index."""

from dataclasses import dataclass, fields, replace
from typing import Any

from exchanges.posts.policies import CONFIDENTIAL
from exchanges.posts.rules import marks
from foundation.access import Actor
from foundation.search import EVERYBODY, MEMBERS, Groups, Question, entrusted_to, of_party, of_zone, question
from foundation.search.queries import audiences

ORDERS = ("newest", "best", "soonest", "nearest")
CHOICES = ("kind", "category_id", "zone_id", "weekday", "part", "pay", "language", "age")
"""The filters whose choices are counted."""


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

    @property
    def are_set(self) -> bool:
        return self != Filters(order=self.order)

    @property
    def question(self) -> Question:
        """What was typed, as a question."""
        return question(self.words)

    @property
    def sorted_by(self) -> str:
        """The order asked for, or the usual one: with words the best first, otherwise the newest."""
        usual = "best" if self.question.asks else "newest"
        return self.order if self.order and (self.order != "best" or usual == "best") else usual

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
            found.append(marks.times(self.weekday, self.part))
        if self.language:
            found.append((marks.spoken(self.language),))
        if self.age:
            found.append((marks.age(self.age),))
        return found


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
