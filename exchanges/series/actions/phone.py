"""Writing down what somebody without e-mail answered on the phone to a weekly proposal, or to a change."""

from exchanges.agreements.actions.phone import speaker_for
from exchanges.agreements.queries import is_reachable
from exchanges.series.actions.answer import accept, decline
from exchanges.series.queries.called import series_to_mediate
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Missing, Refused


def answer_by_phone(
    session: Session, actor: Actor, series_id: int, version: int | None, verb: str, *, words: str = ""
) -> None:
    """Accept or decline for the party whose turn it is and who has no e-mail, as its first adult said on the phone.

    Raises Missing outside the maker's zones or where they take part, Refused for who can answer by themselves, and
    whatever the verb raises.
    """
    series = series_to_mediate(session, actor, series_id)
    if is_reachable(session, series.turn_id):
        raise Refused(
            N_("They have an e-mail address, so they answer by themselves."),
            advice=N_("You can call and remind them; the answer is theirs to give."),
        )
    speaker = speaker_for(session, actor, series.turn_id)
    if verb == "accept":
        accept(session, speaker, series_id, version)
    elif verb == "decline":
        decline(session, speaker, series_id, version, reason=words)
    else:
        raise Missing()
