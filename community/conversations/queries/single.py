"""One conversation: how somebody stands to it, who has read it, and what makers see of what was reported."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, exists, false, or_
from sqlmodel import col, select

from community.conversations.rules import Standing
from community.conversations.tables import ShownReading
from community.members.tables import Person
from community.moderation.policies import MODERATE, STEP_IN
from community.moderation.tables import Case
from community.parties.queries import people_of_all
from community.parties.tables import Party
from community.threads.queries import marks_of, message_of_photo, thread_of_message
from community.threads.tables import Message
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing
from foundation.feature import registry


def standing_in(session: Session, actor: Actor, thread_id: int) -> Standing:
    """How the actor stands to a thread. Raises Missing for whoever may not read it.

    Whatever has threads answers by the hook `thread_standing(session, actor, thread_id)`, None for those of others.
    """
    for standing in registry.hooks("thread_standing"):
        found: Standing | None = standing(session, actor, thread_id)
        if found is not None:
            return found
    raise Missing()


def may_hear_thread(session: Session, actor: Actor, thread_id: int) -> bool:
    """Whether the actor may hear that something changed in a thread: whoever may read it."""
    try:
        standing_in(session, actor, thread_id)
    except Missing:
        return False
    return True


def standing_of_message(session: Session, actor: Actor, message_id: int) -> Standing:
    """The same for the thread of a message. Raises Missing, also for an event."""
    message = thread_of_message(session, message_id)
    if message is None or message.event:
        raise Missing()
    return standing_in(session, actor, message.thread_id)


def people_in(session: Session, standing: Standing) -> dict[int, list[Person]]:
    """The people who take part, by their party; under 0 those who do so for themselves."""
    if standing.direct:
        return {0: list(session.scalars(select(Person).where(col(Person.id).in_(standing.people))))}
    return people_of_all(session, standing.sides)


def readers_of(session: Session, actor: Actor, standing: Standing) -> list[Person]:
    """The people who take part, but for the actor."""
    return others_among(actor, people_in(session, standing))


def others_among(actor: Actor, people: Mapping[int, list[Person]]) -> list[Person]:
    """Each of these people once, but for the actor."""
    found = {person.id: person for adults in people.values() for person in adults}
    found.pop(actor.person_id, None)
    return list(found.values())


def seen_by(
    session: Session, actor: Actor, standing: Standing, people: Iterable[Person], message_id: int
) -> list[Person]:
    """Who of these has read up to a message, where the actor and they both wish that it is seen.

    None across a block, and none for a maker who reads along.
    """
    others = {person.id or 0: person for person in people}
    if standing.apart or not standing.inside or not others or actor.person_id is None or actor.is_on_behalf:
        return []
    wish = set(
        session.scalars(
            select(col(ShownReading.person_id)).where(col(ShownReading.person_id).in_([actor.person_id, *others]))
        )
    )
    if actor.person_id not in wish:
        return []
    marks = marks_of(session, standing.thread_id, wish & set(others))
    return [others[one] for one, mark in sorted(marks.items()) if mark >= message_id]


def shows_reading(session: Session, person_id: int) -> bool:
    """Whether a person lets others see how far they have read."""
    return session.get(ShownReading, person_id) is not None


def strangers_among(session: Session, actor: Actor, sides: Iterable[int], *, one_person: bool) -> bool:
    """Whether among these parties is somebody with whom the actor has never agreed on anything.

    Whatever people agree on answers by the hook `agreed_with(session, own_ids, other_ids)`: those of the others with
    whom it came to a yes. With `one_person` they are all of the same one, and any of them will do.
    """
    own = {one for one in (actor.party_id, *actor.party_ids) if one is not None}
    everybody = set(sides)
    others = everybody - own
    if not others or (one_person and everybody & own):
        return one_person and not everybody & own
    known: set[int] = set()
    for hook in registry.hooks("agreed_with"):
        known |= hook(session, sorted(own), sorted(others))
    return not known & others if one_person else bool(others - known)


def is_kept(session: Session, community_id: int, message_id: int) -> bool:
    """Whether makers look, or looked, at a message: then it stays for them as it was."""
    case = exists().where(
        col(Case.community_id) == community_id, col(Case.kind) == "message", col(Case.object_id) == message_id
    )
    return bool(session.scalar(select(case)))


def find_reported(session: Session, actor: Actor, message_id: int) -> tuple[str, int | None, int | None]:
    """A message with its words, the zone whose makers look, and the party it is of: to who reads it in its thread, and
    to the makers of that zone once there is a case about it: as it was reported, and what it was changed to. Raises
    Missing for everybody else, and for an event.
    """
    message = thread_of_message(session, message_id)
    if message is None or message.event:
        raise Missing()
    try:
        standing = standing_in(session, actor, message.thread_id)
    except Missing:
        if not _judges(session, actor, message_id):
            raise
        standing = None
    if standing is not None and message.withdrawn_at is not None and not _judges(session, actor, message_id):
        raise Missing()
    about = message.party_id or (standing.sides[0] if standing and standing.sides else None)
    words = message.words
    if message.reported_words is not None and _judges(session, actor, message_id):
        words = f"{message.reported_words}\n→ {words}"
    return words, session.scalar(select(col(Party.zone_id)).where(col(Party.id) == about)), about


def sees_message_photo(session: Session, actor: Actor, file_id: int) -> bool:
    """Whether a photograph is in a thread that the actor reads, or in a message they are to judge as a maker."""
    message = message_of_photo(session, file_id)
    if message is None:
        return False
    if message.hidden_at is None and message.withdrawn_at is None:
        try:
            standing_in(session, actor, message.thread_id)
        except Missing:
            pass
        else:
            return True
    return _judges(session, actor, message.id or 0)


def message_kept_from(actor: Actor, message_id: Any) -> ColumnElement[bool]:
    """The condition that what a message, by its id in a column, stands beside was entrusted to others than this maker.

    Whatever has threads answers by the hook `thread_kept_from`.
    """
    kept = [one(actor, col(Message.thread_id)) for one in registry.hooks("thread_kept_from")]
    return exists().where(col(Message.id) == message_id, or_(false(), *kept))


def _judges(session: Session, actor: Actor, message_id: int) -> bool:
    """Whether the actor is a maker before whom a message was brought, in whose zone that is."""
    if not (actor.may(MODERATE) or actor.may(STEP_IN)):
        return False
    zones = None if actor.may(STEP_IN) else actor.zones_for(MODERATE)
    brought = select(col(Case.id)).where(
        col(Case.community_id) == actor.community_id, col(Case.kind) == "message", col(Case.object_id) == message_id
    )
    if zones is not None:
        brought = brought.where(or_(col(Case.zone_id).is_(None), col(Case.zone_id).in_(zones)))
    if session.scalars(brought.limit(1)).first() is None:
        return False
    return not session.scalar(select(message_kept_from(actor, message_id)))
