"""Writing down what somebody without e-mail answered on the phone: done for them, and saying who really did it."""

from dataclasses import replace

from community.mandates.policies import KEEP
from community.mandates.queries import must_stand, speaker_of
from community.parties.tables import Party
from exchanges.agreements.actions.answer import accept, decline
from exchanges.agreements.actions.confirm import confirm, dispute
from exchanges.agreements.actions.deliver import cancel, deliver, miss
from exchanges.agreements.policies import ANSWER
from exchanges.agreements.queries import agreement_to_mediate, is_reachable
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Missing, Refused

VERBS = ("accept", "decline", "deliver", "confirm", "dispute", "cancel", "miss")


def answer_by_phone(
    session: Session,
    actor: Actor,
    agreement_id: int,
    version: int | None,
    verb: str,
    *,
    words: str = "",
    minutes: int | None = None,
    adult_id: int | None = None,
    second_id: int | None = None,
) -> None:
    """Do one of VERBS for the party whose turn it is and who has no e-mail, as who agreed to it said on the phone.

    `adult_id` is who comes, where they give. Raises Missing outside the maker's zones or where they take part, Refused
    for who can answer by themselves or lives in another zone, and whatever the verb raises.
    """
    # Not locked here: a yes locks the post before the agreement, and each verb looks again at what it has locked.
    agreement = agreement_to_mediate(session, actor, agreement_id, ANSWER)
    if verb not in VERBS:
        raise Missing()
    if is_reachable(session, agreement.turn_id):
        raise Refused(
            N_("They have an e-mail address, so they answer by themselves."),
            advice=N_("You can call and remind them; the answer is theirs to give."),
        )
    speaker = speaker_for(session, actor, agreement.turn_id)
    if verb == "accept":
        accept(session, speaker, agreement_id, version, adult_id=adult_id, second_id=second_id)
    elif verb == "decline":
        decline(session, speaker, agreement_id, version, reason=words)
    elif verb == "deliver":
        deliver(session, speaker, agreement_id, version, minutes)
    elif verb == "confirm":
        confirm(session, speaker, agreement_id, version)
    else:
        {"dispute": dispute, "cancel": cancel, "miss": miss}[verb](session, speaker, agreement_id, version, words)


def speaker_for(session: Session, actor: Actor, party_id: int) -> Actor:
    """The adult who agreed that makers act for a party, for whom the actor writes down what they said.

    Raises Refused for a maker of another zone and for who is paused, NotStanding where the household has not agreed
    that makers act for it.
    """
    party = session.get(Party, party_id)
    if party is None or not actor.may(KEEP, party.zone_id):
        raise Refused(
            N_("They belong to another zone."), advice=N_("A maker of their zone has it among the calls to make.")
        )
    mandate = must_stand(session, actor.community_id, party_id)
    return replace(speaker_of(session, actor, party_id, mandate.person_id), recorder_party_ids=actor.party_ids)
