"""Recording an exchange already made: either side starts, the other confirms."""

from dataclasses import dataclass
from datetime import date

from community.threads.actions import write
from exchanges.agreements.actions.afterwards import add_with_thread, name_adult, took_place
from exchanges.agreements.actions.hours import hold
from exchanges.agreements.actions.propose import other_party, own_category
from exchanges.agreements.actions.silence import await_answer
from exchanges.agreements.actions.steps import KIND, kept, note
from exchanges.agreements.rules.events import RECORDED, RECORDED_GIFT
from exchanges.agreements.tables import Agreement
from foundation.access import Actor
from foundation.database import Session
from foundation.once import first_time, number_made, remember
from foundation.once import made as made_before


@dataclass(frozen=True)
class Made:
    """An exchange that took place: with whom, who gave, what, when, how long (minutes) or as a gift."""

    other_id: int
    i_gave: bool
    title: str
    category_id: int | None
    happened_on: date
    minutes: int | None = None
    gift: bool = False
    adult_id: int | None = None
    """Who looked after somebody, where the category demands care; else who helped, if it matters."""
    second_id: int | None = None
    """Who was there besides, where the community asks for a second adult."""


def record(session: Session, actor: Actor, made: Made, *, words: str = "", request_key: str = "") -> int:
    """Write down an exchange already made and give the agreement's id. The same `request_key` records once.

    Recorded by who received, the minutes are reserved at once and silence may settle them; recorded by who gave,
    nothing is reserved and the other's yes is needed. Raises Missing for a party that may not be seen, Refused for
    one's own, Invalid for what makes no sense, BelowFloor, NotVerified where care is demanded, Stale for a key that was
    used for something else.
    """
    mine = actor.must_be_party()
    if not first_time(session, request_key, actor.person_id, content=repr((made, words))):
        return number_made(session, request_key, actor.person_id, KIND)
    other = kept(other_party(session, actor, made.other_id).id)
    giver, receiver = (mine, other) if made.i_gave else (other, mine)
    agreement = took_place(
        session,
        actor,
        way="recorded",
        giver_id=giver,
        receiver_id=receiver,
        told_by_id=mine,
        title=made.title,
        category_id=own_category(session, actor, made.category_id),
        happened_on=made.happened_on,
        minutes=made.minutes,
        gift=made.gift,
    )
    adult_id = made.adult_id or (actor.person_id if made.i_gave else None)
    name_adult(session, actor, agreement, adult_id=adult_id, second_id=made.second_id)
    add_with_thread(session, actor, agreement)
    _tell(session, actor, agreement, words)
    hold(session, actor, agreement)
    await_answer(session, actor, agreement)
    remember(session, request_key, actor.person_id, made_before(KIND, agreement.id))
    return kept(agreement.id)


def _tell(session: Session, actor: Actor, agreement: Agreement, words: str) -> None:
    minutes = agreement.minutes
    event, params = (RECORDED, {"said_minutes": minutes}) if minutes else (RECORDED_GIFT, {})
    note(session, actor, agreement, "record", event, params, minutes=minutes, gift=agreement.gift)
    if words.strip():
        write(session, actor, agreement.thread_id, words)
