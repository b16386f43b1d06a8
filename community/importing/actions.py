"""Members and organisations taken in from a register: their lines are checked one by one, and written all together.

A line already taken in changes nothing, whatever its cells say by now: what people have changed here since stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlmodel import col, select

from community.households.rules import MOST_DEPENDANTS
from community.households.tables import Dependant
from community.importing.queries import (
    MEMBERS,
    categories_by_name,
    community_named,
    members_among,
    people_by_key,
    person_by_code,
    zones_by_name,
)
from community.importing.rules import joined_names, member_columns, organisation_columns
from community.members.tables import Membership, Person
from community.organisations.actions import describe_organisation, open_organisation
from community.parties.actions import add_person
from community.parties.rules import MOST_SKILLS
from community.parties.tables import Party, PartyMember, PartySkill
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid
from foundation.feature import registry
from foundation.importing import Import, Intake, Row, remember_taken


@dataclass
class _Home:
    """A household while its lines are read."""

    key: str
    line: int
    zone_id: int
    since: datetime
    party: Party | None = None
    name: str = ""
    about: str = ""
    address: str = ""
    adults: list[Person] = field(default_factory=list)
    joined: list[datetime] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    dependants: list[tuple[str, str]] = field(default_factory=list)
    offers: list[int] = field(default_factory=list)
    needs: list[int] = field(default_factory=list)


def members_import(session: Session, slug: str) -> Import:
    """The import of members of the community with this slug. Raises Invalid when there is none."""
    community = community_named(session, slug)
    actor, slug, zone = Actor(community_id=community.id or 0), community.slug, community.time_zone
    columns = member_columns(
        zones_by_name(session, actor.community_id), categories_by_name(session, actor.community_id), clock.today(zone)
    )

    def intake(rows: Sequence[Row]) -> Intake:
        taking = MembersIntake(actor, slug, zone, rows)
        return Intake(taking.take_row, taking.finish)

    return Import(columns, intake)


def organisations_import(session: Session, slug: str) -> Import:
    """The import of organisations, whose people are members already. Raises Invalid for an unknown slug."""
    community = community_named(session, slug)
    actor, slug, zone = Actor(community_id=community.id or 0), community.slug, community.time_zone
    columns = organisation_columns(
        zones_by_name(session, actor.community_id), categories_by_name(session, actor.community_id), clock.today(zone)
    )
    return Import(columns, lambda _rows: Intake(OrganisationsIntake(actor, slug, zone).take_row))


class MembersIntake:
    """Takes one file of members in: `take_row` for every line, `finish` once. Bulk, since registers can be long."""

    def __init__(self, actor: Actor, slug: str, time_zone: str, rows: Sequence[Row]) -> None:
        self._actor = actor
        self._slug = slug
        self._zone = time_zone
        self._keys = {row.line: self._key(row) for row in rows}
        self._emails = {row["email"] for row in rows if row["email"]}
        self._homes: dict[str, _Home] = {}
        self._known: dict[str, Person] | None = None
        self._members: set[int] = set()
        self._parties: dict[str, Party] = {}

    def take_row(self, session: Session, row: Row) -> bool:
        """Check a line and put it aside; False for somebody who is a member already. Raises Invalid."""
        known = self._look(session)
        key = self._keys[row.line]
        person = known.get(key) or (known.get(row["email"]) if row["email"] else None)
        if person is not None and person.id in self._members:
            if person.import_key not in (None, key) and person.import_key.startswith(f"{self._slug}:"):
                raise Invalid(N_("This e-mail address belongs to another member."))
            return False
        home = self._home(row)
        if person is None:
            person = self._person(row, key)
            known[key] = person
        home.adults.append(person)
        home.joined.append(self._since(row))
        home.codes.append(row["code"] or "")
        return True

    def finish(self, session: Session) -> None:
        """Write everybody down, open their accounts, and leave one line in the audit."""
        homes = [home for home in self._homes.values() if home.adults]
        session.add_all(person for home in homes for person in home.adults)
        opened = [home for home in homes if home.party is None]
        for home in opened:
            home.party = self._party(home)
        session.add_all(home.party for home in opened if home.party is not None)
        session.flush()
        session.add_all(row for home in homes for row in self._memberships(home))
        session.add_all(row for home in homes for row in self._belongings(home, new=home in opened))
        session.flush()
        known = [
            (code, person.id or 0)
            for home in homes
            for person, code in zip(home.adults, home.codes, strict=True)
            if code and person.import_key != f"{self._slug}:{code}"
        ]
        remember_taken(session, self._actor.community_id, MEMBERS, known)
        for home in opened:
            for hook in registry.hooks("party_opened"):
                hook(session, self._actor, home.party)
        adults = sum(len(home.adults) for home in homes)
        if adults:
            audit.record(session, self._actor, "imported", "members", None, people=adults, households=len(opened))

    # ------------------------------------------------------------ reading

    def _look(self, session: Session) -> dict[str, Person]:
        if self._known is None:
            self._known = people_by_key(session, set(self._keys.values()), self._emails)
            self._members = members_among(session, self._actor.community_id)
            parties = select(Party).where(
                col(Party.community_id) == self._actor.community_id, col(Party.import_key).is_not(None)
            )
            self._parties = {party.import_key or "": party for party in session.exec(parties)}
        return self._known

    def _key(self, row: Row) -> str:
        """The code in the register; without one the e-mail address; without that, what the line says."""
        return f"{self._slug}:{row['code'] or row['email'] or '#' + row.fingerprint[:32]}"[:80]

    def _home(self, row: Row) -> _Home:
        key = row["household"] or "." + self._keys[row.line].removeprefix(f"{self._slug}:")[:58]
        home = self._homes.get(key)
        if home is None:
            party = self._parties.get(key)
            if party is not None and party.kind != "household":
                raise Invalid(N_("This code belongs to an organisation."))
            home = _Home(key, row.line, row["zone"], self._since(row), party=party)
            self._homes[key] = home
        if home.zone_id != row["zone"]:
            raise Invalid(N_("Line %(line)s puts the same household in another zone."), line=home.line)
        home.name = home.name or row["household_name"]
        home.about = home.about or row["about"]
        home.address = home.address or row["address"]
        home.since = min(home.since, self._since(row))
        for mine, said in (
            (home.dependants, row["dependants"]),
            (home.offers, row["offers"]),
            (home.needs, row["needs"]),
        ):
            mine.extend(item for item in said if item not in mine)
        if len(home.dependants) > MOST_DEPENDANTS:
            raise Invalid(N_("At most %(most)s people can stand here."), most=MOST_DEPENDANTS)
        if len(home.offers) > MOST_SKILLS or len(home.needs) > MOST_SKILLS:
            raise Invalid(N_("At most %(most)s categories can stand here."), most=MOST_SKILLS)
        return home

    def _since(self, row: Row) -> datetime:
        return moment_of(row["since"], self._zone)

    # ------------------------------------------------------------ writing

    def _person(self, row: Row, key: str) -> Person:
        speaks = list(row["speaks"])
        return Person(
            given_name=row["given_name"],
            family_name=row["family_name"],
            email=row["email"],
            phone=row["phone"],
            speaks=speaks,
            import_key=key,
            created_at=self._since(row),
        )

    def _party(self, home: _Home) -> Party:
        return Party(
            community_id=self._actor.community_id,
            kind="household",
            name=home.name or joined_names(home.adults),
            zone_id=home.zone_id,
            about=home.about,
            address=home.address,
            import_key=home.key,
            opened_at=home.since,
        )

    def _memberships(self, home: _Home) -> list[Membership]:
        return [
            Membership(
                community_id=self._actor.community_id,
                person_id=person.id or 0,
                zone_id=home.zone_id,
                state="approved",
                applied_at=joined,
                decided_at=joined,
                decided_by_id=self._actor.recorder_id,
                acting_party_id=home.party.id if home.party else None,
            )
            for person, joined in zip(home.adults, home.joined, strict=True)
        ]

    def _belongings(self, home: _Home, *, new: bool) -> list[PartyMember | Dependant | PartySkill]:
        party_id = (home.party.id if home.party else None) or 0
        rows: list[PartyMember | Dependant | PartySkill] = [
            PartyMember(party_id=party_id, person_id=person.id or 0, since=joined)
            for person, joined in zip(home.adults, home.joined, strict=True)
        ]
        if new:
            rows += [
                Dependant(party_id=party_id, nickname=nickname, age_band=band, added_at=home.since)
                for nickname, band in home.dependants
            ]
            rows += skills_for(party_id, home.offers, home.needs)
        return rows


class OrganisationsIntake:
    """Takes one file of organisations in, line by line: there are never many."""

    def __init__(self, actor: Actor, slug: str, time_zone: str) -> None:
        self._actor = actor
        self._slug = slug
        self._zone = time_zone

    def take_row(self, session: Session, row: Row) -> bool:
        """Open an organisation with the people who act for it; False when it is there already. Raises Invalid."""
        there = select(Party).where(
            col(Party.community_id) == self._actor.community_id, col(Party.import_key) == row["code"]
        )
        if session.exec(there).first() is not None:
            return False
        people = self._people(session, row["people"])
        party = open_organisation(
            session,
            self._actor,
            kind=row["kind"],
            name=row["name"],
            zone_id=row["zone"],
            about=row["about"],
            import_key=row["code"],
            opened_at=moment_of(row["since"], self._zone),
        )
        for person in people:
            add_person(session, self._actor, party, person.id or 0)
        party.address = row["address"]
        own = Actor(
            community_id=self._actor.community_id, person_id=people[0].id, party_id=party.id, party_ids=(party.id or 0,)
        )
        describe_organisation(
            session,
            own,
            party.id or 0,
            kind=row["kind"],
            website=row["website"],
            phone=row["phone"],
            email=row["email"],
        )
        session.add_all(skills_for(party.id or 0, row["offers"], row["needs"]))
        return True

    def _people(self, session: Session, codes: list[str]) -> list[Person]:
        people = []
        for code in codes:
            person = person_by_code(session, self._actor.community_id, self._slug, code)
            if person is None:
                raise Invalid(N_("There is no member with the code %(code)s: take the members in first."), code=code)
            people.append(person)
        return people


def skills_for(party_id: int, offers: list[int], needs: list[int]) -> list[PartySkill]:
    """What a party can give and looks for, as rows."""
    return [
        PartySkill(party_id=party_id, category_id=category_id, kind=kind)
        for kind, ids in (("offer", offers), ("need", needs))
        for category_id in ids
    ]


def moment_of(said: date | None, zone: str) -> datetime:
    """Noon of the day said, or now: never in the future, since nobody has joined tomorrow."""
    if said is None:
        return clock.now()
    noon = clock.from_local(datetime.combine(said, datetime.min.time()) + timedelta(hours=12), zone)
    return min(noon, clock.now())
