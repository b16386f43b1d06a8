"""Photographs of people and parties: who sees them, taking one in, taking one away."""

from flask import url_for
from sqlmodel import col, select
from werkzeug.datastructures import FileStorage

from community.members.policies import PEOPLE
from community.members.tables import Membership, Person
from community.parties.tables import Party
from foundation import files
from foundation.access import Actor
from foundation.database import Session
from foundation.files import StoredImage
from foundation.web.pictures import take_in

PERSON = "person_photo"
PARTY = "party_photo"


def picture_url(file_id: int | None, variant: str = "small") -> str | None:
    """The address of a photograph in the present community; None when there is none."""
    return url_for("pictures.show", file_id=file_id, variant=variant) if file_id else None


def sees_person_photo(session: Session, actor: Actor, file_id: int) -> bool:
    """Members see the photographs of members of their community."""
    if not actor.may(PEOPLE):
        return False
    owner = session.scalar(
        select(col(Person.id))
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(
            col(Person.photo_file_id) == file_id,
            col(Membership.community_id) == actor.community_id,
            col(Membership.state) == "approved",
        )
    )
    return owner is not None


def sees_party_photo(session: Session, actor: Actor, file_id: int) -> bool:
    """Members see the photographs of the parties of their community."""
    if not actor.may(PEOPLE):
        return False
    found = session.scalar(
        select(col(Party.id)).where(col(Party.photo_file_id) == file_id, col(Party.community_id) == actor.community_id)
    )
    return found is not None


def chosen(upload: FileStorage | None) -> StoredImage | None:
    """The cleaned picture of a form's file field, on disk; None when none was chosen. Raises Invalid at `photo`."""
    return take_in(upload, field="photo") if upload is not None and upload.filename else None


def keep_chosen(session: Session, image: StoredImage, kind: str, actor: Actor) -> int:
    """Note the picture as held; answers with its id."""
    community_id = None if kind == PERSON else actor.community_id
    return files.keep(session, image, kind=kind, community_id=community_id, owner_person_id=actor.person_id)


def let_go(session: Session, before: int | None) -> None:
    """The picture that was there before is held by nobody any more."""
    if before is not None:
        files.let_go(session, before)
