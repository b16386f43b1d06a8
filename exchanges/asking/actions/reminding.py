"""A gentle word about a question, or an answer, that nobody of the other side looked at."""

from sqlmodel import select

from community.members.queries import actor_for, person_of
from community.notifications.actions import notify
from community.notifications.queries import reached_of
from community.parties.queries import people_of
from community.resting.policies import is_resting
from community.threads.queries import to_tell
from exchanges.asking.actions.asking import standing
from exchanges.asking.notices import STILL_TO_READ
from exchanges.asking.queries import Silent, own_last_words, silent_questions
from foundation.database import Session


def remind_of_question(session: Session, question_id: int) -> bool:
    """Remind the adults of the side that is awaited, once for each silence; whether anything was left for them.

    No maker calls for it. Nobody who rests, muted it or may not answer is asked to.
    """
    for one in silent_questions(session, question_id=question_id):
        who = person_of(session, one.author_id).given_name
        since = own_last_words(session, one.thread_id, one.awaited_id)
        told = [
            notify(
                session,
                person_id=person_id,
                community_id=one.community_id,
                notice=STILL_TO_READ,
                params={"who": who},
                endpoint="conversations.show",
                values={"thread_id": one.thread_id},
                key=f"{one.thread_id}:silent-since-{since}",
            )
            for person_id in _awaited(session, one)
        ]
        return any(told)
    return False


def _awaited(session: Session, one: Silent) -> list[int]:
    people = [person.id or 0 for person in reached_of(session, people_of(session, one.awaited_id))]
    return [person_id for person_id in to_tell(session, one.thread_id, people) if _may_answer(session, one, person_id)]


def _may_answer(session: Session, one: Silent, person_id: int) -> bool:
    stands = standing(session, actor_for(session, person_id, one.community_id), one.thread_id)
    if stands is None or not stands.may_write:
        return False
    return not session.scalar(select(is_resting(one.community_id, person_id)))
