"""What people say of themselves, and the roles they are given."""

from collections.abc import Collection

from sqlalchemy import update
from sqlmodel import col, select

from community.members.policies import must_grant_roles
from community.members.queries import in_force, membership_of, person_by_email, person_of
from community.members.rules import (
    LONGEST_ABOUT,
    LONGEST_REASON,
    SPOKEN,
    tidy_email,
    tidy_name,
    tidy_phone,
)
from community.members.tables import Person, RoleGrant
from community.parties.actions import put_in_index
from community.parties.queries import every_party_of
from community.parties.tables import Party
from community.zones.queries import zone_of
from foundation import audit, clock, files
from foundation.access import Actor
from foundation.database import Session, insert_if_absent
from foundation.errors import N_, Invalid, Missing, Refused


def add_person(
    session: Session, *, given_name: str, family_name: str, email: str | None, phone: str = "", language: str = "it"
) -> Person | None:
    """Write down a new person; None when the address belongs to somebody already. Raises Invalid at the field."""
    values = Person(
        given_name=tidy_name(given_name, "given_name"),
        family_name=tidy_name(family_name, "family_name", required=False),
        email=tidy_email(email) if email else None,
        phone=tidy_phone(phone),
        language=language,
    ).model_dump(exclude={"id"})
    if values["email"] is None:
        person = Person(**values)
        session.add(person)
        session.flush()
        return person
    if not insert_if_absent(session, Person, values, ["email"]):
        return None
    return person_by_email(session, values["email"])


def edit_profile(
    session: Session, actor: Actor | None, person_id: int, *, given_name: str, family_name: str, about: str,
    speaks: Collection[str],
) -> Person:  # fmt: skip
    """Change what members read of a person. Raises Invalid at the field."""
    person = person_of(session, person_id)
    person.given_name = tidy_name(given_name, "given_name")
    person.family_name = tidy_name(family_name, "family_name", required=False)
    if len(about.strip()) > LONGEST_ABOUT:
        raise Invalid(N_("This is too long: %(longest)s letters at most."), field="about", longest=LONGEST_ABOUT)
    person.about = about.strip()
    person.speaks = [code for code in SPOKEN if code in speaks]
    session.add(person)
    audit.record(session, actor, "edited", "person", person_id)
    for party in every_party_of(session, person_id):
        put_in_index(session, party)
    return person


def edit_contacts(session: Session, actor: Actor | None, person_id: int, *, phone: str, language: str) -> Person:
    """Change a person's telephone and the language of their pages and mails. Raises Invalid at the field."""
    person = person_of(session, person_id)
    person.phone = tidy_phone(phone)
    person.language = language
    session.add(person)
    audit.record(session, actor, "edited_contacts", "person", person_id)
    return person


def set_photo(session: Session, actor: Actor | None, person_id: int, file_id: int | None) -> int | None:
    """Give a person another photograph, or none; answers with the id of the one before."""
    person = person_of(session, person_id)
    before, person.photo_file_id = person.photo_file_id, file_id
    session.add(person)
    audit.record(session, actor, "changed_photo", "person", person_id)
    return before


def hide_person_photo(session: Session, actor: Actor, person_id: int) -> None:
    """A maker takes the photograph of a person away for good; they may put up another. Nothing where there is none."""
    person = person_of(session, person_id)
    if person.photo_file_id is not None:
        files.let_go(session, person.photo_file_id)
        person.photo_file_id = None
        audit.record(session, actor, "took_photo_away", "person", person_id)


def hide_party_photo(session: Session, actor: Actor, party_id: int) -> None:
    """The same of a household or organisation."""
    party = session.get_one(Party, party_id)
    if party.photo_file_id is not None:
        files.let_go(session, party.photo_file_id)
        party.photo_file_id = None
        audit.record(session, actor, "took_photo_away", "party", party_id)


def grant_role(
    session: Session, actor: Actor, *, person_id: int, role: str, zone_id: int | None, reason: str
) -> RoleGrant:
    """Make a member a maker (of a zone, or of the whole community when None) or an administrator.

    Raises Missing for who is no approved member or a zone of another community, Refused when they are it already,
    Invalid without a reason. Anybody who gives roles may give every role.
    """
    must_grant_roles(actor)
    membership = membership_of(session, actor.community_id, person_id)
    if membership is None or membership.state != "approved":
        raise Missing()
    if role not in ("maker", "administrator"):
        raise Invalid(N_("Choose a role."), field="role")
    if role == "administrator":
        zone_id = None
    if zone_id is not None:
        zone_of(session, actor.community_id, zone_id)
    if _holds(session, actor.community_id, person_id, role, zone_id):
        raise Refused(N_("This person has that role already."), field="role")
    grant = RoleGrant(
        community_id=actor.community_id,
        person_id=person_id,
        role=role,
        zone_id=zone_id,
        starts_at=clock.now(),
        granted_by_id=actor.recorder_id,
        reason=_reason(reason),
    )
    session.add(grant)
    session.flush()
    audit.record(session, actor, "granted", "role_grant", grant.id, role=role, zone=zone_id, person=person_id)
    return grant


def end_role(session: Session, actor: Actor, grant_id: int, *, reason: str) -> None:
    """End a role from now on. Raises Missing for one of another community or already ended, Invalid without a reason,
    Refused for the last administrator: somebody must be able to give roles.
    """
    must_grant_roles(actor)
    # Administrators who end each other at the same moment wait here, so that one stays.
    locked = session.exec(
        select(RoleGrant)
        .where(col(RoleGrant.community_id) == actor.community_id, *in_force())
        .order_by(col(RoleGrant.id))
        .with_for_update()
    ).all()
    now = clock.now()
    held = [grant for grant in locked if grant.ends_at is None or grant.ends_at > now]
    grant = next((grant for grant in held if grant.id == grant_id), None)
    if grant is None:
        raise Missing()
    others = {g.person_id for g in held if g.role == "administrator" and g.id != grant_id}
    if grant.role == "administrator" and not others:
        raise Refused(
            N_("This is the last administrator, and somebody must be able to give roles."),
            advice=N_("Make another person administrator first."),
        )
    words = _reason(reason)
    ended = session.exec(
        update(RoleGrant)
        .where(col(RoleGrant.id) == grant_id, col(RoleGrant.ends_at).is_(None))
        .values(ends_at=clock.now(), ended_reason=words)
    )
    if ended.rowcount != 1:
        raise Missing()
    audit.record(
        session, actor, "ended", "role_grant", grant_id, role=grant.role, zone=grant.zone_id, person=grant.person_id
    )


def _holds(session: Session, community_id: int, person_id: int, role: str, zone_id: int | None) -> bool:
    same_zone = col(RoleGrant.zone_id).is_(None) if zone_id is None else col(RoleGrant.zone_id) == zone_id
    found = session.scalar(
        select(col(RoleGrant.id)).where(
            col(RoleGrant.community_id) == community_id,
            col(RoleGrant.person_id) == person_id,
            col(RoleGrant.role) == role,
            same_zone,
            *in_force(),
        )
    )
    return found is not None


def _reason(words: str) -> str:
    tidy = words.strip()
    if not tidy:
        raise Invalid(N_("Say why, in a few words: it stays on record."), field="reason")
    if len(tidy) > LONGEST_REASON:
        raise Invalid(N_("This is too long: %(longest)s letters at most."), field="reason", longest=LONGEST_REASON)
    return tidy
