"""Writing down what somebody without e-mail answered on the phone: done for them, and saying who really did it."""

from community.mandates.queries import must_stand
from community.parties.queries import people_of_all
from exchanges.agreements.actions.answer import accept, decline
from exchanges.agreements.actions.confirm import confirm, dispute
from exchanges.agreements.actions.deliver import cancel, deliver, miss
from exchanges.agreements.policies import ANSWER
from exchanges.agreements.queries import agreement_to_mediate, is_reachable
from foundation.access import Actor, Grant
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
    """Do one of VERBS for the party whose turn it is and who has no e-mail, as its first adult said on the phone.

    Raises Missing outside the maker's zones or where they take part, Refused for who can answer by themselves, and
    whatever the verb raises.
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
    """The first adult of a party, for whom the actor writes down what they said.

    Raises Missing without any, NotStanding where the household has not agreed that makers act for it.
    """
    must_stand(session, actor.community_id, party_id)
    people = people_of_all(session, (party_id,)).get(party_id, [])
    if not people:
        raise Missing()
    return Actor(
        community_id=actor.community_id,
        person_id=people[0].id,
        party_id=party_id,
        grants=(Grant("member"),),
        recorded_by_id=actor.person_id,
        party_ids=(party_id,),
        recorder_party_ids=actor.party_ids,
    )
