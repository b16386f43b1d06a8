"""What one does in a conversation of whatever kind: its owner says by the hook `thread_standing` who may."""

from collections.abc import Sequence

from sqlmodel import col, delete

from community.conversations.queries import is_kept, shows_reading, standing_in, standing_of_message
from community.conversations.rules import Standing, must_not_name
from community.conversations.tables import ShownReading
from community.notifications.actions import see_matter
from community.notifications.rules import matter_of
from community.threads import actions as threads
from foundation import clock
from foundation.access import Actor
from foundation.database import Session, insert_if_absent
from foundation.errors import Missing
from foundation.files import StoredImage
from foundation.signals import signal


def say(
    session: Session,
    actor: Actor,
    thread_id: int,
    words: str,
    photos: Sequence[StoredImage | int] = (),
    seen: str = "",
) -> int:
    """Write in a conversation, and give the message's id.

    Raises Missing for a stranger, Refused once it is over, Invalid for no words or too many, Limited.
    """
    standing = standing_in(session, actor, thread_id)
    _see(session, actor, standing)
    return standing.write(session, actor, words, photos, seen)


def read_up_to(session: Session, actor: Actor, thread_id: int, upto: int) -> None:
    """Note that the actor has read up to a message. Raises Missing for a stranger, and for who only reads along."""
    standing = _inside(session, actor, thread_id)
    moved = threads.mark_read(session, actor, thread_id, upto)
    if moved and shows_reading(session, actor.must_be_person()):
        signal(session, f"thread:{thread_id}")  # the others see at once how far it was read
    _see(session, actor, standing)


def set_muted(session: Session, actor: Actor, thread_id: int, *, muted: bool) -> None:
    """Hear nothing more of a conversation, or hear of it again. Raises Missing for a stranger."""
    _inside(session, actor, thread_id)
    threads.mute(session, actor, thread_id, muted=muted)


def change_words(session: Session, actor: Actor, message_id: int, words: str) -> Standing:
    """Put one's own words right within ten minutes.

    Raises Missing for the words of others, Refused when it is too late, Invalid, Limited.
    """
    standing = standing_of_message(session, actor, message_id)
    must_not_name(words, standing.unsaid)
    threads.edit(
        session,
        actor,
        message_id,
        words,
        over=not standing.may_write,
        kept=is_kept(session, actor.community_id, message_id),
    )
    return standing


def take_back(session: Session, actor: Actor, message_id: int) -> Standing:
    """Take one's own message back. What makers look at leaves the thread too, and they go on reading it.

    Raises Missing for the words of others.
    """
    standing = standing_of_message(session, actor, message_id)
    threads.withdraw(session, actor, message_id, kept=is_kept(session, actor.community_id, message_id))
    return standing


def show_reading(session: Session, actor: Actor, *, shown: bool) -> None:
    """Let others see how far one has read, and see it of those who do too; or no more."""
    person_id = actor.must_be_person()
    if shown:
        values = {"person_id": person_id, "since": clock.now()}
        insert_if_absent(session, ShownReading, values, conflict=["person_id"])
    else:
        session.execute(delete(ShownReading).where(col(ShownReading.person_id) == person_id))


def _see(session: Session, actor: Actor, standing: Standing) -> None:
    """Whoever reads or answers has seen what they were told of it; who does so in their place has not."""
    if actor.is_on_behalf:
        return
    for matter in {f"thread:{standing.thread_id}", matter_of(standing.values)} - {""}:
        see_matter(session, actor.must_be_person(), actor.community_id, matter)


def _inside(session: Session, actor: Actor, thread_id: int) -> Standing:
    standing = standing_in(session, actor, thread_id)
    if not standing.inside:
        raise Missing()
    return standing
