"""Recording a card with its fee, withdrawing a mistake, and reminding before it ends."""

from collections import Counter
from datetime import date

from sqlalchemy import func
from sqlmodel import col, select

from community.cards.notices import ENDS, INSURANCE_ENDS, THEIRS_END
from community.cards.policies import must_record
from community.cards.queries import cards_of, ending, insurance_ending
from community.cards.rules import (
    LONGEST_REASON,
    NewCard,
    NewInsurance,
    check_no_overlap,
    checked_card,
    checked_insurance,
    days_left,
    last_insured,
    next_number,
)
from community.cards.tables import Card
from community.communities.queries import community_of, open_communities, today_of
from community.communities.tables import Community
from community.leaving.actions.names import names_out
from community.leaving.rules import Going
from community.members.queries import makers_of, membership_of
from community.members.tables import Membership, Person
from community.notifications.actions import notify
from community.notifications.rules import Notice
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Refused, Stale


def record_card(session: Session, actor: Actor, person_id: int, new: NewCard) -> Card:
    """Record a period of membership; a fee takes the next number of the receipts of its year.

    Raises Missing outside the maker's zones, Refused for one's own card, Invalid at the field.
    """
    must_record(actor, membership_of(session, actor.community_id, person_id))
    community = community_of(session, actor.community_id)
    new = checked_card(new, clock.today(community.time_zone))
    # Two who record at the same moment wait for each other here, so that numbers have neither gaps nor twins.
    session.exec(select(Community).where(col(Community.id) == actor.community_id).with_for_update())
    check_no_overlap(new, [card for card in _standing(session, actor, person_id) if not card.for_insurance])
    number = _number(session, actor.community_id, person_id, new.number)
    return _add(session, actor, person_id, number, new)


def renew_insurance(session: Session, actor: Actor, person_id: int, new: NewInsurance) -> Card:
    """Renew the insurance alone, inside a card that holds today; a fee takes the next number of the receipts.

    Raises Missing outside the maker's zones, Refused for one's own card, and where no card holds; Invalid at the field.
    """
    must_record(actor, membership_of(session, actor.community_id, person_id))
    today = today_of(session, actor.community_id)
    session.exec(select(Community).where(col(Community.id) == actor.community_id).with_for_update())
    theirs = _standing(session, actor, person_id)
    present = next((one for one in theirs if not one.for_insurance and one.since <= today <= one.until), None)
    if present is None:
        raise Refused(
            N_("There is no card that holds today, and insurance goes with one."),
            advice=N_("Record the card: it has the insurance with it."),
        )
    checked = checked_insurance(new, last_insured(theirs), today)
    return _add(session, actor, person_id, present.number, checked, for_insurance=True)


def _standing(session: Session, actor: Actor, person_id: int) -> list[Card]:
    return [card for card in cards_of(session, actor.community_id, person_id) if card.withdrawn_at is None]


def _add(
    session: Session, actor: Actor, person_id: int, number: str, new: NewCard, *, for_insurance: bool = False
) -> Card:
    year = new.paid_on.year if new.fee_cents and new.paid_on else None
    card = Card(
        community_id=actor.community_id,
        person_id=person_id,
        number=number,
        for_insurance=for_insurance,
        since=new.since,
        until=new.until,
        insured_until=new.insured_until,
        fee_cents=new.fee_cents,
        paid_on=new.paid_on if new.fee_cents else None,
        receipt_year=year,
        receipt_number=_next_receipt(session, actor.community_id, year) if year is not None else None,
        recorded_by_id=actor.recorder_id,
        recorded_at=clock.now(),
    )
    session.add(card)
    session.flush()
    verb = "insured" if for_insurance else "recorded"
    audit.record(session, actor, verb, "card", card.id, person=person_id, fee_cents=card.fee_cents)
    return card


def withdraw_card(session: Session, actor: Actor, card_id: int, *, reason: str) -> Card:
    """Say that a card was a mistake; its receipt keeps its number, marked as void.

    Raises Missing outside the maker's zones, Stale when it was withdrawn, Invalid without a reason.
    """
    card = session.exec(select(Card).where(col(Card.id) == card_id).with_for_update()).one_or_none()
    if card is None or card.community_id != actor.community_id:
        raise Missing()
    must_record(actor, membership_of(session, actor.community_id, card.person_id))
    words = reason.strip()
    if not words or len(words) > LONGEST_REASON:
        raise Invalid(N_("Say why, in a few words: it stays on record."), field="reason")
    if card.withdrawn_at is not None:
        raise Stale(N_("Somebody has withdrawn it already."))
    card.withdrawn_at, card.withdrawn_by_id, card.withdrawn_reason = clock.now(), actor.recorder_id, words
    session.add(card)
    audit.record(session, actor, "withdrew", "card", card_id, person=card.person_id)
    return card


def remind_ending(session: Session) -> int:
    """Tell those whose card or insurance ends within 30 days, and again within 7; each once. Says how many."""
    told = 0
    for community in open_communities(session):
        cards = ending(session, community)
        for card in cards:
            told += _remind(session, community, card, ENDS, card.until)
        _tell_makers(session, community, cards)
        for card in insurance_ending(session, community):
            if card.insured_until is not None:
                told += _remind(session, community, card, INSURANCE_ENDS, card.insured_until)
    return told


def _tell_makers(session: Session, community: Community, cards: list[Card]) -> None:
    """Tell the makers, once a month each, how many cards end in their zones: one word, however many they are."""
    holders = [card.person_id for card in cards]
    theirs = select(Membership.person_id, Membership.zone_id).where(
        col(Membership.community_id) == community.id, col(Membership.person_id).in_(holders)
    )
    makers: dict[int, list[Person]] = {}
    many: Counter[int] = Counter()
    for person_id, zone_id in session.exec(theirs):
        if zone_id not in makers:
            makers[zone_id] = makers_of(session, community.id or 0, zone_id)
        many.update(maker.id for maker in makers[zone_id] if maker.id is not None and maker.id != person_id)
    month = f"{clock.today(community.time_zone):%Y-%m}"
    for maker_id, count in sorted(many.items()):
        notify(
            session, person_id=maker_id, community_id=community.id, notice=THEIRS_END, params={"count": count},
            endpoint="cards.listing", key=f"{community.id}:{month}",
        )  # fmt: skip


def _remind(session: Session, community: Community, card: Card, notice: Notice, until: date) -> bool:
    days = days_left(until, clock.today(community.time_zone))
    return days is not None and notify(
        session,
        person_id=card.person_id,
        community_id=community.id,
        notice=notice,
        params={"community": community.name, "until_on": until},
        endpoint="cards.mine",
        key=f"{card.id}:{days}",
    )


def _number(session: Session, community_id: int, person_id: int, wish: str) -> str:
    """The number of the card: as typed, the one the person has, or the next. Raises Invalid for somebody else's."""
    used = select(Card.number, Card.person_id).where(col(Card.community_id) == community_id)
    rows = session.exec(used.order_by(col(Card.id))).all()
    if wish:
        if any(number == wish and holder != person_id for number, holder in rows):
            raise Invalid(N_("Somebody else has this number."), field="number")
        return wish
    own = [number for number, holder in rows if holder == person_id]
    return own[-1] if own else next_number(number for number, _holder in rows)


def _next_receipt(session: Session, community_id: int, year: int) -> int:
    last = session.scalar(
        select(func.max(Card.receipt_number)).where(
            col(Card.community_id) == community_id, col(Card.receipt_year) == year
        )
    )
    return int(last or 0) + 1


def forget_names(session: Session, going: Going) -> None:
    """The books keep number, days and fee of who has left for good; why a card was withdrawn names them no more."""
    theirs = (col(Card.community_id) == going.community_id) & (col(Card.person_id) == going.person_id)
    names_out(session, going, Card, ("withdrawn_reason",), theirs)
