"""What the makers see of conversations or of kind words that somebody reported: of many at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, exists, or_
from sqlmodel import col, select

from community.parties.tables import Party
from community.threads.tables import Message
from exchanges.agreements.policies import RESOLVE, Between, may_mediate, own_side, sides_of
from exchanges.agreements.tables import Agreement, Appreciation
from exchanges.posts.policies import is_kept_from, kept_from
from exchanges.posts.tables import Post
from foundation.access import Actor
from foundation.database import Session, rows_of
from foundation.errors import Missing
from foundation.feature import Reported, registry

Zones = Mapping[int, int | None]
"""Where parties live, by their id."""


def reported_wholes(session: Session, actor: Actor, found: Sequence[Between]) -> dict[int, Reported]:
    """Agreements, or what agreements are a part of: only what they are about. Without those of strangers."""
    zones = _zones_of(session, found)
    return {
        one.id or 0: Reported(one.title, zones.get(_other(actor, one)), _other(actor, one))
        for one in _seen(session, actor, found, zones)
    }


def reported_agreements(session: Session, actor: Actor, agreement_ids: Collection[int]) -> dict[int, Reported]:
    """Conversations: only what they are about; their words are read in a dispute. Without those of strangers."""
    return reported_wholes(session, actor, rows_of(session, Agreement, agreement_ids))


def reported_messages(session: Session, actor: Actor, message_ids: Collection[int]) -> dict[int, Reported]:
    """Messages with their words. Without those of strangers, and without events."""
    messages = [one for one in rows_of(session, Message, message_ids) if not one.event]
    owners = owners_of_threads(session, {one.thread_id for one in messages})
    zones = _zones_of(session, list(owners.values()), {one.party_id for one in messages if one.party_id is not None})
    seen = {id(one) for one in _seen(session, actor, list(owners.values()), zones)}
    found = {}
    for message in messages:
        owner = owners.get(message.thread_id)
        if owner is not None and id(owner) in seen:
            about = message.party_id or owner.giver_id
            found[message.id or 0] = Reported(message.words, zones.get(about), about)
    return found


def reported_thanks(session: Session, actor: Actor, agreement_ids: Collection[int]) -> dict[int, Reported]:
    """The kind words of agreements that stand on a profile, where every member reads them."""
    if not (agreement_ids and actor.is_member):
        return {}
    statement = (
        select(Appreciation, Party)
        .join(Agreement, col(Agreement.id) == col(Appreciation.agreement_id))
        .join(Party, col(Party.id) == col(Appreciation.from_party_id))
        .where(
            col(Appreciation.agreement_id).in_(agreement_ids),
            col(Appreciation.shown).is_(True),
            col(Agreement.community_id) == actor.community_id,
        )
        .order_by(col(Appreciation.agreement_id), col(Appreciation.from_party_id))
    )
    shown: dict[int, list[tuple[Appreciation, Party]]] = defaultdict(list)
    for words, author in session.execute(statement):
        shown[words.agreement_id].append((words, author))
    return {
        agreement_id: Reported(" / ".join(words.words for words, _author in both), both[0][1].zone_id, both[0][1].id)
        for agreement_id, both in shown.items()
    }


def agreement_kept_from(actor: Actor, agreement_id: Any) -> ColumnElement[bool]:
    """The condition that what an agreement, by its id in a column, is about is kept from this maker."""
    return exists().where(col(Agreement.id) == agreement_id, kept_from(actor, col(Agreement.post_id)))


def message_kept_from(actor: Actor, message_id: Any) -> ColumnElement[bool]:
    """The same of a message; the hook `thread_kept_from` knows the threads of other features."""
    of_agreement = exists().where(
        col(Agreement.thread_id) == col(Message.thread_id), kept_from(actor, col(Agreement.post_id))
    )
    others = (kept(actor, col(Message.thread_id)) for kept in registry.hooks("thread_kept_from"))
    return exists().where(col(Message.id) == message_id, or_(of_agreement, *others))


def owner_of_message(session: Session, actor: Actor, message_id: int) -> Between:
    """What a message stands beside: an agreement, or what agreements are a part of. Raises Missing for a stranger."""
    message = session.get(Message, message_id)
    owner = owner_of_thread(session, message.thread_id) if message is not None else None
    if owner is None or not _seen(session, actor, [owner], _zones_of(session, [owner])):
        raise Missing()
    return owner


def owner_of_thread(session: Session, thread_id: int) -> Between | None:
    """Whose a thread is."""
    return owners_of_threads(session, [thread_id]).get(thread_id)


def owners_of_threads(session: Session, thread_ids: Collection[int]) -> dict[int, Between]:
    """Whose several threads are; the hook `thread_owners` knows those of other features."""
    if not thread_ids:
        return {}
    of_threads = select(Agreement).where(col(Agreement.thread_id).in_(thread_ids), col(Agreement.series_id).is_(None))
    owners: dict[int, Between] = {one.thread_id: one for one in session.scalars(of_threads)}
    for hook in registry.hooks("thread_owners"):
        owners |= hook(session, thread_ids)
    return owners


def _seen(session: Session, actor: Actor, owners: Sequence[Between], zones: Zones) -> list[Between]:
    """Those in which the actor takes part, or into which they may step as a maker."""
    others = [one for one in owners if own_side(actor, one) is None]
    post_ids = {one.post_id for one in others if one.post_id is not None}
    kept: set[int | None] = set()
    if post_ids:
        kept = set(session.scalars(select(col(Post.id)).where(col(Post.id).in_(post_ids), is_kept_from(actor))))

    def steps_in(one: Between) -> bool:
        there = tuple(zones.get(party_id) for party_id in sides_of(one))
        return may_mediate(actor, one, there, RESOLVE) and (one.post_id is None or one.post_id not in kept)

    return [one for one in owners if own_side(actor, one) is not None or steps_in(one)]


def _zones_of(session: Session, owners: Sequence[Between], more: Collection[int] = ()) -> Zones:
    wanted = {party_id for one in owners for party_id in sides_of(one)}.union(more)
    if not wanted:
        return {}
    rows = session.execute(select(col(Party.id), col(Party.zone_id)).where(col(Party.id).in_(wanted)))
    return {row[0]: row[1] for row in rows}


def _other(actor: Actor, agreement: Between) -> int:
    mine = own_side(actor, agreement)
    return agreement.receiver_id if mine == agreement.giver_id else agreement.giver_id
