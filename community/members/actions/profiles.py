"""What people say of themselves."""

from collections.abc import Collection

from community.members.queries import person_by_email, person_of
from community.members.rules import (
    LONGEST_ABOUT,
    SPOKEN,
    tidy_email,
    tidy_name,
    tidy_phone,
)
from community.members.tables import Person
from community.parties.actions import put_in_index
from community.parties.queries import every_party_of
from community.parties.tables import Party
from foundation import audit, files
from foundation.access import Actor
from foundation.database import Session, insert_if_absent
from foundation.errors import N_, Invalid
from foundation.files import StoredImage

PERSON_PHOTO = "person_photo"
"""What a person's photograph is called among the stored pictures."""


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


def set_photo(session: Session, actor: Actor, person_id: int, image: StoredImage | None) -> None:
    """Give a person another photograph, or none; the one before is let go."""
    person = person_of(session, person_id)
    # Of no community: a person shows the same face in all of theirs.
    person.photo_file_id = files.replace(
        session, person.photo_file_id, image, kind=PERSON_PHOTO, community_id=None, owner_person_id=actor.person_id
    )
    session.add(person)
    audit.record(session, actor, "changed_photo", "person", person_id)


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
