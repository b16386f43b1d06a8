"""How somebody wishes to be reached, and whether to go on writing of a kind."""

from collections.abc import Collection
from dataclasses import asdict, replace

from sqlalchemy import delete
from sqlmodel import col

from community.notifications.queries import wishes_of
from community.notifications.rules import ACCOUNT, DIGEST, TOPICS, Wishes, check_wishes, usual_way
from community.notifications.tables import NoticeChoice, NoticeStop, NoticeWishes
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing


def keep_wishes(session: Session, actor: Actor, wishes: Wishes, roles: Collection[str]) -> None:
    """What the person chose, from now on. What is the usual for their `roles` is not kept. Raises Invalid."""
    check_wishes(wishes)
    person_id = actor.must_be_person()
    _keep(session, person_id, wishes)
    session.exec(delete(NoticeChoice).where(col(NoticeChoice.person_id) == person_id))
    for topic, how in wishes.choices.items():
        if how != usual_way(topic, roles):
            session.add(NoticeChoice(person_id=person_id, topic=topic, how=how))
    session.flush()
    audit.record(session, actor, "changed", "notice_wishes", None)


def stop_topic(session: Session, person_id: int, topic: str) -> None:
    """No letters of this topic any more, asked for by the link in one of them; of the summary, none at all.

    Topics nobody declared change nothing.
    """
    if topic == DIGEST:
        _keep(session, person_id, replace(wishes_of(session, person_id), digest="never"))
    elif topic in TOPICS and topic != ACCOUNT:
        session.merge(NoticeChoice(person_id=person_id, topic=topic, how="app"))
    session.flush()


def answer_stop(session: Session, actor: Actor, notice: str, *, go_on: bool) -> None:
    """Whether we go on writing of a kind that was stopped; it can be changed again. Raises Missing."""
    stop = session.get(NoticeStop, (actor.must_be_person(), notice))
    if stop is None:
        raise Missing()
    stop.answer, stop.answered_at = ("yes" if go_on else "no"), clock.now()
    session.add(stop)
    session.flush()
    audit.record(session, actor, "goes_on" if go_on else "stopped", "notice_wishes", None, notice=notice)


def _keep(session: Session, person_id: int, wishes: Wishes) -> None:
    session.merge(NoticeWishes(person_id=person_id, **{k: v for k, v in asdict(wishes).items() if k != "choices"}))
