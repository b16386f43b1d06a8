"""Two people who write to each other: who may, and how they stand to what they wrote."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import and_, case, false, or_
from sqlmodel import col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from community.conversations.policies import SEE, WRITE
from community.conversations.rules import Standing, Talk, pair
from community.conversations.tables import DirectThread
from community.members.queries import profile_visible_to
from community.members.tables import Membership, Person
from community.moderation.policies import are_apart, is_stopped
from community.parties.policies import acting
from community.parties.tables import Party, PartyMember
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing


def own_direct(actor: Actor) -> SelectOfScalar[int]:
    """The ids of the threads in which the actor writes to one person, without those they left.

    They belong to the person: nobody reads them in their place.
    """
    me = actor.person_id
    mine = or_(
        and_(col(DirectThread.low_id) == me, col(DirectThread.low_left_at).is_(None)),
        and_(col(DirectThread.high_id) == me, col(DirectThread.high_left_at).is_(None)),
    )
    theirs = false() if actor.is_on_behalf or me is None else mine
    return select(col(DirectThread.thread_id)).where(col(DirectThread.community_id) == actor.community_id, theirs)


def direct_talks(session: Session, actor: Actor, threads: Sequence[int]) -> dict[int, Talk]:
    """With whom each of the direct conversations among these is."""
    other = case((col(DirectThread.low_id) == actor.person_id, col(DirectThread.high_id)), else_=DirectThread.low_id)
    statement = (
        select(DirectThread, Person)
        .join(Person, col(Person.id) == other)
        .where(col(DirectThread.thread_id).in_(threads), col(DirectThread.thread_id).in_(own_direct(actor)))
    )
    return {
        one.thread_id: Talk(
            title="",
            state="",
            endpoint="conversations.show",
            values={"thread_id": one.thread_id},
            other=None,
            person=person.name,
            photo_id=person.photo_file_id,
        )
        for one, person in session.execute(statement)
    }


def direct_of_thread(session: Session, thread_id: int, *, lock: bool = False) -> DirectThread | None:
    """The two whose thread it is; with `lock` held until the end of the transaction."""
    statement = select(DirectThread).where(col(DirectThread.thread_id) == thread_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return session.scalars(statement).one_or_none()


def direct_between(session: Session, actor: Actor, person_id: int) -> DirectThread | None:
    """The conversation of the actor with another person, also one that somebody left."""
    low, high = pair(actor.must_be_person(), person_id)
    return session.scalars(
        select(DirectThread).where(
            col(DirectThread.community_id) == actor.community_id,
            col(DirectThread.low_id) == low,
            col(DirectThread.high_id) == high,
        )
    ).one_or_none()


def parties_of_person(session: Session, community_id: int, person_id: int) -> list[int]:
    """Every party a person acts for here, a closed one too: a block may stand against any of them."""
    statement = (
        select(col(PartyMember.party_id))
        .join(Party, col(Party.id) == col(PartyMember.party_id))
        .where(col(PartyMember.person_id) == person_id, col(Party.community_id) == community_id, *acting())
    )
    return list(session.scalars(statement))


def person_to_write_to(session: Session, actor: Actor, person_id: int) -> Person:
    """Another member whom the actor may write to: present, with an address, and no block between them.

    Raises Missing for everybody else. Children and who is not online have no account: nobody writes to them here.
    """
    if not actor.may(WRITE) or actor.is_on_behalf or person_id == actor.person_id:
        raise Missing()
    person = profile_visible_to(session, actor, person_id).person
    away = session.scalar(select(is_stopped(actor.community_id, person_id)))
    if away or person.email is None:
        raise Missing()
    return person


def standing_of(session: Session, actor: Actor, thread_id: int, write: Callable[..., int]) -> Standing | None:
    """How the actor stands to a direct conversation; None where it is none of theirs, or they left it.

    After a block both go on reading what was said, and report it if need be; nothing more is written, and neither is
    told why.
    """
    found = direct_of_thread(session, thread_id)
    me = actor.person_id
    if found is None or me is None or found.community_id != actor.community_id or actor.is_on_behalf:
        return None
    if not actor.may(SEE):  # who is paused or excluded hears nothing of it over a socket either
        return None
    if me not in (found.low_id, found.high_id) or found.left_at(me) is not None:
        return None
    other_id = found.other_of(me)
    theirs = parties_of_person(session, actor.community_id, other_id)
    apart = any(are_apart(session, actor, party_id) for party_id in theirs)
    there = found.left_at(other_id) is None and _is_there(session, actor.community_id, other_id)
    person = session.get(Person, other_id)
    return Standing(
        thread_id=thread_id,
        title=person.name if person else "",
        endpoint="conversations.show",
        values={"thread_id": thread_id},
        kind="direct_thread",
        object_id=found.id or 0,
        write=write,
        may_write=actor.may(WRITE) and there and not apart,
        apart=apart,
        sides=tuple(theirs),
        people=(other_id,),
        direct=True,
    )


def number_begun(session: Session, actor: Actor, since: datetime) -> int:
    """How many people the actor began to write to since a moment."""
    statement = select(func.count()).where(
        col(DirectThread.opened_by_id) == actor.person_id,
        col(DirectThread.community_id) == actor.community_id,
        col(DirectThread.opened_at) > since,
    )
    return session.scalar(statement) or 0


def _is_there(session: Session, community_id: int, person_id: int) -> bool:
    found = session.scalar(
        select(col(Membership.id)).where(
            col(Membership.community_id) == community_id,
            col(Membership.person_id) == person_id,
            col(Membership.state) == "approved",
            ~is_stopped(community_id, person_id),
        )
    )
    return found is not None
