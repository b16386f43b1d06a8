"""Asking somebody who was suggested, saying "not now", and wishing not to be suggested."""

from sqlalchemy import update
from sqlmodel import col

from community.communities.queries import community_of
from community.members.tables import Person
from community.moderation.policies import must_be_free
from community.notifications.actions import notify
from community.notifications.queries import to_be_told
from community.parties.queries import own_party, people_of
from exchanges.matching.notices import COULD_YOU
from exchanges.matching.queries import asked_today, is_suggested
from exchanges.matching.rules import MOST_ASKED_A_DAY, checked_wish
from exchanges.matching.tables import AskedToAnswer, SuggestionWish
from exchanges.posts.queries import own_post
from exchanges.posts.tables import Post
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session, insert_if_absent
from foundation.errors import N_, Missing, Refused


def ask_to_answer(session: Session, actor: Actor, post_id: int, party_id: int) -> bool:
    """Invite a suggested party to answer one's open post; False when it was asked before.

    Raises Missing for a post of somebody else and for a party that is not suggested for it (blocked, unwilling, not
    met by a maker where care is demanded, of another community), Refused past the day's limit for one post.
    """
    must_be_free(session, actor, "proposing")
    post = own_post(session, actor, post_id, lock=True)
    time_zone = community_of(session, actor.community_id).time_zone
    if not is_suggested(session, actor, post, party_id, time_zone):
        raise Missing()
    values = {
        "post_id": post_id,
        "party_id": party_id,
        "asked_by_id": actor.must_be_person(),
        "asked_at": clock.now(),
        "not_now_at": None,
    }
    today = asked_today(session, post_id, time_zone)
    if not insert_if_absent(session, AskedToAnswer, values, ["post_id", "party_id"]):
        return False
    if today >= MOST_ASKED_A_DAY:
        raise Refused(
            N_("You have asked %(most)s today: wait for an answer first."),
            advice=N_("Tomorrow you can ask others. The post stays on the board for everybody."),
            most=MOST_ASKED_A_DAY,
        )
    audit.record(session, actor, "asked_to_answer", "post", post_id, party=party_id)
    _tell(session, actor, post, party_id)
    return True


def say_not_now(session: Session, actor: Actor, post_id: int) -> None:
    """Put an invitation aside; who sent it is not told. Raises Missing where the party acted for was not asked."""
    put_aside = session.exec(
        update(AskedToAnswer)
        .where(col(AskedToAnswer.post_id) == post_id, col(AskedToAnswer.party_id) == actor.must_be_party())
        .values(not_now_at=clock.now())
    )
    if not put_aside.rowcount:
        raise Missing()


def set_wish(session: Session, actor: Actor, wish: str) -> None:
    """Say that the party acted for is gladly suggested, never for now, or like everybody (empty).

    Raises Missing for who acts for no party, Invalid for another wish.
    """
    party_id = own_party(session, actor).id or 0
    present = session.get(SuggestionWish, party_id)
    if checked_wish(wish):
        standing = present or SuggestionWish(party_id=party_id, wish=wish, set_by_id=actor.must_be_person())
        standing.wish, standing.set_by_id, standing.set_at = wish, actor.must_be_person(), clock.now()
        session.add(standing)
    elif present is not None:
        session.delete(present)
    session.flush()
    audit.record(session, actor, "wished_suggestions", "party", party_id, wish=wish)


def _tell(session: Session, actor: Actor, post: Post, party_id: int) -> None:
    """Leave a message for the adults who can be reached, or for one whom a maker can call."""
    author = session.get(Person, actor.must_be_person())
    adults = people_of(session, party_id)
    for person in to_be_told(session, adults):
        notify(
            session,
            person_id=person.id or 0,
            community_id=actor.community_id,
            notice=COULD_YOU,
            params={"who": author.given_name if author else "", "title": post.title},
            endpoint="posts.show",
            values={"post_id": post.id},
            key=f"{post.id}",
        )
