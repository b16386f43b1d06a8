"""A maker who is no party settles a dispute, with a reason that both read."""

from dataclasses import replace

from exchanges.agreements.actions.hours import held_by, hold, move_hours
from exchanges.agreements.actions.places import give_place_back, lock_post_of
from exchanges.agreements.actions.steps import check_version, moved
from exchanges.agreements.actions.telling import tell_both
from exchanges.agreements.notices import DECIDED
from exchanges.agreements.policies import RESOLVE
from exchanges.agreements.queries import agreement_to_mediate
from exchanges.agreements.rules import OUTCOMES, Side, check_reason, next_state
from exchanges.agreements.rules.events import RESOLVED, RESOLVED_GIFT, VOIDED
from exchanges.agreements.tables import Agreement
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid


def resolve(
    session: Session,
    actor: Actor,
    agreement_id: int,
    version: int | None,
    outcome: str,
    reason: str,
    *,
    minutes: int | None = None,
) -> None:
    """Settle a dispute: `said` (as it was written down), `adjusted` (to `minutes`), or `void` (no hours move).

    A maker never decides more than was reserved or written down, whichever is longer. Raises Missing outside the
    maker's zones or where they take part, NotNow when somebody else decided first, Invalid, BelowFloor.
    """
    post = lock_post_of(session, agreement_id)
    agreement = agreement_to_mediate(session, actor, agreement_id, RESOLVE, lock=True)
    check_version(agreement, version)
    next_state(agreement.state, "resolve", Side.MAKER)
    if outcome not in OUTCOMES:
        raise Invalid(N_("Choose how it ends."), field="outcome")
    agreement.resolution = check_reason(reason)
    maker = replace(actor, party_id=None)
    if outcome == "void":
        moved(session, maker, agreement, "void", Side.MAKER, VOIDED)
        session.flush()
        hold(session, maker, agreement)
        give_place_back(session, maker, post)
    else:
        _settle(session, maker, agreement, _decided(agreement, outcome, minutes))
    tell_both(session, agreement, DECIDED, but=actor)


def _decided(agreement: Agreement, outcome: str, minutes: int | None) -> int:
    if agreement.gift:
        return 0
    said = agreement.delivered_minutes or 0
    if outcome == "said":
        return said
    most = max(said, held_by(agreement))
    if minutes is None or not 1 <= minutes <= most:
        raise Invalid(
            N_("Choose a time between 1 minute and %(most_minutes)s, the longest that was spoken of."),
            field="minutes",
            most_minutes=most,
        )
    return minutes


def _settle(session: Session, maker: Actor, agreement: Agreement, minutes: int) -> None:
    move_hours(session, maker, agreement, minutes, agreed=True)
    agreement.delivered_minutes = minutes
    if minutes:
        moved(session, maker, agreement, "resolve", Side.MAKER, RESOLVED, {"said_minutes": minutes}, minutes=minutes)
    else:
        moved(session, maker, agreement, "resolve", Side.MAKER, RESOLVED_GIFT, minutes=0)
