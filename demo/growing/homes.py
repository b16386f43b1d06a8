"""Grown households: their people, what they can give and need, whom makers have met, and their accounts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

from community.availability.tables import Availability
from community.households.tables import Dependant
from community.importing.rules import joined_names
from community.members.rules import SECOND_FACTOR_GRACE
from community.members.tables import Membership, Person, RoleGrant
from community.parties.tables import Party, PartyMember, PartySkill
from community.safeguarding.tables import CareCheck, SafeguardingLead
from demo.growing.bulk import Bulk, keep_house
from demo.growing.names import Names, names_of_the_demo
from demo.growing.setting import Setting
from exchanges.ledger.tables import Account
from foundation import clock
from foundation.database import Database
from foundation.importing import Progress, fold

PIECE = 2_000
FIRST_PIECE = 200
GROWING_FAST = 10_000
MAKERS_EACH = 2
VERIFIED = 0.3
REASON = "Scelta dalla comunità in assemblea"
PARTS = (
    ("morning", 540, 720), ("afternoon", 840, 1080), ("afternoon", 720, 960), ("evening", 1080, 1260),
    ("evening", 1140, 1380),
)  # fmt: skip
NICKNAMES = (
    ("Nina", "6-10"), ("Leo", "3-5"), ("Tommi", "6-10"), ("Bea", "11-13"), ("Ciccio", "0-2"), ("Mimi", "3-5"),
    ("Gio", "11-13"), ("Ale", "14-17"), ("Titti", "0-2"), ("Yaya", "6-10"), ("nonna Pina", "elder"),
    ("zio Renzo", "elder"), ("papà Gino", "elder"), ("Momo", "3-5"), ("Simi", "6-10"), ("Luce", "0-2"),
)  # fmt: skip


@dataclass
class Homes:
    """Every grown household, by its number from 0: what posts and exchanges have to know of it."""

    parties: list[int] = field(default_factory=list)
    people: list[int] = field(default_factory=list)
    """The first adult of each."""
    seconds: list[int | None] = field(default_factory=list)
    zones: list[int] = field(default_factory=list)
    """The place of the zone in the setting."""
    accounts: list[int] = field(default_factory=list)
    verified: list[bool] = field(default_factory=list)
    makers: dict[int, list[int]] = field(default_factory=dict)
    """The households of the makers of each zone."""

    def __len__(self) -> int:
        return len(self.parties)

    def maker_for(self, zone: int, *others: int) -> int:
        """The person who is a maker of the zone and belongs to neither household."""
        found = next((home for home in self.makers[zone] if home not in others), None)
        if found is None:
            found = next(home for homes in self.makers.values() for home in homes if home not in others)
        return self.people[found]


def settle_homes(database: Database, setting: Setting, count: int, password_hash: str, progress: Progress) -> Homes:
    """Write `count` households, piece by piece.

    The first are those of the makers, of the administrator, and of one family: who may sign in by password.
    """
    chance = Random(f"{setting.seed}:{setting.run}:homes")  # noqa: S311 - realism, not secrecy
    names, homes = names_of_the_demo(), Homes()
    while len(homes) < count:
        first = len(homes)
        size = min(PIECE if first else FIRST_PIECE, count - first)
        with database.writing() as session:
            _Piece(Bulk(session), setting, chance, names, homes, first).write(size, password_hash)
        if first < GROWING_FAST:
            keep_house(database, Party, Person, Account)
        progress(first + size, count)
    return homes


class _Piece:
    """Some households, written in one transaction."""

    def __init__(self, bulk: Bulk, setting: Setting, chance: Random, names: Names, homes: Homes, first: int) -> None:
        self._bulk = bulk
        self._setting = setting
        self._chance = chance
        self._names = names
        self._homes = homes
        self._first = first

    def write(self, size: int, password_hash: str) -> None:
        chance, homes, setting = self._chance, self._homes, self._setting
        drawn = [self._family() for _ in range(size)]
        numbers = iter(self._bulk.ids(Person, sum(len(adults) for adults, _ in drawn)))
        adults_of = [[next(numbers) for _ in adults] for adults, _ in drawn]
        parties = list(self._bulk.ids(Party, size))
        zones = [(self._first + place) % len(setting.zones) if self._is_staff(place) else self._some_zone()
                 for place in range(size)]  # fmt: skip
        joined = [setting.start - timedelta(days=chance.randrange(1, 390), minutes=chance.randrange(600))
                  for _ in range(size)]  # fmt: skip
        self._people(drawn, adults_of, joined, password_hash)
        self._parties(drawn, parties, zones, joined)
        homes.parties += parties
        homes.zones += zones
        homes.people += [adults[0] for adults in adults_of]
        homes.seconds += [adults[1] if len(adults) > 1 else None for adults in adults_of]
        if not homes.makers:
            self._roles(size)
        homes.verified += [self._is_staff(place) or chance.random() < VERIFIED for place in range(size)]
        self._belonging(adults_of, parties, zones, joined)
        self._verified(size)
        self._accounts(parties, joined)

    # ------------------------------------------------------------ who they are

    def _family(self) -> tuple[list[tuple[str, str]], tuple[str, ...]]:
        chance = self._chance
        given, families, spoken = chance.choices(self._names.groups, self._names.weights)[0]
        count = chance.choices((1, 2, 3), (9, 10, 1))[0]
        return [(chance.choice(given), chance.choice(families)) for _ in range(count)], chance.choice(spoken)

    def _is_staff(self, place: int) -> bool:
        return self._first + place <= MAKERS_EACH * len(self._setting.zones) + 1

    def _some_zone(self) -> int:
        """Some zones are larger than others."""
        count = len(self._setting.zones)
        return min(int(self._chance.random() ** 1.6 * count), count - 1)

    def _people(self, drawn: list[Any], adults_of: list[list[int]], joined: list[Any], password_hash: str) -> None:
        self._bulk.write(
            Person,
            "id given_name family_name email email_confirmed_at phone speaks password_hash import_key created_at",
            self._person_rows(drawn, adults_of, joined, password_hash),
        )

    def _person_rows(
        self, drawn: list[Any], adults_of: list[list[int]], joined: list[Any], password_hash: str
    ) -> Iterator[tuple[object, ...]]:
        setting, chance = self._setting, self._chance
        for place, ((adults, spoken), numbers) in enumerate(zip(drawn, adults_of, strict=True)):
            home = self._first + place
            for which, ((given, family), number) in enumerate(zip(adults, numbers, strict=True), start=1):
                online = self._is_staff(place) or chance.random() < 0.85
                word = fold(f"{given} {family}").replace(" ", ".")
                email = f"{word}.{setting.key(home).lower()}-{which}@{setting.slug}.example.org" if online else None
                yield (
                    number, given, family, email, joined[place] if online else None,
                    f"+39 000 {home // 10_000:03} {home % 10_000:04}", list(spoken),
                    password_hash if self._is_staff(place) and which == 1 else None,
                    f"{setting.slug}:{setting.key(home)}-{which}", joined[place],
                )  # fmt: skip

    def _parties(self, drawn: list[Any], parties: list[int], zones: list[int], joined: list[Any]) -> None:
        setting, chance = self._setting, self._chance
        streets = setting.words.slots["street"]
        rows = (
            (
                party, setting.community_id, "household", joined_names(adults), setting.zones[zones[place]][0],
                chance.choice(self._names.about) if chance.random() < 0.4 else "",
                f"{chance.choice(streets)} {chance.randrange(1, 120)}",
                setting.key(self._first + place), joined[place],
            )
            for place, ((adults, _), party) in enumerate(zip(drawn, parties, strict=True))
        )  # fmt: skip
        self._bulk.write(Party, "id community_id kind name zone_id about address import_key opened_at", rows)

    # ------------------------------------------------------------ how they belong

    def _belonging(self, adults_of: list[list[int]], parties: list[int], zones: list[int], joined: list[Any]) -> None:
        setting, chance = self._setting, self._chance
        community, every = setting.community_id, range(len(parties))
        maker = self._homes.maker_for(0)
        places = [(place, number) for place in every for number in adults_of[place]]
        self._bulk.write(
            Membership,
            "community_id person_id zone_id state applied_at decided_at decided_by_id acting_party_id",
            (
                (community, number, setting.zones[zones[place]][0], "approved", joined[place], joined[place], maker,
                 parties[place])
                for place, number in places
            ),
        )  # fmt: skip
        self._bulk.write(
            PartyMember,
            "party_id person_id since",
            ((parties[place], number, joined[place]) for place, number in places),
        )
        self._bulk.write(
            Dependant,
            "party_id nickname age_band added_at",
            (
                (parties[place], nickname, band, joined[place])
                for place in every
                for nickname, band in chance.sample(NICKNAMES, chance.choices((0, 1, 2, 3), (6, 3, 2, 1))[0])
            ),
        )
        self._skills(parties)

    def _skills(self, parties: list[int]) -> None:
        """What they can give and need, and when they can in an ordinary week, where they said so."""
        chance, topics = self._chance, self._setting.topics
        every = range(len(parties))
        self._bulk.write(
            Availability,
            "party_id weekday part starts ends",
            (
                (parties[place], weekday, *chance.choice(PARTS))
                for place in every
                for weekday in sorted(chance.sample(range(1, 8), chance.choices((0, 1, 2, 4), (5, 3, 3, 1))[0]))
            ),
        )
        self._bulk.write(
            PartySkill,
            "party_id category_id kind",
            (
                (parties[place], topic.id, kind)
                for place in every
                for kind, most in (("offer", 5), ("need", 3))
                for topic in chance.sample(topics, min(len(topics), chance.randrange(1, most + 1)))
            ),
        )

    def _accounts(self, parties: list[int], joined: list[Any]) -> None:
        accounts = list(self._bulk.ids(Account, len(parties)))
        community = self._setting.community_id
        self._bulk.write(
            Account,
            "id community_id party_id opened_at",
            ((account, community, party, at) for account, party, at in zip(accounts, parties, joined, strict=True)),
        )
        self._homes.accounts += accounts

    # ------------------------------------------------------------ makers, and whom they have met

    def _roles(self, size: int) -> None:
        setting, homes = self._setting, self._homes
        zones = len(setting.zones)
        makers = range(min(MAKERS_EACH * zones, size))
        administrator = homes.people[min(MAKERS_EACH * zones, size - 1)]
        for zone in range(zones):
            homes.makers[zone] = [home for home in makers if home % zones == zone] or [0]
        community, since = setting.community_id, setting.start - timedelta(days=395)
        by = clock.now() + SECOND_FACTOR_GRACE  # nobody has set it up: counted from when the community was grown
        rows: list[tuple[object, ...]] = [(community, administrator, "administrator", None, since, by, REASON)]
        rows += [
            (community, homes.people[home], "maker", setting.zones[homes.zones[home]][0], since, by, REASON)
            for home in makers
        ]
        self._bulk.write(RoleGrant, "community_id person_id role zone_id starts_at second_factor_by reason", rows)
        self._bulk.write(SafeguardingLead, "community_id person_id since", [(community, administrator, since)])

    def _verified(self, size: int) -> None:
        """An identity and two references for those who may look after children and frail people."""
        setting, homes, chance = self._setting, self._homes, self._chance
        met = [home for home in range(self._first, self._first + size) if homes.verified[home]]
        seen = (setting.start - timedelta(days=1)).date()
        recorded = setting.start - timedelta(hours=6)
        papers = ("identity_card", "identity_card", "passport", "residence_permit", "driving_licence")
        community = setting.community_id
        maker = {home: homes.maker_for(homes.zones[home], home) for home in met} if len(homes) > 1 else {}
        self._bulk.write(
            CareCheck,
            "community_id person_id kind what seen_on recorded_by_id recorded_at",
            (
                (community, homes.people[home], "identity", chance.choice(papers), seen, by, recorded)
                for home, by in maker.items()
            ),
        )
        self._bulk.write(
            CareCheck,
            "community_id person_id kind what seen_on recorded_by_id recorded_at",
            (
                (community, homes.people[home], "reference", name, seen, by, recorded)
                for home, by in maker.items()
                for name in self._two_names()
            ),
        )

    def _two_names(self) -> list[str]:
        given, families, _ = self._names.groups[0]
        return [
            f"{name} {family}"
            for name, family in zip(self._chance.sample(given, 2), self._chance.sample(families, 2), strict=True)
        ]
