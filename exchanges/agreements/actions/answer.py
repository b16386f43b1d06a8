"""Answering a proposal: yes, no, taking it back."""

from community.threads.actions import write
from exchanges.agreements.actions.hours import hold
from exchanges.agreements.actions.places import check_place, lock_post_of, take_place
from exchanges.agreements.actions.propose import name_adult
from exchanges.agreements.actions.steps import Step, take
from exchanges.agreements.actions.telling import name_of, tell_party
from exchanges.agreements.notices import NO, TOOK_BACK, YES
from exchanges.agreements.policies import check_both_there, check_two_people
from exchanges.agreements.policies.care import (
    Second,
    check_adult,
    check_first_place,
    chosen_second,
    demanded,
    looks_after,
)
from exchanges.agreements.queries import last_speaker
from exchanges.agreements.rules import LONGEST_REASON, check_length
from exchanges.agreements.rules.events import ACCEPTED, DECLINED, TAKEN_BACK, WITHDRAWN
from exchanges.agreements.tables import Agreement
from exchanges.entrusting.policies import must_be_entrusted_by
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Refused


def accept(
    session: Session,
    actor: Actor,
    agreement_id: int,
    version: int | None,
    *,
    adult_id: int | None = None,
    second_id: int | None = None,
    words: str = "",
) -> None:
    """Say yes: the minutes are reserved from who will receive, and the place of the post is taken.

    `adult_id` is who comes, where the giving side answers; `second_id` the second adult, where one is asked for. Raises
    Missing for a stranger, NotNow for a stale form, BelowFloor where the receiver cannot take on so much, NotVerified,
    Refused where the post is full or closed; NotSaid or NotInOrder where somebody is looked after and it was not said
    for whom, or not everybody agreed.
    """
    post = lock_post_of(session, agreement_id)
    step = take(session, actor, agreement_id, version, "accept")
    agreement = step.agreement
    check_two_people(last_speaker(session, agreement, step.other_id), actor)
    check_both_there(session, actor, agreement)
    _check_still_to_come(agreement)
    takes_place = post is not None and agreement.series_id is None
    if post is not None and takes_place:
        check_place(session, post, for_owner=step.party_id == post.party_id)
    _check_who_comes(session, step, adult_id, second_id)
    care = looks_after(session, agreement)
    must_be_entrusted_by(session, actor, agreement.thread_id, agreement.receiver_id, care=care)
    agreement.accepted_at = clock.now()
    step.move("accept", ACCEPTED, minutes=agreement.minutes, gift=agreement.gift, adult_id=agreement.adult_id)
    agreement.turn_id = agreement.giver_id
    session.flush()
    hold(session, step.actor, agreement)
    if words.strip():
        write(session, step.actor, agreement.thread_id, words)
    tell_party(session, agreement, step.other_id, YES, who=name_of(session, actor))
    if post is not None and takes_place:
        take_place(session, actor, post)


def decline(session: Session, actor: Actor, agreement_id: int, version: int | None, *, reason: str = "") -> None:
    """Say no, with or without a reason. Raises Missing for a stranger, NotNow for a stale form."""
    step = take(session, actor, agreement_id, version, "decline")
    step.agreement.reason = check_length(reason.strip(), LONGEST_REASON, field="reason")
    step.move("decline", DECLINED)
    tell_party(session, step.agreement, step.other_id, NO, who=name_of(session, actor))


def withdraw(session: Session, actor: Actor, agreement_id: int, version: int | None) -> None:
    """Take back a proposal, or what one recorded and the other has not confirmed: reserved hours come back.

    Raises Missing for a stranger, NotNow for a stale form.
    """
    step = take(session, actor, agreement_id, version, "withdraw")
    step.move("withdraw", TAKEN_BACK if step.was == "delivered" else WITHDRAWN)
    session.flush()
    hold(session, step.actor, step.agreement)
    tell_party(session, step.agreement, step.other_id, TOOK_BACK, who=name_of(session, actor))


def _check_still_to_come(agreement: Agreement) -> None:
    if agreement.starts_at is not None and agreement.starts_at <= clock.now():
        raise Refused(
            N_("The moment that was proposed has already passed."), advice=N_("Propose another day: one tap is enough.")
        )


def _check_who_comes(session: Session, step: Step, adult_id: int | None, second_id: int | None) -> None:
    agreement = step.agreement
    at = agreement.starts_at or clock.now()
    demands = demanded(session, agreement)
    sides = (agreement.giver_id, agreement.receiver_id)
    agreement.second_id = chosen_second(session, demands, second_id, agreement.second_id, sides)
    check_first_place(session, demands, agreement.giver_id, agreement.receiver_id, agreement.place)
    if step.party_id == agreement.giver_id:
        name_adult(session, step.actor, agreement, adult_id or agreement.adult_id or step.actor.person_id, at)
        return
    second = Second(agreement.second_id, (agreement.receiver_id,))
    check_adult(
        session,
        agreement.community_id,
        agreement.giver_id,
        agreement.adult_id,
        second=second,
        demands=demands,
        at=at,
    )
