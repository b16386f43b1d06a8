"""The people of a demo community as actors, by the codes of its files."""

from dataclasses import dataclass, field

from sqlmodel import select

from community.categories.tables import Category
from community.communities.tables import Community, CommunityRules
from community.members.tables import Person
from community.parties.tables import Party
from community.zones.tables import Zone
from exchanges.importing.queries import actor_named
from foundation.access import Actor, Grant
from foundation.database import Session


@dataclass
class People:
    """Looks each person up once: nobody's roles or households change while the demo is told."""

    session: Session
    community: Community
    _known: dict[str, Actor] = field(default_factory=dict)
    _at_hand: list[object] = field(default_factory=list)

    def actor(self, code: str) -> Actor:
        """Who acts under that code: a person for their household, an organisation through the first of its people."""
        if code not in self._known:
            self._known[code] = actor_named(self.session, self.community_id, self.community.slug, code)
        return self._known[code]

    def maker_of(self, zone_id: int | None, *parties: int) -> Actor:
        """A maker of the zone who acts for none of the parties."""
        makers = [actor for actor in self._known.values() if any(grant.role == "maker" for grant in actor.grants)]
        for actor in makers:
            covers = any(grant.role == "maker" and grant.zone_id == zone_id for grant in actor.grants)
            if covers and not {*actor.party_ids} & {*parties}:
                return actor
        raise LookupError(f"no maker for zone {zone_id}")

    def person(self, code: str) -> Person:
        """The person under that code."""
        found = self.session.get(Person, self.actor(code).must_be_person())
        if found is None:
            raise LookupError(code)
        return found

    def party(self, code: str) -> Party:
        """The party that acts under that code."""
        found = self.session.get(Party, self.actor(code).must_be_party())
        if found is None:
            raise LookupError(code)
        return found

    def refresh(self, *codes: str) -> None:
        """Forget what was known of some, and look them up again: they were given a role."""
        for code in codes:
            self._known.pop(code, None)
            self.actor(code)

    def keep_at_hand(self) -> None:
        """Hold everybody and everything that each step looks up, so that a year takes seconds and not a minute."""
        for table in (Person, Party, Category, Zone, CommunityRules):
            self._at_hand += list(self.session.exec(select(table)))

    @property
    def community_id(self) -> int:
        return self.community.id or 0

    @property
    def installation(self) -> Actor:
        """The installation itself, which gives the first roles."""
        return Actor(community_id=self.community_id, grants=(Grant("administrator"),))
