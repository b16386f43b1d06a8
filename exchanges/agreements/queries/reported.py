"""What the makers see of a conversation or of kind words that somebody reported."""

from sqlmodel import col, select

from community.parties.tables import Party
from community.threads.tables import Message
from exchanges.agreements.policies import RESOLVE, is_excluded, own_side
from exchanges.agreements.queries.single import mediates
from exchanges.agreements.tables import Agreement, Appreciation
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing

Found = tuple[str, int | None, int | None]
"""Words for the makers, the zone whose makers look, the party it is about."""


def reported_agreement(session: Session, actor: Actor, agreement_id: int) -> Found:
    """A conversation: only what it is about; its words are read in a dispute. Raises Missing for a stranger."""
    agreement = _seen(session, actor, session.get(Agreement, agreement_id))
    return agreement.title, *_about(session, agreement, _other(actor, agreement))


def reported_message(session: Session, actor: Actor, message_id: int) -> Found:
    """One message with its words. Raises Missing for a stranger, and for an event."""
    message = session.get(Message, message_id)
    if message is None or message.event:
        raise Missing()
    of_thread = session.scalars(select(Agreement).where(col(Agreement.thread_id) == message.thread_id)).one_or_none()
    agreement = _seen(session, actor, of_thread)
    return message.words, *_about(session, agreement, message.party_id)


def reported_thanks(session: Session, actor: Actor, agreement_id: int) -> Found:
    """The kind words of an agreement that stand on a profile, where every member reads them. Raises Missing."""
    agreement = session.get(Agreement, agreement_id)
    shown = session.scalars(
        select(Appreciation).where(col(Appreciation.agreement_id) == agreement_id, col(Appreciation.shown).is_(True))
    ).all()
    if agreement is None or agreement.community_id != actor.community_id or not actor.is_member or not shown:
        raise Missing()
    return " / ".join(words.words for words in shown), *_about(session, agreement, shown[0].from_party_id)


def agreement_kept_from(session: Session, actor: Actor, agreement_id: int) -> bool:
    """Whether what an agreement is about is kept from this maker."""
    agreement = session.get(Agreement, agreement_id)
    return agreement is not None and is_excluded(session, actor, agreement)


def message_kept_from(session: Session, actor: Actor, message_id: int) -> bool:
    """The same of one of its messages."""
    message = session.get(Message, message_id)
    if message is None:
        return False
    of_thread = session.scalars(select(Agreement).where(col(Agreement.thread_id) == message.thread_id)).one_or_none()
    return of_thread is not None and is_excluded(session, actor, of_thread)


def agreement_of_message(session: Session, actor: Actor, message_id: int) -> int:
    """The agreement beside which a message stands. Raises Missing for a stranger."""
    message = session.get(Message, message_id)
    if message is None:
        raise Missing()
    of_thread = session.scalars(select(Agreement).where(col(Agreement.thread_id) == message.thread_id)).one_or_none()
    return _seen(session, actor, of_thread).id or 0


def _seen(session: Session, actor: Actor, agreement: Agreement | None) -> Agreement:
    if agreement is None:
        raise Missing()
    if own_side(actor, agreement) is None and not mediates(session, actor, agreement, RESOLVE):
        raise Missing()
    return agreement


def _other(actor: Actor, agreement: Agreement) -> int:
    mine = own_side(actor, agreement)
    return agreement.receiver_id if mine == agreement.giver_id else agreement.giver_id


def _about(session: Session, agreement: Agreement, party_id: int | None) -> tuple[int | None, int | None]:
    about = party_id or agreement.giver_id
    return session.scalar(select(col(Party.zone_id)).where(col(Party.id) == about)), about
