"""An exchange that already took place: the agreement about it, and who looked after somebody in it."""

from datetime import date
from typing import Literal

from community.cards.policies import must_hold_card
from community.communities.queries import community_of
from community.threads.actions import open_thread
from exchanges.agreements.policies.care import Second, check_adult, demanded
from exchanges.agreements.rules import check_happened, check_minutes, check_title
from exchanges.agreements.tables import Agreement
from foundation import clock
from foundation.access import Actor
from foundation.database import Session


def took_place(
    session: Session,
    actor: Actor,
    *,
    way: Literal["recorded", "assegno"],
    giver_id: int,
    receiver_id: int,
    told_by_id: int,
    title: str,
    category_id: int | None,
    happened_on: date,
    minutes: int | None,
    gift: bool = False,
) -> Agreement:
    """The agreement about an exchange already made; `add_with_thread` puts it among the others.

    Paper that the receiver signed (`assegno`) settles it; else it is delivered, and the one who did not tell of it
    answers. Raises Invalid for what makes no sense.
    """
    zone = community_of(session, actor.community_id).time_zone
    check_happened(happened_on, clock.today(zone))
    minutes = check_minutes(minutes, gift=gift)
    now = clock.now()
    settled = way == "assegno"
    return Agreement(
        community_id=actor.community_id,
        way=way,
        state="settled" if settled else "delivered",
        turn_id=receiver_id if told_by_id == giver_id else giver_id,
        giver_id=giver_id,
        receiver_id=receiver_id,
        proposer_id=told_by_id,
        category_id=category_id,
        title=check_title(title),
        minutes=minutes,
        gift=gift,
        delivered_minutes=minutes,
        delivered_by_id=told_by_id,
        delivered_at=now,
        happened_at=min(clock.noon(happened_on, zone), now),
        ended_at=now if settled else None,
        thread_id=0,
    )


def name_adult(
    session: Session, actor: Actor, agreement: Agreement, *, adult_id: int | None, second_id: int | None
) -> None:
    """Where care was given somebody verified gave it, and where asked for a second adult was there.

    Elsewhere the name is a courtesy. Raises NotVerified and the like.
    """
    demands = demanded(session, agreement)
    at = agreement.happened_at or clock.now()
    if adult_id is None and not demands.of_anybody:
        must_hold_card(session, actor.community_id, agreement.giver_id, None, at)
        return
    second = Second(second_id, (agreement.receiver_id,))
    check_adult(session, actor.community_id, agreement.giver_id, adult_id, second=second, demands=demands, at=at)
    agreement.adult_id = adult_id
    agreement.second_id = second_id if demands.second_adult else None


def add_with_thread(session: Session, actor: Actor, agreement: Agreement) -> None:
    """Put it among the agreements, with a thread of its own."""
    agreement.thread_id = open_thread(session, actor.community_id)
    session.add(agreement)
    session.flush()
