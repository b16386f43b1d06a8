"""Writing to each other beside an agreement."""

from dataclasses import replace

from community.communities.queries import today_of
from community.moderation.policies import are_apart
from community.threads.actions import mark_read, write
from exchanges.agreements.actions.telling import name_of, tell_party
from exchanges.agreements.notices import NEW_WORDS
from exchanges.agreements.policies import RESOLVE, other_side
from exchanges.agreements.queries import agreement_of_party, agreement_to_mediate
from exchanges.agreements.rules import may_write
from exchanges.agreements.tables import Agreement
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Missing, Refused


def write_words(session: Session, actor: Actor, agreement_id: int, words: str) -> int:
    """Write to the other side (a maker, in a dispute: to both) and give the message's id.

    Each adult hears of it once a day by e-mail. Raises Missing for a stranger, Refused once the conversation is over,
    Invalid for no words or too many.
    """
    agreement, mine = _where_to_write(session, actor, agreement_id)
    over = not may_write(agreement.state, agreement.ended_at, clock.now())
    apart = mine is not None and are_apart(session, actor, other_side(agreement, mine))
    if over or apart:
        raise Refused(
            N_("This conversation is over: nothing more can be written here."),
            advice=N_("If something is wrong, a maker of your zone listens to you."),
        )
    message_id = write(session, replace(actor, party_id=mine), agreement.thread_id, words)
    today = today_of(session, agreement.community_id)
    for party_id in (agreement.giver_id, agreement.receiver_id):
        if party_id != mine:
            tell_party(
                session, agreement, party_id, NEW_WORDS, who=name_of(session, actor), key=f"words-{today}", quietly=True
            )
    return message_id


def mark_agreement_read(session: Session, actor: Actor, agreement_id: int, upto: int) -> None:
    """Note that the actor has read up to the message `upto`. Raises Missing for a stranger."""
    agreement, _ = _where_to_write(session, actor, agreement_id)
    mark_read(session, actor, agreement.thread_id, upto)


def _where_to_write(session: Session, actor: Actor, agreement_id: int) -> tuple[Agreement, int | None]:
    try:
        agreement, mine = agreement_of_party(session, actor, agreement_id)
    except Missing:
        agreement = agreement_to_mediate(session, actor, agreement_id, RESOLVE)
        if agreement.state != "disputed":
            raise
        return agreement, None
    return agreement, mine
