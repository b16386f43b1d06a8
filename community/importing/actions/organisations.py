"""Organisations taken in from a register, after the members who act for them."""

from sqlmodel import col, select

from community.importing.queries import categories_by_name, community_named, person_by_code, zones_by_name
from community.importing.rules import moment_of, organisation_columns
from community.members.tables import Person
from community.organisations.actions import describe_organisation, open_organisation
from community.parties.actions import add_person
from community.parties.tables import Party, PartySkill
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid
from foundation.importing import Import, Intake, Row


def organisations_import(session: Session, slug: str) -> Import:
    """The import of organisations, whose people are members already. Raises Invalid for an unknown slug."""
    community = community_named(session, slug)
    actor, slug, zone = Actor(community_id=community.id or 0), community.slug, community.time_zone
    columns = organisation_columns(
        zones_by_name(session, actor.community_id), categories_by_name(session, actor.community_id), clock.today(zone)
    )
    return Import(columns, lambda _rows: Intake(OrganisationsIntake(actor, slug, zone).take_row))


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
        session.add_all(
            PartySkill(party_id=party.id or 0, category_id=category_id, kind=kind)
            for kind, ids in (("offer", row["offers"]), ("need", row["needs"]))
            for category_id in ids
        )
        return True

    def _people(self, session: Session, codes: list[str]) -> list[Person]:
        people = []
        for code in codes:
            person = person_by_code(session, self._actor.community_id, self._slug, code)
            if person is None:
                raise Invalid(N_("There is no member with the code %(code)s: take the members in first."), code=code)
            people.append(person)
        return people
