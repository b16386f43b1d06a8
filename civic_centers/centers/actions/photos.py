"""Photographs of a center: of rooms and gardens, with words for who cannot see them."""

from collections.abc import Mapping

from sqlmodel import col, delete

from civic_centers.centers.actions.running import held
from civic_centers.centers.queries import KIND, center_of_photo, photos_of
from civic_centers.centers.rules import MOST_PHOTOS
from civic_centers.centers.tables import CenterPhoto
from foundation import audit, files
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid
from foundation.files import StoredImage

PHOTO_KIND = "center_photo"


def add_photo(session: Session, actor: Actor, center_id: int, stored: StoredImage, *, words: str) -> int:
    """Add a photograph that is clean and on disk already. Raises Missing, Invalid without words or beyond six."""
    held(session, actor, center_id)
    there = photos_of(session, center_id)
    if not words.strip():
        raise Invalid(N_("Say what is seen on it: some cannot see it."), field="words")
    if len(there) >= MOST_PHOTOS:
        raise Invalid(N_("%(most)s photographs at most."), field="photo", most=MOST_PHOTOS)
    file_id = files.keep(
        session, stored, kind=PHOTO_KIND, community_id=actor.community_id, owner_person_id=actor.must_be_person()
    )
    position = 1 + max((photo.position for photo in there), default=-1)
    session.add(CenterPhoto(center_id=center_id, file_id=file_id, position=position, words=words.strip()))
    session.flush()
    audit.record(session, actor, "put_photo_up", KIND, center_id)
    return file_id


def describe_photos(session: Session, actor: Actor, center_id: int, words: Mapping[int, str]) -> None:
    """Say what is seen on photographs; those that are gone are passed over. Raises Missing."""
    held(session, actor, center_id)
    for photo in photos_of(session, center_id):
        photo.words = words.get(photo.file_id, "").strip() or photo.words


def remove_photo(session: Session, actor: Actor, center_id: int, file_id: int) -> None:
    """Take a photograph away; nothing happens when it is gone already. Raises Missing."""
    held(session, actor, center_id)
    _take_away(session, actor, center_id, file_id)


def hide_photo(session: Session, actor: Actor, file_id: int) -> None:
    """A maker takes a photograph of a center away for good. Raises Missing."""
    _take_away(session, actor, center_of_photo(session, file_id).id or 0, file_id)


def _take_away(session: Session, actor: Actor, center_id: int, file_id: int) -> None:
    gone = delete(CenterPhoto).where(col(CenterPhoto.center_id) == center_id, col(CenterPhoto.file_id) == file_id)
    if session.exec(gone).rowcount:
        files.let_go(session, file_id)
        audit.record(session, actor, "took_photo_away", KIND, center_id)
