"""Speaking with the makers about a case or another look, and the makers with those whom it concerns."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from sqlmodel import col, select

from community.conversations.rules import Standing, must_not_name
from community.leaving.actions.names import names_out
from community.leaving.rules import Going
from community.moderation.policies import is_stopped
from community.moderation.tables import Case
from community.notifications.actions import notify
from community.speaking.notices import FROM_MAKERS, FROM_MAKERS_AWAY, TO_MAKERS
from community.speaking.queries import (
    Place,
    handled_by,
    names_not_said,
    place_of_talk,
    standing_of,
    talk_of,
)
from community.speaking.tables import CaseTalk
from community.threads.actions import open_thread, write
from community.threads.queries import to_tell
from community.threads.tables import Message
from foundation import audit, clock
from foundation.access import Actor
from foundation.crypto.sealed import Confidential
from foundation.database import Session, insert_if_absent
from foundation.errors import N_, Missing, Refused
from foundation.files import StoredImage
from foundation.signals import signal

KIND = "moderation_case"


def begin(session: Session, actor: Actor, place: Place, words: str) -> int:
    """Say the first words, or go on where some were said; give the number of the conversation.

    `place` is read in the same session, by one of the queries that say who may. Raises Refused, Invalid.
    """
    _must_be_open(place)
    must_not_name(words, names_not_said(session, place))
    talk = place.talk or _open(session, place)
    write_in(session, actor, talk, words)
    return talk.id or 0


def write_in(
    session: Session,
    actor: Actor,
    talk: CaseTalk | None,
    words: str,
    photos: Sequence[StoredImage | int] = (),
    seen: str = "",
) -> int:
    """Write in a conversation with the makers and give the message's id; the other side hears of it once until read.

    Who is kept from writing messages may write here all the same: otherwise nobody would hear them. Raises Missing for
    a stranger, Refused once it is over, Invalid for names that must not be said.
    """
    place = place_of_talk(session, actor, talk)
    if place.talk is None:
        raise Missing()
    _must_be_open(place)
    must_not_name(words, names_not_said(session, place))
    thread_id = place.talk.thread_id
    message_id = write(session, replace(actor, party_id=None), thread_id, words, photos, seen, to_makers=True)
    if place.as_maker:
        audit.record(session, actor, "wrote", KIND, place.case.id)
        _tell_person(session, place, thread_id)
    else:
        _tell_makers(session, place, thread_id)
    signal(session, f"desk:{place.case.community_id}")
    return message_id


def standing(session: Session, actor: Actor, thread_id: int) -> Standing | None:
    """How the actor stands to a conversation with the makers: the hook `thread_standing`."""
    return standing_of(session, actor, thread_id, partial(_written, thread_id))


def forget_names(session: Session, going: Going) -> None:
    """Out of what was said with the makers about who left, and to them, go the names."""
    about = select(col(Case.id)).where(
        col(Case.community_id) == going.community_id,
        (col(Case.about_person_id) == going.person_id) | col(Case.about_party_id).in_(going.closing),
    )
    threads = select(col(CaseTalk.thread_id)).where(
        col(CaseTalk.community_id) == going.community_id,
        (col(CaseTalk.person_id) == going.person_id) | col(CaseTalk.case_id).in_(about),
    )
    names_out(session, going, Message, ("words",), col(Message.thread_id).in_(threads))


def _written(
    thread_id: int,
    session: Session,
    actor: Actor,
    words: str,
    photos: Sequence[StoredImage | int] = (),
    seen: str = "",
) -> int:
    talk = session.scalars(select(CaseTalk).where(col(CaseTalk.thread_id) == thread_id)).one_or_none()
    return write_in(session, actor, talk, words, photos, seen)


def _open(session: Session, place: Place) -> CaseTalk:
    appeal_id = place.appeal.id if place.appeal else None
    values = {
        "community_id": place.case.community_id,
        "case_id": place.case.id,
        "person_id": place.person.id,
        "appeal_id": appeal_id,
        # Always sealed: what is said with the makers is read by nobody else.
        "thread_id": open_thread(session, place.case.community_id, about=Confidential("…")),
        "opened_at": clock.now(),
    }
    if appeal_id is None:
        of_case = col(CaseTalk.appeal_id).is_(None)
        insert_if_absent(session, CaseTalk, values, ["case_id", "person_id"], where=of_case)
    else:
        insert_if_absent(session, CaseTalk, values, ["appeal_id"], where=col(CaseTalk.appeal_id).is_not(None))
    # Where both begin at the same moment, the second finds the first one's, and its own empty thread is nobody's.
    found = talk_of(session, place.case.id or 0, place.person.id or 0, appeal_id)
    if found is None:
        raise Missing()
    return found


def _must_be_open(place: Place) -> None:
    if not place.is_open:
        raise Refused(
            N_("This conversation is over: nothing more can be written here."),
            advice=N_("With “A word to the makers”, at the foot of every page, you reach them all the same."),
        )


def _tell_person(session: Session, place: Place, thread_id: int) -> None:
    person_id, here = place.person.id or 0, place.case.community_id
    signal(session, f"person:{person_id}")
    stopped = session.scalar(select(is_stopped(here, person_id)))
    for key in to_tell(session, thread_id, [person_id]).values():
        notify(
            session,
            person_id=person_id,
            community_id=here,
            notice=FROM_MAKERS_AWAY if stopped else FROM_MAKERS,
            params={},
            endpoint="speaking.show",
            values={"talk_id": place.talk.id if place.talk else 0},
            key=f"{thread_id}:{key}",
        )


def _tell_makers(session: Session, place: Place, thread_id: int) -> None:
    makers = [one.id or 0 for one in handled_by(session, place)]
    for maker_id, key in to_tell(session, thread_id, makers).items():
        signal(session, f"person:{maker_id}")
        notify(
            session,
            person_id=maker_id,
            community_id=place.case.community_id,
            notice=TO_MAKERS,
            params={},
            endpoint="speaking.show",
            values={"talk_id": place.talk.id if place.talk else 0},
            key=f"{thread_id}:{key}",
        )
