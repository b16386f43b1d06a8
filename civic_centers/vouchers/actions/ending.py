"""When vouchers are good no more: their day is over, they are called back, the shop or who holds them is gone."""

from collections.abc import Collection, Iterable
from datetime import timedelta

from sqlalchemy import update
from sqlmodel import col, or_, select

from civic_centers.sponsors.rules import NotNow
from civic_centers.vouchers.actions.telling import tell_holders, tell_makers, tell_shop
from civic_centers.vouchers.notices import CALLED_BACK, ENDED, ENDING, WITHDRAWN
from civic_centers.vouchers.queries import KIND, OFFER_KIND, to_look_after
from civic_centers.vouchers.tables import Voucher, VoucherOffer, VoucherStock
from community.communities.queries import community_of, today_of
from community.leaving.actions.names import names_out
from community.leaving.rules import Going
from foundation import audit, clock, tokens
from foundation.access import Actor
from foundation.database import Session

GONE_WORDS = "…"


def call_back(session: Session, actor: Actor, voucher_id: int) -> None:
    """Any maker of the zone calls back a voucher that nobody has redeemed; it can be given to others.

    Raises Missing, NotNow.
    """
    voucher = to_look_after(session, actor, voucher_id)
    if not _end(session, actor, voucher, "called_back", "maker"):
        raise NotNow()
    tell_holders(session, voucher, CALLED_BACK, key="ended")


def expire(session: Session, voucher_id: int) -> None:
    """Its last day is over. Again it changes nothing."""
    voucher = session.get_one(Voucher, voucher_id)
    if voucher.ends_at <= clock.now():
        _end(session, None, voucher, "expired", "")


def remind(session: Session, voucher_id: int) -> None:
    """Tell who holds it that its last day is near; once."""
    voucher = session.get_one(Voucher, voucher_id)
    if voucher.state == "given":
        zone = community_of(session, voucher.community_id).time_zone
        tell_holders(session, voucher, ENDING, key="ending", until_on=clock.last_day(voucher.ends_at, zone))


def end_offer_over(session: Session, offer_id: int) -> None:
    """The last day of an offer is over; its vouchers end with the same day. Again it changes nothing."""
    offer = session.get_one(VoucherOffer, offer_id)
    if offer.until_on >= today_of(session, offer.community_id):
        return
    was_accepted = offer.state == "accepted"
    ended = session.exec(
        update(VoucherOffer)
        .where(col(VoucherOffer.id) == offer_id, col(VoucherOffer.state).in_(("offered", "accepted")))
        .values(state="ended", ended_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    if ended.rowcount:
        audit.record(session, None, "ended", OFFER_KIND, offer_id, community_id=offer.community_id)
        if was_accepted:
            tell_shop(session, None, offer, ENDED)


def end_vouchers_of(session: Session, actor: Actor | None, offer_id: int, why: str) -> int:
    """All that nobody has redeemed of an offer are good no more, and who holds them is told. Says how many."""
    statement = select(Voucher).where(col(Voucher.offer_id) == offer_id, col(Voucher.state) == "given")
    return _end_all(session, actor, session.exec(statement.order_by(col(Voucher.id))).all(), why)


def stop_for(session: Session, actor: Actor | None, party_ids: Collection[int]) -> None:
    """Shops that close, or of which everybody is paused or excluded: nothing of theirs is good any more."""
    theirs = (col(VoucherOffer.party_id).in_(party_ids), col(VoucherOffer.state).in_(("offered", "accepted")))
    offers = session.exec(
        select(VoucherOffer).where(*theirs).order_by(col(VoucherOffer.id)).with_for_update(key_share=True)
    )
    for offer in offers.all():
        offer.state, offer.ended_at = "ended", clock.now()
        session.add(offer)
        session.flush()
        audit.record(session, actor, "ended", OFFER_KIND, offer.id, community_id=offer.community_id)
        end_vouchers_of(session, actor, offer.id or 0, "shop")
        tell_makers(session, actor, offer, WITHDRAWN)


def end_for(session: Session, going: Going) -> None:
    """Somebody leaves: what they held is free for others, and so is what shops gave that close behind them."""
    actor = Actor(going.community_id, going.person_id)
    stop_for(session, actor, going.closing)
    held = or_(
        col(Voucher.person_id) == going.person_id,
        col(Voucher.person_id).is_(None) & col(Voucher.party_id).in_(going.closing),
    )
    here = col(Voucher.community_id) == going.community_id
    mine = session.exec(select(Voucher).where(here, held, col(Voucher.state) == "given").order_by(col(Voucher.id)))
    for voucher in mine.all():
        _end(session, actor, voucher, "called_back", "left")


def follow_household(session: Session, party_id: int, into_party_id: int) -> None:
    """A household becomes a part of another: what it holds together stays its people's; a named person's, theirs."""
    session.exec(
        update(Voucher)
        .where(col(Voucher.party_id) == party_id)
        .values(party_id=into_party_id)
        .execution_options(synchronize_session=False)
    )


def follow_party(session: Session, party_id: int, _before: int, zone_id: int) -> None:
    """A shop is elsewhere now: the makers there look after what it offers."""
    session.exec(
        update(VoucherOffer)
        .where(col(VoucherOffer.party_id) == party_id)
        .values(zone_id=zone_id)
        .execution_options(synchronize_session=False)
    )


def forget(session: Session, going: Going) -> None:
    """Nothing says any more who held what, nor why; of a shop that is gone its words go."""
    here = col(Voucher.community_id) == going.community_id
    theirs = or_(col(Voucher.person_id) == going.person_id, col(Voucher.party_id).in_(going.closing))
    session.exec(
        update(Voucher)
        .where(here, theirs)
        .values(person_id=None, party_id=None, reason=None, code=None)
        .execution_options(synchronize_session=False)
    )
    names_out(session, going, Voucher, ("reason",), here & col(Voucher.reason).is_not(None))
    of_shop = (col(VoucherOffer.community_id) == going.community_id, col(VoucherOffer.party_id).in_(going.closing))
    session.exec(
        update(VoucherOffer)
        .where(*of_shop)
        .values(words=GONE_WORDS, place="", conditions="", reason="")
        .execution_options(synchronize_session=False)
    )
    in_community = col(VoucherOffer.community_id) == going.community_id
    names_out(session, going, VoucherOffer, ("words", "place", "conditions", "reason"), in_community)


def tidy_codes(session: Session, limit: int) -> int:
    """Codes of vouchers that are worth nothing any more are not kept. Says how many went."""
    ended = (col(Voucher.state) != "given", col(Voucher.code).is_not(None))
    a_day_ago = clock.now() - timedelta(days=1)
    ids = session.scalars(
        select(col(Voucher.id)).where(*ended, col(Voucher.ended_at) < a_day_ago).order_by(col(Voucher.id)).limit(limit)
    ).all()
    session.exec(
        update(Voucher).where(col(Voucher.id).in_(ids)).values(code=None).execution_options(synchronize_session=False)
    )
    return len(ids)


def _end_all(session: Session, actor: Actor | None, vouchers: Iterable[Voucher], why: str) -> int:
    number = 0
    for voucher in vouchers:
        if _end(session, actor, voucher, "called_back", why):
            tell_holders(session, voucher, CALLED_BACK, key="ended")
            number += 1
    return number


def _end(session: Session, actor: Actor | None, voucher: Voucher, state: str, why: str) -> bool:
    """One conditional update: who redeems it at the same moment has it, or it ends here."""
    ended = session.exec(
        update(Voucher)
        .where(col(Voucher.id) == voucher.id, col(Voucher.state) == "given")
        .values(
            state=state, ended_why=why, ended_at=clock.now(), code=None,
            ended_by_id=actor.recorder_id if actor is not None else None,
        )
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    session.refresh(voucher)
    if not ended.rowcount:
        return False
    if voucher.token_id is not None:
        tokens.withdraw(session, voucher.token_id)
    if state == "called_back":
        session.exec(
            update(VoucherStock)
            .where(
                col(VoucherStock.offer_id) == voucher.offer_id,
                col(VoucherStock.period) == voucher.period,
                col(VoucherStock.given) > 0,
            )
            .values(given=col(VoucherStock.given) - 1)
            .execution_options(synchronize_session=False)
        )
    audit.record(session, actor, state, KIND, voucher.id, community_id=voucher.community_id)
    return True
