"""After an exchange: thanks and a word of appreciation. No stars, no scores."""

from dataclasses import replace

from sqlmodel import col, select

from exchanges.agreements.actions.telling import name_of, tell_party
from exchanges.agreements.notices import THANKS
from exchanges.agreements.policies import check_both_there
from exchanges.agreements.queries import agreement_of_party
from exchanges.agreements.rules import LONGEST_THANKS, check_length
from exchanges.agreements.tables import Agreement, Appreciation
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Refused
from foundation.signals import signal


def thank(session: Session, actor: Actor, agreement_id: int, words: str, *, offered: bool) -> None:
    """Write a word of appreciation, or write it anew. `offered`: the author would like it on the other's profile.

    Raises Missing for a stranger, Refused before the exchange is complete or past a block, Invalid for no words or
    too many.
    """
    if actor.is_on_behalf:
        raise Refused(N_("Thanks are theirs to say, in person or in a letter."))
    agreement, mine = agreement_of_party(session, actor, agreement_id, lock=True)
    if agreement.state != "settled":
        raise Refused(N_("Thanks come once the exchange is complete."))
    check_both_there(session, actor, agreement)
    if not words.strip():
        raise Invalid(N_("Write a word or two."), field="thanks")
    said = check_length(words.strip(), LONGEST_THANKS, field="thanks")
    theirs = agreement.receiver_id if mine == agreement.giver_id else agreement.giver_id
    standing = session.get(Appreciation, (agreement_id, mine))
    if standing is None:
        standing = Appreciation(
            agreement_id=agreement_id,
            from_party_id=mine,
            to_party_id=theirs,
            author_id=actor.must_be_person(),
            words=said,
            offered=offered,
        )
    else:
        # The other side agreed to show the words as they were: new ones are asked about anew.
        standing.shown = standing.shown and standing.words == said
        standing.words, standing.offered, standing.written_at = said, offered, clock.now()
    session.add(standing)
    audit.record(session, actor, "thanked", "agreement", agreement_id, offered=offered)
    signal(session, f"agreement:{agreement_id}")
    tell_party(session, agreement, theirs, THANKS, who=name_of(session, actor), key="thanks")


def show_thanks(session: Session, actor: Actor, agreement_id: int, *, shown: bool) -> None:
    """Put the words received on the own profile, or take them off. Raises Missing when there are none to show."""
    agreement, mine = agreement_of_party(session, actor, agreement_id)
    received = session.get(Appreciation, (agreement_id, _other(agreement, mine)))
    if received is None or not received.offered or received.hidden_at is not None:
        raise Missing()
    received.shown = shown
    audit.record(session, actor, "showed_thanks" if shown else "took_thanks_off", "agreement", agreement_id)


def take_back_thanks(session: Session, actor: Actor, agreement_id: int) -> None:
    """Take the own words back, from the profile too. Taking back what is not there changes nothing."""
    _, mine = agreement_of_party(session, actor, agreement_id)
    written = session.get(Appreciation, (agreement_id, mine))
    if written is not None:
        session.delete(written)
        audit.record(session, actor, "took_back_thanks", "agreement", agreement_id)


def hide_thanks(session: Session, actor: Actor, agreement_id: int) -> None:
    """A moderator takes the kind words of an agreement out of sight: the makers' desk tells who wrote them.

    Raises Missing when there are none.
    """
    written = session.scalars(select(Appreciation).where(col(Appreciation.agreement_id) == agreement_id)).all()
    if not written:
        raise Missing()
    for words in written:
        words.hidden_at = words.hidden_at or clock.now()
    audit.record(session, replace(actor, party_id=None), "hid_thanks", "agreement", agreement_id)


def show_thanks_again(session: Session, actor: Actor, agreement_id: int) -> None:
    """Take that back: the words are read again by whom they were written for."""
    for words in session.scalars(select(Appreciation).where(col(Appreciation.agreement_id) == agreement_id)):
        words.hidden_at = None
    audit.record(session, replace(actor, party_id=None), "showed_thanks_again", "agreement", agreement_id)


def _other(agreement: Agreement, mine: int) -> int:
    return agreement.receiver_id if mine == agreement.giver_id else agreement.giver_id
