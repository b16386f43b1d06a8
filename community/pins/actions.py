"""Giving a card, declaring it void, and doing one reply with it.

An attempt is paid before the PIN is looked at, in a transaction of its own; the PIN is compared outside any.
"""

from collections.abc import Callable, Sequence

from sqlalchemy import update
from sqlmodel import col

from community.leaving.rules import Going
from community.mandates.queries import home_to_keep, must_stand
from community.mandates.rules import Reply
from community.parties.queries import acts_for, hold_parties
from community.pins.queries import CARD, good_card, holder_of
from community.pins.rules import MOST_ATTEMPTS, Locked, NoGoodCard, NoLongerWaits
from community.pins.tables import PinCard
from foundation import audit, clock, tokens
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing
from foundation.once import first_time


def give_card(session: Session, actor: Actor, party_id: int, person_id: int, pin_hash: str) -> str:
    """Give an adult of a household without e-mail a card; the one before is void. Answers with its code, once.

    Whoever prints it reads its PIN, so the household must have agreed that makers act for it. Raises Missing outside
    the maker's zones and for who is not of the household, NotStanding without that agreement.
    """
    hold_parties(session, (party_id,), alone=True)
    home_to_keep(session, actor, party_id)
    if not acts_for(session, person_id, party_id):
        raise Missing()
    must_stand(session, actor.community_id, party_id)
    void_card(session, actor, person_id, why="replaced")
    card = PinCard(
        community_id=actor.community_id, person_id=person_id, pin_hash=pin_hash, issued_by_id=actor.recorder_id
    )
    session.add(card)
    session.flush()
    audit.record(session, actor, "gave", "pin_card", card.id, person=person_id)
    return tokens.issue(
        session,
        CARD,
        payload={"card": card.id},
        lasts=None,
        uses=None,
        person_id=person_id,
        community_id=actor.community_id,
        created_by_person_id=actor.recorder_id,
        as_code=True,
    )


def say_lost(session: Session, actor: Actor, party_id: int, person_id: int) -> bool:
    """The card is lost: from now on it is good for nothing. Raises Missing outside the maker's zones."""
    home_to_keep(session, actor, party_id)
    if not acts_for(session, person_id, party_id):
        raise Missing()
    return void_card(session, actor, person_id, why="lost")


def void_card(session: Session, actor: Actor, person_id: int, *, why: str) -> bool:
    """Make a person's card worthless; False where they have none. The caller has looked who may. `why`: the table."""
    card = good_card(session, actor.community_id, person_id)
    if card is None:
        return False
    card.voided_at, card.voided_by_id, card.voided_why = clock.now(), actor.recorder_id, why
    session.add(card)
    session.flush()
    for token in tokens.standing(session, CARD, person_id=person_id):
        if token.payload.get("card") == card.id:
            tokens.withdraw(session, token.id)
    audit.record(session, actor, "voided", "pin_card", card.id, why=why, person=person_id)
    return True


def forget_pins(session: Session, going: Going) -> None:
    """Of who has left for good nothing is kept that opened anything."""
    theirs = (col(PinCard.community_id) == going.community_id, col(PinCard.person_id) == going.person_id)
    session.exec(update(PinCard).where(*theirs).values(pin_hash="").execution_options(synchronize_session=False))


def pay_attempt(session: Session, actor: Actor, code: str) -> tuple[int, str, int]:
    """Pay for one try of the PIN: the card's id, the hash to compare with outside, and the tries left after it.

    Raises NoGoodCard, Locked.
    """
    holder = holder_of(session, actor, code)
    paid = session.exec(
        update(PinCard)
        .where(col(PinCard.id) == holder.card.id, col(PinCard.voided_at).is_(None), col(PinCard.attempts_left) > 0)
        .values(attempts_left=col(PinCard.attempts_left) - 1)
        .returning(col(PinCard.attempts_left))
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if paid is None:
        raise Locked()
    left = int(paid[0])
    if not left:
        audit.record(session, holder.speaker, "tried_last_pin", "pin_card", holder.card.id)
    return holder.card.id or 0, holder.card.pin_hash, left


def forget_attempts(session: Session, card_id: int) -> None:
    """The PIN was right: all tries are there again."""
    session.exec(
        update(PinCard)
        .where(col(PinCard.id) == card_id, col(PinCard.voided_at).is_(None))
        .values(attempts_left=MOST_ATTEMPTS)
        .execution_options(synchronize_session=False)
    )


def do_reply(
    session: Session,
    actor: Actor,
    code: str,
    card_id: int,
    key: str,
    replies_of: Callable[[Session, Actor], Sequence[Reply]],
    *,
    request_key: str = "",
) -> bool:
    """Do the one named thing, as the holder, with the maker at the keyboard; False when it was done by this form.

    The right PIN of card `card_id` was given just before. Raises NoGoodCard when the card is another by now,
    NoLongerWaits when the thing does not wait as it was shown, and whatever the thing itself raises.
    """
    holder = holder_of(session, actor, code)
    if holder.card.id != card_id:
        raise NoGoodCard()
    if not first_time(session, request_key, holder.person.id, content=key):
        return False
    reply = next((one for one in replies_of(session, holder.speaker) if one.key == key), None)
    if reply is None:
        raise NoLongerWaits()
    reply.do(session, holder.speaker)
    audit.record(session, holder.speaker, "did_with_card", "pin_card", card_id, reply=key)
    return True
