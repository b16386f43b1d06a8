"""A draft begins and may be thrown away; photographs come and go."""

from sqlmodel import col, delete

from community.moderation.actions import drop_first_look
from exchanges.posts import rules
from exchanges.posts.actions.writing import changed, forget_own_fields
from exchanges.posts.queries import own_post, photos_of, post_of_photo
from exchanges.posts.tables import Post, PostDate, PostPhoto
from foundation import audit, files
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid
from foundation.files import StoredImage

PHOTO_KIND = "post_photo"
TOO_MANY = N_("%(most)s photographs at most.")


def start_draft(session: Session, actor: Actor, kind: str) -> Post:
    """A new empty draft of the party acted for, in the actor's zone. Raises Missing or Invalid."""
    if kind not in rules.KINDS:
        raise Invalid(N_("Choose whether you offer or you need something."))
    post = Post(
        community_id=actor.community_id,
        party_id=actor.must_be_party(),
        author_id=actor.must_be_person(),
        recorded_by_id=actor.recorder_id,
        kind=kind,
        zone_id=actor.zone_id,
    )
    session.add(post)
    session.flush()
    audit.record(session, actor, "started", "post", post.id)
    return post


def discard_draft(session: Session, actor: Actor, post_id: int) -> None:
    """Throw a draft away for good. Raises Missing, or NotNow for a post that was published."""
    post = own_post(session, actor, post_id, lock=True)
    drop_first_look(session, actor, "post", post_id)
    if post.state != "draft":
        raise rules.NotNow(N_("It was published already: you can close it instead."))
    for photo in photos_of(session, post_id):
        session.delete(photo)
        files.let_go(session, photo.file_id)
    session.exec(delete(PostDate).where(col(PostDate.post_id) == post_id))
    forget_own_fields(session, post)
    session.delete(post)
    audit.record(session, actor, "discarded", "post", post_id)


def add_photo(session: Session, actor: Actor, post_id: int, stored: StoredImage, *, words: str = "") -> int:
    """Add a photograph that is already clean and on disk. Raises Missing or Invalid (too many)."""
    post = own_post(session, actor, post_id, lock=True)
    there = photos_of(session, post_id)
    if len(there) >= rules.MOST_PHOTOS:
        raise Invalid(TOO_MANY, field="photos", most=rules.MOST_PHOTOS)
    file_id = files.keep(
        session, stored, kind=PHOTO_KIND, community_id=actor.community_id, owner_person_id=actor.must_be_person()
    )
    position = 1 + max((photo.position for photo in there), default=-1)
    session.add(PostPhoto(post_id=post_id, file_id=file_id, position=position, words=words))
    changed(session, actor, post)
    return file_id


def describe_photo(session: Session, actor: Actor, post_id: int, file_id: int, words: str) -> None:
    """Say what is seen on a photograph, for who cannot see it; nothing happens when it is gone. Raises Missing."""
    post = own_post(session, actor, post_id, lock=True)
    photo = session.get(PostPhoto, (post_id, file_id))
    if photo is None or photo.words == words:
        return
    photo.words = words
    changed(session, actor, post)


def remove_photo(session: Session, actor: Actor, post_id: int, file_id: int) -> None:
    """Take a photograph away; nothing happens when it is gone already. Raises Missing."""
    own_post(session, actor, post_id, lock=True)
    photo = session.get(PostPhoto, (post_id, file_id))
    if photo is None:
        return
    session.delete(photo)
    session.flush()
    for position, left in enumerate(photos_of(session, post_id)):
        left.position = position
    files.let_go(session, file_id)


def hide_photo(session: Session, actor: Actor, file_id: int) -> None:
    """A maker takes a photograph of a post away for good. Raises Missing."""
    post = post_of_photo(session, file_id)
    session.exec(delete(PostPhoto).where(col(PostPhoto.file_id) == file_id))
    files.let_go(session, file_id)
    audit.record(session, actor, "took_photo_away", "post", post.id)
