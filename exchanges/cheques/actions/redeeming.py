"""Redeeming a cheque: one settled exchange, however many try at the same moment."""

from sqlalchemy import update
from sqlmodel import col

from community.communities.queries import community_of
from community.moderation.policies import must_be_free
from community.parties.queries import hold_parties
from exchanges.agreements.actions import Helped, settle_cheque
from exchanges.agreements.policies import check_not_recorders_own
from exchanges.cheques.actions.ending import end_one, source_of
from exchanges.cheques.queries import away_since, cheque_behind, issuer_of, what_became_of
from exchanges.cheques.rules import KIND, PURPOSE, NotGood, check_was_owed
from exchanges.cheques.tables import TimeCheque
from foundation import audit, clock, tokens
from foundation.access import Actor
from foundation.database import Session
from foundation.once import first_time, made, number_made, remember


def redeem(session: Session, actor: Actor, code: str, helped: Helped, *, request_key: str = "") -> int:
    """Make one settled exchange of a cheque, for the party acted for; gives the agreement's id.

    However many try at the same moment, one does. The same `request_key` redeems once and gives the same id. Raises
    NotGood, OwnCheque, HelpedTooLate where the issuer is away, and whatever `settle_cheque` does.
    """
    mine = actor.must_be_party()
    if not first_time(session, request_key, actor.person_id, content=repr((code, helped))):
        return number_made(session, request_key, actor.person_id, "agreement")
    cheque = cheque_behind(session, actor, code)
    check_not_recorders_own(actor, cheque.party_id)
    must_be_free(session, actor, "proposing")
    hold_parties(session, (mine, cheque.party_id), alone=False)
    issuer_of(session, actor, cheque)
    away = away_since(session, cheque)
    if away is not None:
        zone = community_of(session, actor.community_id).time_zone
        check_was_owed(helped.happened_on, clock.local(away, zone).date())
    if not end_one(session, actor, cheque, "redeemed"):
        session.refresh(cheque)
        raise NotGood(what_became_of(cheque))
    if tokens.take(session, PURPOSE, code) is None:
        raise NotGood("expired")
    number = f"{cheque.sheet_id}-{cheque.number}"
    promised, owed = source_of(cheque), away is not None
    agreement_id = settle_cheque(session, actor, cheque.party_id, cheque.minutes, helped, promised, number, owed=owed)
    session.exec(
        update(TimeCheque)
        .where(col(TimeCheque.id) == cheque.id)
        .values(agreement_id=agreement_id)
        .execution_options(synchronize_session=False)
    )
    audit.record(session, actor, "redeemed", KIND, cheque.id, agreement=agreement_id)
    remember(session, request_key, actor.person_id, made("agreement", agreement_id))
    return agreement_id
