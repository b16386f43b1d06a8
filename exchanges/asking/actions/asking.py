"""Asking about a post before anything is proposed, and answering."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from community.conversations.rules import A_DAY, MOST_A_DAY, Standing
from community.moderation.policies import must_be_free
from community.notifications.actions import notify
from community.notifications.queries import reached_of
from community.parties.queries import people_of_all
from community.threads.actions import open_thread, write
from community.threads.queries import to_tell
from exchanges.agreements.actions.telling import name_of
from exchanges.asking.notices import NEW_WORDS
from exchanges.asking.queries import number_asked, post_to_ask_about, question_of, standing_of
from exchanges.asking.tables import PostQuestion
from foundation import clock
from foundation.access import Actor
from foundation.database import Session, insert_if_absent
from foundation.errors import N_, Missing, Refused
from foundation.files import StoredImage
from foundation.signals import signal


def ask(
    session: Session, actor: Actor, post_id: int, words: str, photos: Sequence[StoredImage | int] = (), seen: str = ""
) -> int:
    """Ask about a post, or go on with what one's party asked before; give the thread.

    Raises Missing for a post that cannot be asked about, Refused for too many in a day, Invalid, Limited.
    """
    must_be_free(session, actor, "messages")
    post_to_ask_about(session, actor, post_id)
    question = question_of(session, actor, post_id) or _open(session, actor, post_id)
    write_about(session, actor, question.thread_id, words, photos, seen)
    return question.thread_id


def write_about(
    session: Session, actor: Actor, thread_id: int, words: str, photos: Sequence[StoredImage | int] = (), seen: str = ""
) -> int:
    """Write in a conversation about a post; the adults of the other side hear of it once until they have read.

    Raises Missing for a stranger, Refused once it is over, Invalid, Limited.
    """
    stands = standing(session, actor, thread_id)
    if stands is None:
        raise Missing()
    if not stands.may_write:
        raise Refused(
            N_("This conversation is over: nothing more can be written here."),
            advice=N_("If something is wrong, a maker of your zone listens to you."),
        )
    message_id = write(session, replace(actor, party_id=stands.mine), thread_id, words, photos, seen)
    _tell(session, actor, stands)
    return message_id


def standing(session: Session, actor: Actor, thread_id: int) -> Standing | None:
    """How the actor stands to a conversation about a post: the hook `thread_standing`."""
    return standing_of(session, actor, thread_id, partial(_write, thread_id))


def _write(thread_id: int, session: Session, actor: Actor, *said: Any) -> int:
    return write_about(session, actor, thread_id, *said)


def _open(session: Session, actor: Actor, post_id: int) -> PostQuestion:
    now = clock.now()
    if number_asked(session, actor, now - A_DAY) >= MOST_A_DAY:
        raise Refused(
            N_("You have asked about %(most)s posts today: that is enough for one day."),
            advice=N_("Wait for the answers, or write on the board what you look for."),
            most=MOST_A_DAY,
        )
    values = {
        "community_id": actor.community_id,
        "post_id": post_id,
        "party_id": actor.must_be_party(),
        "asked_by_id": actor.must_be_person(),
        "asked_at": now,
        "thread_id": open_thread(session, actor.community_id),
    }
    insert_if_absent(session, PostQuestion, values, conflict=["post_id", "party_id"])
    found = question_of(session, actor, post_id)
    if found is None:
        raise Missing()
    return found


def _tell(session: Session, actor: Actor, stands: Standing) -> None:
    others = [one for one in stands.sides if one != stands.mine]
    people = [one for adults in people_of_all(session, others).values() for one in adults]
    told = to_tell(session, stands.thread_id, [one.id or 0 for one in reached_of(session, people)])
    for person in people:
        signal(session, f"person:{person.id}")
        if person.id in told:
            notify(
                session,
                person_id=person.id,
                community_id=actor.community_id,
                notice=NEW_WORDS,
                params={"who": name_of(session, actor)},
                endpoint="conversations.show",
                values={"thread_id": stands.thread_id},
                key=f"{stands.thread_id}:{told[person.id]}",
            )
