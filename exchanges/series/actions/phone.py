"""Writing down what somebody without e-mail answered on the phone to a weekly proposal, or to a change."""

from exchanges.agreements.actions.phone import speaker_for
from exchanges.agreements.queries import is_reachable
from exchanges.series.actions.answer import accept, decline
from exchanges.series.queries.called import series_to_mediate
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Missing, Refused


def answer_by_phone(
    session: Session,
    actor: Actor,
    series_id: int,
    version: int | None,
    verb: str,
    *,
    words: str = "",
    adult_id: int | None = None,
    second_id: int | None = None,
) -> None:
    """Accept or decline for the party whose turn it is and who has no e-mail, as who agreed to it said on the phone.

    `adult_id` is who comes, where they give. Raises Missing outside the maker's zones or where they take part, Refused
    for who can answer by themselves or lives in another zone, and whatever the verb raises.
    """
    series = series_to_mediate(session, actor, series_id)
    if is_reachable(session, series.turn_id):
        raise Refused(
            N_("They have an e-mail address, so they answer by themselves."),
            advice=N_("You can call and remind them; the answer is theirs to give."),
        )
    speaker = speaker_for(session, actor, series.turn_id)
    if verb == "accept":
        accept(session, speaker, series_id, version, adult_id=adult_id, second_id=second_id)
    elif verb == "decline":
        decline(session, speaker, series_id, version, reason=words)
    else:
        raise Missing()
