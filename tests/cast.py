"""The cast, always the same: Anna who owns, Bashir who takes part, Chiara a stranger, makers, an administrator.

Rows are written straight into the tables, so that a test of one feature does not lean on the actions of another.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from community.categories.tables import Category
from community.communities.tables import Community, CommunityRules
from community.mandates.tables import Mandate
from community.members.tables import Membership, Person, RoleGrant
from community.organisations.tables import Organisation
from community.parties.tables import Party, PartyMember
from community.safeguarding.tables import CareCheck
from community.zones.tables import Zone
from foundation import clock
from foundation.access import Actor, Grant
from foundation.database import Database, Session


@dataclass
class Member:
    """A person with the party they act for. `actor` is what queries and actions are given."""

    person: Person
    party: Party
    actor: Actor

    @property
    def id(self) -> int:
        return self.person.id

    @property
    def name(self) -> str:
        return self.person.name


@dataclass
class Cast:
    """Everybody, and where they are. `zoe` belongs to the other community only."""

    community: Community
    zones: dict[str, Zone]
    categories: dict[str, Category]
    fund: Party
    members: dict[str, Member] = field(default_factory=dict)
    other_community: Community | None = None

    def __getattr__(self, name: str) -> Member:
        try:
            return self.__dict__["members"][name]
        except KeyError:
            raise AttributeError(name) from None


LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
"""Before every moment to which tests set the clock, whatever day it is when they run."""

CATEGORIES = (
    ("repairs", "Riparazioni", "Repairs", "none", "none"),
    ("transport", "Passaggi", "Lifts", "none", "none"),
    ("childcare", "Bambini", "Child care", "children", "childcare"),
    ("elders", "Anziani", "Elders", "frail", "none"),
    ("purchasing", "Spesa insieme", "Shopping together", "none", "purchasing"),
    ("housing", "Casa", "Housing", "none", "housing"),
)


def make_cast(database: Database) -> Cast:
    """Write the cast into an empty database."""
    with database.writing() as session:
        cast = _community(session)
        for name, zone in (("anna", "centro"), ("bashir", "po"), ("chiara", "centro"), ("dario", "vescovato")):
            cast.members[name] = make_member(session, cast, name, zone)
        cast.members["maker"] = make_member(session, cast, "maker", "centro", makes=("centro", "po"))
        cast.members["other_maker"] = make_member(session, cast, "other_maker", "vescovato", makes=("vescovato",))
        cast.members["administrator"] = make_member(session, cast, "administrator", "po", administers=True)
        cast.members["bakery"] = make_member(session, cast, "bakery", "centro", organisation="business")
        _other_community(session, cast)
    return cast


def make_member(
    session: Session,
    cast: Cast,
    name: str,
    zone: str,
    *,
    makes: tuple[str, ...] = (),
    sits_in: tuple[str, ...] = (),
    administers: bool = False,
    organisation: str = "",
    email: str | None = "",
) -> Member:
    """One approved member with a party of their own; `email=None` is somebody who is not online.

    They are maker in the zones they make, and sit at the desk of others.
    """
    place = cast.zones[zone]
    kind = "organisation" if organisation else "household"
    words = name.replace("_", " ").title()
    person = Person(
        given_name=words,
        family_name="Prova",
        email=f"{name}@example.org" if email == "" else email,
        email_confirmed_at=None if email is None else clock.now(),
        phone="+39 372 000000",
    )
    party = Party(
        community_id=cast.community.id,
        kind=kind,
        name=f"{words} e famiglia",
        zone_id=place.id,
        address=f"Via {words} 1",
    )
    session.add_all((person, party))
    session.flush()
    if organisation:
        session.add(Organisation(party_id=party.id, kind=organisation))
    session.add(PartyMember(party_id=party.id, person_id=person.id))
    session.add(
        Membership(
            community_id=cast.community.id,
            person_id=person.id,
            zone_id=place.id,
            state="approved",
            decided_at=clock.now(),
            acting_party_id=party.id,
        )
    )
    grants = [Grant("member")]
    for role, where in [*(("maker", one) for one in makes), *(("operator", one) for one in sits_in)]:
        grants.append(Grant(role, cast.zones[where].id))
        session.add(_role(cast, person, role, cast.zones[where].id))
    if administers:
        grants.append(Grant("administrator"))
        session.add(_role(cast, person, "administrator", None))
    session.flush()
    actor = Actor(
        community_id=cast.community.id,
        person_id=person.id,
        party_id=party.id,
        zone_id=place.id,
        grants=tuple(grants),
        party_ids=(party.id,),
    )
    return Member(person, party, actor)


def let_makers_act(session: Session, cast: Cast, member: Member) -> None:
    """They agreed today, by voice, before the maker."""
    today = clock.today("Europe/Rome")
    session.add(
        Mandate(
            community_id=cast.community.id,
            party_id=member.party.id,
            person_id=member.id,
            way="spoken",
            agreed_on=today,
            before_id=cast.maker.id,
            text_version="test",
            until=today + timedelta(days=364),
            recorded_by_id=cast.maker.id,
        )
    )
    session.flush()


def verify_for_care(session: Session, cast: Cast, member: Member) -> None:
    """Identity seen and two references, recorded by the maker."""
    today = clock.today("Europe/Rome")
    session.add(
        CareCheck(
            community_id=cast.community.id,
            person_id=member.id,
            kind="identity",
            what="identity_card",
            seen_on=today,
            recorded_by_id=cast.maker.id,
        )
    )
    for name in ("Prima Referenza", "Seconda Referenza"):
        session.add(
            CareCheck(
                community_id=cast.community.id,
                person_id=member.id,
                kind="reference",
                what=name,
                seen_on=today,
                recorded_by_id=cast.maker.id,
            )
        )
    session.flush()


def _community(session: Session) -> Cast:
    community = Community(slug="cremona", name="Banca del tempo di prova", territory="Cremona e dintorni")
    session.add(community)
    session.flush()
    session.add(CommunityRules(community_id=community.id, in_force_from=LONG_AGO))
    zones = {
        slug: Zone(community_id=community.id, slug=slug, name=slug.title(), position=position)
        for position, slug in enumerate(("centro", "po", "vescovato"))
    }
    categories = {
        slug: Category(
            community_id=community.id,
            slug=slug,
            names={"it": italian, "en": english},
            care=care,
            fields=fields,
            confidential=fields == "housing",
            position=position,
        )
        for position, (slug, italian, english, care, fields) in enumerate(CATEGORIES)
    }
    fund = Party(community_id=community.id, kind="fund", name="Fondo comune")
    session.add_all([*zones.values(), *categories.values(), fund])
    session.flush()
    return Cast(community=community, zones=zones, categories=categories, fund=fund)


def _other_community(session: Session, cast: Cast) -> None:
    elsewhere = _elsewhere(session)
    cast.other_community = elsewhere.community
    cast.members["zoe"] = make_member(session, elsewhere, "zoe", "altrove")


def _elsewhere(session: Session) -> Cast:
    community = Community(slug="oglio-po", name="Altra banca", territory="Oglio Po")
    session.add(community)
    session.flush()
    session.add(CommunityRules(community_id=community.id, in_force_from=LONG_AGO))
    zone = Zone(community_id=community.id, slug="altrove", name="Altrove")
    fund = Party(community_id=community.id, kind="fund", name="Fondo comune")
    session.add_all((zone, fund))
    session.flush()
    return Cast(community=community, zones={"altrove": zone}, categories={}, fund=fund)


def _role(cast: Cast, person: Person, role: str, zone_id: int | None) -> RoleGrant:
    """A role that stands whenever a test sets the clock, and does not fall asleep for want of a second step."""
    return RoleGrant(
        community_id=cast.community.id,
        person_id=person.id,
        role=role,
        zone_id=zone_id,
        reason="prova",
        starts_at=LONG_AGO,
        second_factor_by=clock.now() + timedelta(days=3650),
    )
