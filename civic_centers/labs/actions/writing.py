"""The conversation of a lab: one thread for all who are in it."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlmodel import col, select

from civic_centers.labs.actions.holding import tell
from civic_centers.labs.notices import NEW_WORDS
from civic_centers.labs.queries.inside import people_of_lab
from civic_centers.labs.queries.single import lab_visible_to, must_be_member
from civic_centers.labs.rules import KIND
from civic_centers.labs.tables import Lab, LabMember
from community.conversations.rules import Standing, Talk
from community.moderation.policies import own_ids
from community.threads.actions import write
from community.threads.queries import to_tell
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Missing, Refused
from foundation.files import StoredImage
from foundation.signals import signal


def write_words(
    session: Session, actor: Actor, lab_id: int, words: str, photos: Sequence[StoredImage | int] = (), seen: str = ""
) -> int:
    """Write to all who are in a lab and give the message's id. Each hears of it once, until they have read it.

    Raises Missing for who is not in it, Refused once the lab is over, Invalid for no words or too many.
    """
    lab = lab_visible_to(session, actor, lab_id)
    must_be_member(session, actor, lab)
    if lab.state != "open":
        raise Refused(N_("This lab is not open: nothing more can be written here."))
    message_id = write(session, actor, lab.thread_id, words, photos, seen)
    people = people_of_lab(session, lab_id, "in")
    told = to_tell(session, lab.thread_id, people)
    for person_id in people:
        signal(session, f"person:{person_id}")
        if person_id in told:
            tell(session, lab, [person_id], NEW_WORDS, but=actor, key=told[person_id], endpoint="labs.talk")
    return message_id


def standing(session: Session, actor: Actor, thread_id: int) -> Standing | None:
    """How the actor stands to the conversation of a lab: the hook `thread_standing`."""
    lab = session.exec(select(Lab).where(col(Lab.thread_id) == thread_id)).one_or_none()
    if lab is None or lab.community_id != actor.community_id:
        return None
    try:
        mine = must_be_member(session, actor, lab)
    except Missing:
        return None
    there = (col(LabMember.lab_id) == lab.id, col(LabMember.state) == "in", col(LabMember.party_id).is_not(None))
    sides = [one for one in session.scalars(select(col(LabMember.party_id)).where(*there)) if one is not None]
    return Standing(
        thread_id=thread_id,
        title=lab.name,
        endpoint="labs.talk",
        values={"lab_slug": lab.slug},
        kind=KIND,
        object_id=lab.id or 0,
        write=partial(_write, lab.id or 0),
        may_write=lab.state == "open",
        sides=tuple(dict.fromkeys(sides)),
        mine=mine.party_id if mine.party_id in own_ids(actor) else actor.party_id,
    )


def my_threads(actor: Actor) -> Any:
    """The ids of the threads of the actor's labs, to be used in another question: the hook `talk_threads`."""
    inside = select(col(LabMember.lab_id)).where(
        col(LabMember.person_id) == actor.person_id,
        col(LabMember.community_id) == actor.community_id,
        col(LabMember.state) == "in",
    )
    return select(col(Lab.thread_id)).where(col(Lab.id).in_(inside))


def talks_of(session: Session, actor: Actor, threads: Sequence[int]) -> dict[int, Talk]:
    """What the conversations of labs are about, by their thread: the hook `talks`."""
    found = select(Lab).where(col(Lab.thread_id).in_(threads), col(Lab.thread_id).in_(my_threads(actor)))
    return {
        lab.thread_id: Talk(
            title="", state=lab.state, endpoint="labs.talk", values={"lab_slug": lab.slug}, other=None,
            person=lab.name,
        )
        for lab in session.exec(found)
    }  # fmt: skip


def _write(lab_id: int, session: Session, actor: Actor, *said: Any) -> int:
    return write_words(session, actor, lab_id, *said)
