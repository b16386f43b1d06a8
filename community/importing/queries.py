"""What an import has to know of a community before it reads a file."""

from collections.abc import Collection

from sqlmodel import col, or_, select

from community.categories.queries import all_categories
from community.communities.queries import community_by_slug, community_of, open_communities
from community.communities.tables import Community
from community.members.tables import Membership, Person
from community.zones.queries import zones_of
from foundation.access import Actor, Permission
from foundation.database import Session
from foundation.errors import N_, Invalid
from foundation.importing.tables import ImportedRow

MEMBERS = "members"
_PIECE = 500


def community_named(session: Session, slug: str) -> Community:
    """The community of that address, or the only one when the slug is empty. Raises Invalid otherwise."""
    if slug:
        found = community_by_slug(session, slug)
        if found is None:
            raise Invalid(N_("There is no community called “%(slug)s”."), slug=slug)
        return found
    every = open_communities(session)
    if len(every) != 1:
        slugs = ", ".join(community.slug for community in every)
        raise Invalid(N_("Say which community with --community: %(slugs)s."), slugs=slugs or "-")
    return every[0]


def community_meant(session: Session, slug: str, actor: Actor | None) -> Community:
    """The actor's community; for the command line, which has no actor, the one of that address. Raises Invalid."""
    if actor is None:
        return community_named(session, slug)
    return community_of(session, actor.community_id)


def zones_within(actor: Actor | None, permission: Permission) -> frozenset[int] | None:
    """The zones into which somebody may take things in; None for all of them."""
    zones = actor.zones_for(permission) if actor is not None else None
    return None if zones is None else frozenset(zones)


def must_be_within(zones: frozenset[int] | None, zone_id: int | None) -> None:
    """Raises Invalid for a line about a zone that is not among those of the maker who takes it in."""
    if zones is not None and zone_id not in zones:
        raise Invalid(N_("This zone is not among yours: let its own maker take this line in."))


def zones_by_name(session: Session, community_id: int) -> dict[str, int]:
    """The id of every zone, by name and by slug."""
    return {name: zone.id or 0 for zone in zones_of(session, community_id) for name in (zone.slug, zone.name)}


def categories_by_name(session: Session, community_id: int) -> dict[str, int]:
    """The id of every category, by its names and its slug. A branch wins over a leaf of the same name."""
    found: dict[str, int] = {}
    every = all_categories(session, community_id)
    for category in [*(c for c in every if c.parent_id), *(c for c in every if not c.parent_id)]:
        for name in (*category.names.values(), category.slug):
            found[name] = category.id or 0
    return found


def people_by_key(session: Session, keys: Collection[str], emails: Collection[str]) -> dict[str, Person]:
    """People known already, by import key and by e-mail address."""
    found: dict[str, Person] = {}
    for column, wanted in ((col(Person.email), sorted(emails)), (col(Person.import_key), sorted(keys))):
        for start in range(0, len(wanted), _PIECE):
            for person in session.exec(select(Person).where(column.in_(wanted[start : start + _PIECE]))):
                for name in (person.email, person.import_key):
                    if name is not None:
                        found[name] = person
    return found


def person_by_code(session: Session, community_id: int, slug: str, code: str) -> Person | None:
    """The person who had this code in the community's register, or has this e-mail address."""
    names = or_(col(Person.import_key) == f"{slug}:{code}", col(Person.email) == code.lower())
    found = session.exec(select(Person).where(names)).first()
    if found is not None:
        return found
    # Somebody who had an account already, of another community, keeps the key of the register they came from.
    noted = select(col(ImportedRow.object_id)).where(
        col(ImportedRow.community_id) == community_id,
        col(ImportedRow.kind) == MEMBERS,
        col(ImportedRow.fingerprint) == code,
    )
    person_id = session.scalar(noted)
    return session.get(Person, person_id) if person_id is not None else None


def members_among(session: Session, community_id: int) -> set[int]:
    """The ids of everybody who has a place in the community, whatever its state."""
    return set(session.exec(select(Membership.person_id).where(col(Membership.community_id) == community_id)))
