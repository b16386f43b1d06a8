"""Leaving messages for the people of an agreement, in the transaction of what they tell."""

from collections.abc import Iterable

from sqlmodel import col, select

from community.communities.queries import today_of
from community.members.queries import makers_of
from community.members.tables import Person
from community.notifications.actions import notify
from community.notifications.queries import reached_of, to_be_told
from community.notifications.rules import Notice
from community.parties.queries import people_of_all
from community.parties.tables import Party
from community.resting.policies import is_resting
from community.threads.queries import to_tell
from exchanges.agreements.notices import IS_CONFIRMED, NEW_WORDS, STILL_TO_CONFIRM, TO_SETTLE
from exchanges.agreements.policies import About, Between
from exchanges.posts.notices import CONFIDENTIAL_TITLE
from exchanges.posts.tables import Post
from foundation.access import Actor
from foundation.database import Session
from foundation.signals import signal

PAGES = {
    "agreement": ("agreements.show", "agreement_id"),
    "series": ("series.show", "series_id"),
    "group_exchange": ("groups.show", "group_id"),
}
"""Where a message leads, by the table of what it is about, with the name of the id in the address."""
TOLD_TOGETHER = (STILL_TO_CONFIRM, IS_CONFIRMED)


def tell_party(
    session: Session,
    agreement: About,
    party_id: int,
    notice: Notice,
    *,
    who: str = "",
    key: str = "",
    quietly: bool = False,
    **more: object,
) -> None:
    """Tell the adults of a party. Who has no channel is called by a maker, unless another adult is reached by one.

    `who` is the name of whoever did it; `key` tells apart messages about the same version of the agreement;
    `quietly` asks no maker to call.
    """
    params = {"title": agreement.title, "who": who, **more}
    for person in _addressees(session, party_id, call=not quietly):
        _leave(session, agreement, person.id, notice, params, key)


def tell_of_words(session: Session, about: About, thread_id: int, party_ids: Iterable[int], *, who: str) -> None:
    """Tell the adults of these parties that there are new words in a conversation: once until they have read them.

    Nobody is asked to call, and who muted the conversation hears nothing.
    """
    people = [one for people in people_of_all(session, sorted(set(party_ids))).values() for one in people]
    told = to_tell(session, thread_id, [one.id or 0 for one in reached_of(session, people)])
    for person in people:
        signal(session, f"person:{person.id}")
        if person.id in told:
            _leave(session, about, person.id, NEW_WORDS, {"title": about.title, "who": who}, told[person.id])


def nudge_party(session: Session, agreement: About, party_id: int, notice: Notice, *, who: str, key: str) -> None:
    """Tell those adults of a party who can be reached and do not rest: of what they may as well leave unanswered."""
    for person in _addressees(session, party_id, call=False):
        if not session.scalar(select(is_resting(agreement.community_id, person.id))):
            _leave(session, agreement, person.id, notice, {"title": agreement.title, "who": who}, key)


def tell_both(session: Session, agreement: Between, notice: Notice, *, but: Actor, **more: object) -> None:
    """Tell both parties, leaving out the person who just did it."""
    for party_id in (agreement.giver_id, agreement.receiver_id):
        for person in _addressees(session, party_id):
            if person.id != but.person_id:
                _leave(session, agreement, person.id, notice, {"title": agreement.title, **more}, "")


def tell_makers(session: Session, agreement: Between) -> None:
    """Tell the makers of the two zones of a disagreement, but for those who take part or were excluded."""
    sides = (agreement.giver_id, agreement.receiver_id)
    zones = session.scalars(select(col(Party.zone_id)).where(col(Party.id).in_(sides))).all()
    left_out = {person.id for people in people_of_all(session, sides).values() for person in people}
    post = confidential_post(session, agreement)
    if post is not None:
        left_out.add(post.excluded_maker_id)
    makers = {maker.id for zone_id in zones for maker in makers_of(session, agreement.community_id, zone_id)}
    for person_id in sorted(person_id for person_id in makers - left_out if person_id is not None):
        _leave(session, agreement, person_id, TO_SETTLE, {"title": agreement.title}, "")


def name_of(session: Session, actor: Actor) -> str:
    """The given name of who acts, for a sentence."""
    person = session.get(Person, actor.person_id) if actor.person_id else None
    return person.given_name if person else ""


def _addressees(session: Session, party_id: int, *, call: bool = True) -> list[Person]:
    """Who is to be told. As rows, so that the session need not read them again when it tells them."""
    adults = people_of_all(session, (party_id,)).get(party_id, [])
    return to_be_told(session, adults) if call else reached_of(session, adults)


def confidential_post(session: Session, agreement: About) -> Post | None:
    """The confidential need that an agreement answers; None for any other."""
    post = session.get(Post, agreement.post_id) if agreement.post_id else None
    return post if post is not None and post.visibility == "confidential" else None


def _leave(
    session: Session, agreement: About, person_id: int | None, notice: Notice, params: dict[str, object], key: str
) -> None:
    kind, object_id = _kind_of(agreement, notice)
    endpoint, parameter = PAGES[kind]
    about = str(object_id) if kind == "agreement" else f"{kind}-{object_id}"
    if kind != getattr(agreement, "__tablename__", ""):
        key = today_of(session, agreement.community_id).isoformat()
    asked = notice.taking(params)
    if "title" in asked and confidential_post(session, agreement) is not None:
        asked["title"] = CONFIDENTIAL_TITLE
    notify(
        session,
        person_id=person_id or 0,
        community_id=agreement.community_id,
        notice=notice,
        params=asked,
        endpoint=endpoint,
        values={parameter: object_id},
        key=f"{about}:{key or agreement.version}",
    )


def _kind_of(about: About, notice: Notice) -> tuple[str, int | None]:
    """The kind and id of what a message is about: once a day the series, where several of its meetings would say it."""
    series_id: int | None = getattr(about, "series_id", None)
    if series_id is not None and notice in TOLD_TOGETHER:
        return "series", series_id
    return getattr(about, "__tablename__", ""), about.id
