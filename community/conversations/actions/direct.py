"""Writing to another person: the first time, again, and never again."""

from collections.abc import Sequence
from functools import partial

from sqlmodel import col, delete, update

from community.conversations.notices import NEW_DIRECT
from community.conversations.queries import (
    direct_between,
    direct_of_thread,
    number_begun,
    person_to_write_to,
    standing_of,
)
from community.conversations.rules import A_DAY, Standing, most_new, pair
from community.conversations.tables import DirectThread, ShownReading
from community.leaving.rules import Going
from community.members.queries import membership_of, person_of
from community.moderation.policies import must_be_free
from community.notifications.actions import notify
from community.threads.actions import open_thread, tell, write
from community.threads.queries import to_tell
from foundation import clock
from foundation.access import Actor
from foundation.database import Session, insert_if_absent
from foundation.errors import N_, Missing, Refused
from foundation.files import StoredImage
from foundation.signals import look_again_at, signal

OVER = N_("This conversation is over: nothing more can be written here.")
LEFT = N_("%(who)s left the conversation.")


def begin(
    session: Session,
    actor: Actor,
    person_id: int,
    words: str,
    photos: Sequence[StoredImage | int] = (),
    seen: str = "",
) -> int:
    """Write to another member, in the one conversation of the two; give its thread. Who had left it is back.

    Raises Missing for whom the actor may not write to, Refused for too many new conversations in a day or where the
    other left, Invalid, Limited.
    """
    must_be_free(session, actor, "messages")
    person_to_write_to(session, actor, person_id)
    found = direct_between(session, actor, person_id) or _open(session, actor, person_id)
    _come_back(session, found, actor.must_be_person())
    write_directly(session, actor, found.thread_id, words, photos, seen)
    return found.thread_id


def _open(session: Session, actor: Actor, person_id: int) -> DirectThread:
    me, now = actor.must_be_person(), clock.now()
    membership = membership_of(session, actor.community_id, me)
    most = most_new(membership.decided_at or membership.applied_at if membership else None, now)
    if number_begun(session, actor, now - A_DAY) >= most:
        raise Refused(
            N_("You have begun to write to %(most)s people today: that is enough for one day."),
            advice=N_("Go on with those you have written to, put something on the board, or come back tomorrow."),
            most=most,
        )
    low, high = pair(me, person_id)
    thread_id = open_thread(session, actor.community_id)
    values = {
        "community_id": actor.community_id,
        "thread_id": thread_id,
        "low_id": low,
        "high_id": high,
        "opened_by_id": me,
        "opened_at": now,
    }
    # Where both begin at the same moment, the second finds the first one's, and its own empty thread is nobody's.
    insert_if_absent(session, DirectThread, values, conflict=["community_id", "low_id", "high_id"])
    found = direct_between(session, actor, person_id)
    if found is None:
        raise Missing()
    return found


def _come_back(session: Session, found: DirectThread, person_id: int) -> None:
    column = "low_left_at" if person_id == found.low_id else "high_left_at"
    if getattr(found, column) is not None:
        setattr(found, column, None)
        session.add(found)
        session.flush()


def standing(session: Session, actor: Actor, thread_id: int) -> Standing | None:
    """How the actor stands to a direct conversation: the hook `thread_standing`."""
    return standing_of(session, actor, thread_id, partial(_written, thread_id))


def _written(
    thread_id: int,
    session: Session,
    actor: Actor,
    words: str,
    photos: Sequence[StoredImage | int] = (),
    seen: str = "",
) -> int:
    return write_directly(session, actor, thread_id, words, photos, seen)


def write_directly(
    session: Session,
    actor: Actor,
    thread_id: int,
    words: str,
    photos: Sequence[StoredImage | int] = (),
    seen: str = "",
) -> int:
    """Write in a direct conversation and give the message's id; the other hears of it once until they have read.

    Raises Missing for a stranger, Refused where it is over, Invalid, Limited.
    """
    stands = standing(session, actor, thread_id)
    if stands is None:
        raise Missing()
    if not stands.may_write:
        raise Refused(OVER, advice=N_("If something is wrong, a maker of your zone listens to you."))
    message_id = write(session, actor, thread_id, words, photos, seen)
    who = person_of(session, actor.must_be_person()).given_name
    told = to_tell(session, thread_id, stands.people)
    for person_id in stands.people:
        signal(session, f"person:{person_id}")
    for person_id, key in told.items():
        notify(
            session,
            person_id=person_id,
            community_id=actor.community_id,
            notice=NEW_DIRECT,
            params={"who": who},
            endpoint="conversations.show",
            values={"thread_id": thread_id},
            key=f"{thread_id}:{key}",
        )
    return message_id


def leave(session: Session, actor: Actor, thread_id: int) -> None:
    """Leave a direct conversation: the other reads that it is over. Twice changes nothing. Raises Missing."""
    found = direct_of_thread(session, thread_id, lock=True)
    me = actor.must_be_person()
    if found is None or actor.is_on_behalf or found.community_id != actor.community_id:
        raise Missing()
    if me not in (found.low_id, found.high_id):
        raise Missing()
    if found.left_at(me) is not None:
        return
    setattr(found, "low_left_at" if me == found.low_id else "high_left_at", clock.now())
    session.add(found)
    tell(session, actor, thread_id, LEFT, {})
    for person_id in (found.low_id, found.high_id):
        signal(session, f"person:{person_id}")
    look_again_at(session, me)


def forget_direct(session: Session, going: Going) -> None:
    """Whoever left the community is in no conversation of it any more; the other keeps their own words."""
    now = clock.now()
    here = col(DirectThread.community_id) == going.community_id
    for own, left in (("low_id", "low_left_at"), ("high_id", "high_left_at")):
        mine = (here, col(getattr(DirectThread, own)) == going.person_id, col(getattr(DirectThread, left)).is_(None))
        session.execute(
            update(DirectThread).where(*mine).values(**{left: now}).execution_options(synchronize_session=False)
        )


def forget_wish(session: Session, person_id: int) -> None:
    """What somebody wished about their reading goes with them."""
    session.execute(delete(ShownReading).where(col(ShownReading.person_id) == person_id))
