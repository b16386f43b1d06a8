"""A gentle word about what somebody wrote directly and nobody answered."""

from sqlmodel import select

from community.conversations.actions.direct import standing
from community.conversations.notices import STILL_TO_READ
from community.conversations.queries import own_last_words, silent_talks
from community.members.queries import actor_for, person_of
from community.notifications.actions import notify
from community.resting.policies import is_resting
from foundation.database import Session


def remind_of_words(session: Session, direct_id: int) -> bool:
    """Remind who is awaited in a direct conversation, once for each silence; whether it still waits.

    Nobody who rests, is away, muted it or is kept apart from the other: who may not answer is not asked to.
    """
    for one in silent_talks(session, direct_id=direct_id):
        actor = actor_for(session, one.awaited_id, one.community_id)
        stands = standing(session, actor, one.thread_id)
        if stands is None or not stands.may_write:
            return False
        if session.scalar(select(is_resting(one.community_id, one.awaited_id))):
            return False
        since = own_last_words(session, one.thread_id, one.awaited_id)
        return notify(
            session,
            person_id=one.awaited_id,
            community_id=one.community_id,
            notice=STILL_TO_READ,
            params={"who": person_of(session, one.author_id).given_name},
            endpoint="conversations.show",
            values={"thread_id": one.thread_id},
            key=f"{one.thread_id}:silent-since-{since}",
        )
    return False
