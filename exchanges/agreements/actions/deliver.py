"""After the yes: it took place and how long, it was called off, it did not happen, somebody else comes."""

from exchanges.agreements.actions.hours import hold
from exchanges.agreements.actions.places import give_place_back, lock_post_of
from exchanges.agreements.actions.propose import name_adult
from exchanges.agreements.actions.silence import await_answer
from exchanges.agreements.actions.steps import Step, take
from exchanges.agreements.actions.telling import name_of, tell_party
from exchanges.agreements.notices import CALLED_OFF, DID_NOT_HAPPEN, OTHER_ADULT
from exchanges.agreements.policies.care import chosen_second, demanded
from exchanges.agreements.queries import events_of
from exchanges.agreements.rules import check_expense, check_minutes, check_missed, check_near, check_reason
from exchanges.agreements.rules.events import CANCELLED, DELIVERED, DELIVERED_GIFT, MISSED, REPLACED
from exchanges.agreements.tables import Agreement
from exchanges.posts.tables import Post
from foundation import clock
from foundation.access import Actor
from foundation.database import Session


def deliver(
    session: Session,
    actor: Actor,
    agreement_id: int,
    version: int | None,
    minutes: int | None,
    *,
    expense_cents: int | None = None,
    quietly: bool = False,
) -> None:
    """Write down how long it really took, or put right what was written before: the other side is asked to confirm.

    Said by who gave (or by who recorded it). `quietly` leaves the telling to who calls.

    Raises Missing for a stranger, NotNow, Invalid; Refused more than a day
    before the moment agreed; BelowFloor when who received puts right a record to more hours than they can take on.
    """
    step = take(session, actor, agreement_id, version, "deliver")
    agreement = step.agreement
    if step.was == "accepted":
        check_near(agreement.starts_at, clock.now())
    said = check_minutes(minutes, gift=agreement.gift)
    agreed_cents = _agreed_expense(step)
    dearer = _set_expense(agreement, expense_cents, agreed_cents)
    agreement.delivered_minutes = said
    agreement.delivered_by_id = step.party_id
    agreement.delivered_at = clock.now()
    if step.was == "accepted":
        started = agreement.starts_at is not None and agreement.starts_at <= clock.now()
        agreement.happened_at = agreement.starts_at if started else clock.now()
    if agreement.way == "recorded":
        agreement.minutes = said
    agreement.reason = ""
    tell_delivered(step, said, agreed_cents, quietly=quietly)
    agreement.turn_id = step.other_id
    session.flush()
    hold(session, step.actor, agreement)
    await_answer(session, step.actor, agreement, dearer=dearer, quietly=quietly)


def replace_adult(
    session: Session,
    actor: Actor,
    agreement_id: int,
    version: int | None,
    adult_id: int,
    *,
    second_id: int | None = None,
) -> None:
    """Somebody else of the giving side comes, or is there besides who comes: the gate is asked again.

    Raises Missing for a stranger, NotNow, Invalid at `adult`, NotVerified where care is demanded.
    """
    step = take(session, actor, agreement_id, version, "replace")
    agreement = step.agreement
    second_before = agreement.second_id
    sides = (agreement.giver_id, agreement.receiver_id)
    agreement.second_id = chosen_second(session, demanded(session, agreement), second_id, second_before, sides)
    if (agreement.adult_id, second_before) == (adult_id, agreement.second_id):
        return
    name_adult(session, step.actor, agreement, adult_id, max(clock.now(), agreement.starts_at or clock.now()))
    step.move("replace", REPLACED, {"adult_person_id": adult_id}, adult_id=adult_id)
    tell_party(session, agreement, step.other_id, OTHER_ADULT, who=name_of(session, actor))


def cancel(session: Session, actor: Actor, agreement_id: int, version: int | None, reason: str) -> None:
    """Call it off, with a reason that the other reads: the reserved minutes and the place of the post come back.

    Raises Missing for a stranger, NotNow, Invalid without a reason.
    """
    post = lock_post_of(session, agreement_id)
    step = take(session, actor, agreement_id, version, "cancel")
    step.agreement.reason = check_reason(reason)
    step.move("cancel", CANCELLED)
    _give_back(step, post)
    tell_party(session, step.agreement, step.other_id, CALLED_OFF, who=name_of(session, actor))


def miss(session: Session, actor: Actor, agreement_id: int, version: int | None, reason: str) -> None:
    """Say that it did not take place: the reserved minutes and the place of the post come back.

    Raises Missing for a stranger, NotNow, Refused before the meeting, Invalid without a reason.
    """
    post = lock_post_of(session, agreement_id)
    step = take(session, actor, agreement_id, version, "miss")
    check_missed(step.agreement.starts_at, clock.now())
    step.agreement.reason = check_reason(reason)
    step.move("miss", MISSED)
    _give_back(step, post)
    tell_party(session, step.agreement, step.other_id, DID_NOT_HAPPEN, who=name_of(session, actor))


def tell_delivered(step: Step, said: int, agreed_cents: int, *, quietly: bool = False) -> None:
    """Move on to `delivered` and tell how long it took; a gift of unsaid length only that it is done."""
    if said:
        event = "" if quietly else DELIVERED
        step.move("deliver", event, {"said_minutes": said}, minutes=said, agreed_cents=agreed_cents)
    else:
        step.move("deliver", "" if quietly else DELIVERED_GIFT, minutes=0, agreed_cents=agreed_cents)


def _agreed_expense(step: Step) -> int:
    """The euro cents agreed: those that stood before the first time it was written down, however often since."""
    written = (event for event in events_of(step.session, step.id) if "agreed_cents" in event.details)
    return next((int(event.details["agreed_cents"] or 0) for event in written), step.agreement.expense_cents)


def _set_expense(agreement: Agreement, cents: int | None, agreed_cents: int) -> bool:
    """Write down what was really spent; whether it is more than agreed."""
    if cents is not None:
        check_expense(cents)
        agreement.expense_cents = cents
    return agreement.expense_cents > agreed_cents


def _give_back(step: Step, post: Post | None) -> None:
    step.session.flush()
    hold(step.session, step.actor, step.agreement)
    give_place_back(step.session, step.actor, post)
